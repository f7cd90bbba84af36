package files

import (
	"sync"

	"golang.org/x/sys/unix"
)

// Capture collects what a command substitution writes. It is memory as long
// as only builtins write; the first child turns it into a pipe with a reader.
type Capture struct {
	mu   sync.Mutex
	buf  []byte
	pipe bool
	w    int
	done chan struct{}
}

// NewCapture returns a File whose writes are collected; buf is reused space.
func NewCapture(buf []byte) (*File, *Capture) {
	c := &Capture{buf: buf[:0]}
	return &File{fd: -1, capture: c}, c
}

func (c *Capture) write(p []byte) (int, error) {
	c.mu.Lock()
	if !c.pipe {
		c.buf = append(c.buf, p...)
		c.mu.Unlock()
		return len(p), nil
	}
	c.mu.Unlock()
	return writeAll(c.w, p)
}

// descriptor turns the capture into a pipe and returns its write end.
func (c *Capture) descriptor() (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pipe {
		return c.w, nil
	}
	var p [2]int
	if err := unix.Pipe2(p[:], unix.O_CLOEXEC); err != nil {
		return -1, err
	}
	c.pipe, c.w, c.done = true, p[1], make(chan struct{})
	go c.drain(p[0])
	return c.w, nil
}

// drain reads the pipe until every writer has closed it. While it runs only
// it touches buf.
func (c *Capture) drain(r int) {
	defer close(c.done)
	defer unix.Close(r)
	buf := c.buf
	for {
		if cap(buf)-len(buf) < 4096 {
			grown := make([]byte, len(buf), max(2*cap(buf), 16384))
			copy(grown, buf)
			buf = grown
		}
		n, err := unix.Read(r, buf[len(buf):cap(buf)])
		if err == unix.EINTR {
			continue
		}
		if n <= 0 {
			break
		}
		buf = buf[:len(buf)+n]
	}
	c.buf = buf
}

// Finish waits until every writer is done and returns what was written, valid
// until the buffer is used again.
func (c *Capture) Finish() []byte {
	if c.pipe {
		unix.Close(c.w)
		<-c.done
	}
	return c.buf
}
