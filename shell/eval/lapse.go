package eval

import "fmt"

// lapse is an error of an expansion that only bash has: it makes the command
// fail with status 1, and the shell goes on.
type lapse struct{ text string }

func (l *lapse) Error() string { return l.text }

func lapsef(format string, args ...any) error { return &lapse{fmt.Sprintf(format, args...)} }

func isLapse(err error) bool {
	_, ok := err.(*lapse)
	return ok
}
