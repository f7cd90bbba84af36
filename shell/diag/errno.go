package diag

import (
	"errors"
	"syscall"
)

// Errno is the cause of err in the words of strerror(3), lower case
// ("permission denied"); an error without an errno in it gives its own text,
// and nil gives "".
func Errno(err error) string {
	if err == nil {
		return ""
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno.Error()
	}
	return err.Error()
}
