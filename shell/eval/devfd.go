package eval

import (
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/diag"
	"cosh/shell/files"
)

// deviceFd is the descriptor that a path names: /dev/stdin, /dev/stdout,
// /dev/stderr, /dev/fd/N, /proc/self/fd/N. They mean the script's descriptors,
// not those that the process happens to have.
func deviceFd(path string) (n int, ok bool) {
	if digits, ok := strings.CutPrefix(path, "/proc/self/fd/"); ok {
		n, err := strconv.Atoi(digits)
		return n, err == nil && n >= 0
	}
	if !strings.HasPrefix(path, "/dev/") {
		return 0, false
	}
	switch path {
	case "/dev/stdin":
		return 0, true
	case "/dev/stdout":
		return 1, true
	case "/dev/stderr":
		return 2, true
	}
	digits, ok := strings.CutPrefix(path, "/dev/fd/")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && n >= 0
}

// openDevice opens a descriptor's name: a file is opened anew, as Linux does;
// a pipe, and what has no name of its own, is duplicated.
func (sh *Shell) openDevice(n, flags int, path string) (*files.File, error) {
	f := sh.files.Get(n)
	if f == nil {
		return nil, &diag.Problem{What: "cannot open " + path + ": descriptor " + strconv.Itoa(n) + " is closed", Status: 1}
	}
	if f.Virtual() {
		return f, nil
	}
	fd, err := f.Fd()
	if err != nil {
		return nil, err
	}
	var st unix.Stat_t
	if unix.Fstat(fd, &st) == nil && st.Mode&unix.S_IFMT != unix.S_IFREG && st.Mode&unix.S_IFMT != unix.S_IFCHR {
		return f, nil
	}
	f.Sync()
	again, err := unix.Open("/proc/self/fd/"+strconv.Itoa(fd), flags|unix.O_CLOEXEC, 0)
	if err != nil {
		return f, nil
	}
	return files.New(again), nil
}

// readFile is the text of a file of the script.
func (sh *Shell) readFile(path string) ([]byte, error) {
	n, ok := deviceFd(path)
	f := sh.files.Get(n)
	if !ok || f == nil {
		return os.ReadFile(sh.Path(path))
	}
	var text []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := f.Read(buf)
		text = append(text, buf[:n]...)
		if err == io.EOF {
			return text, nil
		}
		if err != nil {
			return nil, err
		}
	}
}
