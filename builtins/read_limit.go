package builtins

import (
	"errors"
	"io"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/files"
	"cosh/shell/session"
)

var errTimeout = errors.New("no input in time")

// timedOut is the status of a read that -t has ended: that of SIGALRM, as in bash.
const timedOut = 128 + int(unix.SIGALRM)

// bounds are what -n, -N and -t ask for.
type bounds struct {
	chars   int  // how many characters at most, -1: no limit
	exact   bool // -N: neither the delimiter nor IFS counts
	timeout time.Duration
	timed   bool
}

func (b *bounds) limited() bool { return b.chars >= 0 || b.timed }

// option takes -n, -N or -t; false for a value that is none.
func (b *bounds) option(letter byte, value string) bool {
	if letter == 't' {
		seconds, err := strconv.ParseFloat(value, 64)
		b.timed, b.timeout = true, time.Duration(min(seconds, math.MaxInt32)*float64(time.Second))
		return err == nil && seconds >= 0
	}
	n, err := strconv.Atoi(value)
	b.chars, b.exact = n, letter == 'N'
	return err == nil && n >= 0
}

// ready is read -t 0: whether there is something to read, the end included.
func ready(f *files.File) bool {
	fd, err := f.Fd()
	if err != nil {
		return false
	}
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0
}

// byteReader reads byte by byte until the deadline.
type byteReader struct {
	f        *files.File
	fd       int
	deadline time.Time // zero: none
}

func (r *byteReader) next() (byte, error) {
	var one [1]byte
	for !r.deadline.IsZero() {
		left := time.Until(r.deadline)
		if left <= 0 {
			return 0, errTimeout
		}
		fds := []unix.PollFd{{Fd: int32(r.fd), Events: unix.POLLIN}}
		n, err := unix.Poll(fds, int(left/time.Millisecond)+1)
		if err == nil && n > 0 {
			break
		}
		if err != nil && err != unix.EINTR {
			return 0, err
		}
	}
	if n, err := r.f.Read(one[:]); n == 0 {
		if err == nil {
			err = io.EOF
		}
		return 0, err
	}
	return one[0], nil
}

// within reads a line within the bounds. quoted marks the bytes that a
// backslash protects. err is nil when the line, or the number asked for, is
// complete.
func (req *readRequest) within(c *command.Call, f *files.File) (line, quoted []byte, err error) {
	r := byteReader{f: f}
	if req.timed {
		if r.fd, err = f.Fd(); err != nil {
			return nil, nil, err
		}
		r.deadline = time.Now().Add(req.timeout)
	}
	for count := 0; req.chars < 0 || count < req.chars; count++ {
		b, err := r.next()
		mark := byte(0)
		switch {
		case err != nil:
			return line, quoted, err
		case b == req.delim && !req.exact:
			return line, quoted, nil
		case b == '\\' && !req.raw:
			if b, err = r.next(); err != nil {
				return line, quoted, err
			}
			if mark = 1; b == '\n' {
				continuation(c, f)
				count--
				continue
			}
		case b == 0:
			count--
			continue
		}
		line, quoted = append(line, b), append(quoted, mark)
		for n := characterLength(b); n > 1; n-- {
			if b, err = r.next(); err != nil {
				return line, quoted, err
			}
			line, quoted = append(line, b), append(quoted, mark)
			if b&0xc0 != 0x80 {
				break
			}
		}
	}
	return line, quoted, nil
}

// characterLength is how many bytes a UTF-8 character has that begins with b.
func characterLength(b byte) int {
	switch {
	case b < utf8.RuneSelf || b < 0xc2:
		return 1
	case b < 0xe0:
		return 2
	case b < 0xf0:
		return 3
	}
	return 4
}

// unbuffered has a terminal give each character as it is typed; restore undoes
// it.
func unbuffered(f *files.File) (restore func()) {
	modes := termios(f)
	if modes == nil {
		return func() {}
	}
	fd, _ := f.Fd()
	raw := *modes
	raw.Lflag &^= unix.ICANON
	raw.Cc[unix.VMIN], raw.Cc[unix.VTIME] = 1, 0
	_ = unix.IoctlSetTermios(fd, unix.TCSETSW, &raw)
	return func() { _ = unix.IoctlSetTermios(fd, unix.TCSETSW, modes) }
}

// assign gives the variables what was read: its fields, or with -N all of it to the
// first.
func (req *readRequest) assign(s *session.Session, vars []string, line, quoted []byte) error {
	switch {
	case req.array != "" && req.exact:
		return s.SetRef(req.array+"[0]", string(line))
	case req.array != "":
		return assignArray(s, req.array, line, quoted)
	case !req.exact || len(vars) == 0:
		return assignFields(s, vars, line, quoted)
	}
	for i, name := range vars {
		value := ""
		if i == 0 {
			value = string(line)
		}
		if err := s.SetRef(name, value); err != nil {
			return err
		}
	}
	return nil
}
