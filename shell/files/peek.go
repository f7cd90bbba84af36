package files

import (
	"bytes"
	"io"

	"golang.org/x/sys/unix"
)

// A line can be read from a pipe without taking more than it: tee(2) copies
// what the pipe holds into a pipe of ours and leaves it there. Lines are served
// from the copy; what was served is taken out of the pipe itself when the copy
// is used up, or before anybody else could look at it (Sync).

// peekSize is how much is copied at a time; a new pipe of ours holds 64 KB.
const peekSize = 8192

// peekAfter is how many bytes are read one by one first: a pipe that gives
// one short line is not worth a pipe of ours.
const peekAfter = 64

// peeker is what a File needs to look into its pipe.
type peeker struct {
	r, w   int
	copied []byte // the copy, and how much of it was served
	served int
	block  []byte
}

// newPeeker makes the pipe for copies, nil when that is not possible.
func newPeeker() *peeker {
	var p [2]int
	if unix.Pipe2(p[:], unix.O_CLOEXEC) != nil {
		return nil
	}
	return &peeker{r: p[0], w: p[1], block: make([]byte, peekSize)}
}

func (p *peeker) close() {
	unix.Close(p.r)
	unix.Close(p.w)
}

// look copies what the pipe fd holds, waiting until it holds something.
func (p *peeker) look(fd int) error {
	for {
		n, err := unix.Tee(fd, p.w, peekSize, 0)
		switch {
		case err == unix.EINTR:
			continue
		case err == unix.EAGAIN:
			unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, -1)
			continue
		case err != nil:
			return err
		case n == 0:
			return io.EOF
		}
		got := 0
		for got < int(n) {
			k, err := read(p.r, p.block[got:int(n)])
			if err != nil {
				return err
			}
			got += k
		}
		p.copied, p.served = p.block[:got], 0
		return nil
	}
}

// take removes what was served from the pipe itself and forgets the copy.
func (p *peeker) take(fd int) {
	for p.served > 0 {
		// Somebody else may have taken it against the rules: do not wait.
		ready := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
		if n, err := unix.Poll(ready, 0); n == 0 && err == nil {
			break
		}
		n, err := read(fd, p.block[:p.served])
		if err != nil {
			break
		}
		p.served -= n
	}
	p.copied, p.served = nil, 0
}

// readPeeking is ReadThrough for a pipe.
func (f *File) readPeeking(delim byte, line []byte) ([]byte, error) {
	p := f.peek
	for {
		left := p.copied[p.served:]
		if i := bytes.IndexByte(left, delim); i >= 0 {
			p.served += i + 1
			if len(line) == 0 {
				return left[:i+1], nil
			}
			return append(line, left[:i+1]...), nil
		}
		line = append(line, left...)
		p.served = len(p.copied)
		p.take(f.fd)
		if err := p.look(f.fd); err != nil {
			if err == io.EOF {
				return line, err
			}
			f.seek = seekNo // no pipe after all
			return f.readBytes(delim, line)
		}
	}
}

// Shared says that another process reads this file at the same time from now
// on: nothing is looked at in advance any more.
func (f *File) Shared() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.peek != nil {
		f.peek.take(f.fd)
		f.peek.close()
		f.peek = nil
	}
	if f.seek == seekPipe || f.seek == seekUnknown {
		f.seek = seekNo
	}
}
