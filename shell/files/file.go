// Package files is the virtual descriptor table: what the shell's code calls
// descriptor n is an entry of a Table, which may stand on any real descriptor
// of the process. A redirection of a builtin or of a virtual subshell changes
// a table; the launch layer maps a table onto 0, 1, 2, … of a child.
package files

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// File is an open file, shared by the tables that refer to it. It is safe for
// use by several goroutines.
type File struct {
	fd   int
	refs atomic.Int32
	keep bool // inherited standard stream: stays open when the last table lets go

	mu      sync.Mutex
	seek    seekability
	ahead   []byte // read but not yet asked for; a view of block
	block   []byte
	capture *Capture
	peek    *peeker // of a pipe that is looked into
	single  int     // bytes that were read one by one
	text    bool    // a here-document in memory: ahead is what is left of it
}

type seekability uint8

const (
	seekUnknown seekability = iota
	seekYes
	seekNo
	seekPipe // a pipe, read byte by byte until it is worth looking ahead
)

// readBlock is how much is read ahead of a seekable file.
const readBlock = 8192

// New takes ownership of the real descriptor fd. It has no reference yet: the
// first Table.Put gives it one.
func New(fd int) *File { return &File{fd: fd} }

// Inherited is a descriptor that the process was started with. The standard
// three stay open for the process (Go's runtime may write to them).
func Inherited(fd int) *File { return &File{fd: fd, keep: fd <= 2} }

// NewText returns a File that reads as text (a here-document). It stays in
// memory until a child needs a descriptor.
func NewText(text string) *File {
	return &File{fd: -1, seek: seekYes, text: true, ahead: []byte(text)}
}

// Fd is the real descriptor. For a capture it makes the pipe that a child can
// write to, for a text the file that it can read from.
func (f *File) Fd() (int, error) {
	switch {
	case f.capture != nil:
		return f.capture.descriptor()
	case f.text:
		return f.spill()
	}
	return f.fd, nil
}

// pipeCapacity is how much a new pipe takes without a reader, at the least
// (one page, pipe(7)).
const pipeCapacity = 4096

// spill moves what is left of a text into the kernel: a pipe when it fits,
// else an anonymous file.
func (f *File) spill() (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.text {
		return f.fd, nil
	}
	if len(f.ahead) <= pipeCapacity {
		var p [2]int
		if err := unix.Pipe2(p[:], unix.O_CLOEXEC); err != nil {
			return -1, err
		}
		f.fd = p[0]
		writeAll(p[1], f.ahead)
		unix.Close(p[1])
	} else {
		fd, err := unix.MemfdCreate("here-document", unix.MFD_CLOEXEC)
		if err != nil {
			return -1, err
		}
		if _, err := writeAll(fd, f.ahead); err != nil {
			unix.Close(fd)
			return -1, err
		}
		unix.Seek(fd, 0, io.SeekStart)
		f.fd = fd
	}
	f.text, f.ahead, f.seek = false, nil, seekUnknown
	return f.fd, nil
}

func (f *File) retain() { f.refs.Add(1) }

func (f *File) release() {
	if f.refs.Add(-1) > 0 || f.capture != nil {
		return
	}
	f.Sync()
	if f.peek != nil {
		f.peek.close()
		f.peek = nil
	}
	if !f.keep && f.fd >= 0 {
		unix.Close(f.fd)
		f.fd = -1
	}
}

// Write writes all of p. The error is a unix.Errno.
func (f *File) Write(p []byte) (int, error) {
	if f.capture != nil {
		return f.capture.write(p)
	}
	return writeAll(f.fd, p)
}

func writeAll(fd int, p []byte) (int, error) {
	done := 0
	for done < len(p) {
		n, err := unix.Write(fd, p[done:])
		switch err {
		case nil:
			done += n
		case unix.EINTR:
		case unix.EAGAIN:
			unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}, -1)
		default:
			return done, err
		}
	}
	return done, nil
}

// ReadThrough returns the bytes up to and including delim, fewer at the end
// of the input together with io.EOF. It takes no more than that from the file
// as anybody else sees it. buf is the caller's scratch space; the result may
// be a view of it or of the file's own block, valid until the next read.
func (f *File) ReadThrough(delim byte, buf []byte) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seek == seekUnknown {
		f.probe()
	}
	switch {
	case f.seek == seekYes:
		return f.readAhead(delim, buf[:0])
	case f.peek != nil:
		return f.readPeeking(delim, buf[:0])
	}
	line, err := f.readBytes(delim, buf[:0])
	if f.single += len(line); f.seek == seekPipe && f.single >= peekAfter {
		f.peek = newPeeker()
	}
	return line, err
}

func (f *File) probe() {
	f.seek = seekNo
	var st unix.Stat_t
	if unix.Fstat(f.fd, &st) != nil {
		return
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFIFO:
		f.seek = seekPipe
	case unix.S_IFREG:
		if _, err := unix.Seek(f.fd, 0, io.SeekCurrent); err == nil {
			f.seek = seekYes
		}
	}
}

func (f *File) readAhead(delim byte, line []byte) ([]byte, error) {
	for {
		if i := bytes.IndexByte(f.ahead, delim); i >= 0 {
			part := f.ahead[:i+1]
			f.ahead = f.ahead[i+1:]
			if len(line) == 0 {
				return part, nil
			}
			return append(line, part...), nil
		}
		line = append(line, f.ahead...)
		if f.text {
			f.ahead = nil
			return line, io.EOF
		}
		if f.block == nil {
			f.block = make([]byte, readBlock)
		}
		n, err := read(f.fd, f.block)
		f.ahead = f.block[:n]
		if err != nil {
			return line, err
		}
	}
}

func (f *File) readBytes(delim byte, line []byte) ([]byte, error) {
	var one [1]byte
	for {
		if _, err := read(f.fd, one[:]); err != nil {
			return line, err
		}
		line = append(line, one[0])
		if one[0] == delim {
			return line, nil
		}
	}
}

// read is read(2) with io.EOF at the end.
func read(fd int, p []byte) (int, error) {
	for {
		n, err := unix.Read(fd, p)
		switch {
		case err == unix.EAGAIN:
			unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, -1)
		case err == unix.EINTR:
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

// Read reads like read(2), what was read ahead first.
func (f *File) Read(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.ahead) > 0 {
		n := copy(p, f.ahead)
		f.ahead = f.ahead[n:]
		return n, nil
	}
	if f.peek != nil {
		f.peek.take(f.fd)
	}
	if f.text {
		return 0, io.EOF
	}
	return read(f.fd, p)
}

// Sync gives back what was read ahead, so that another process finds the file
// offset where the script is.
func (f *File) Sync() {
	f.mu.Lock()
	if len(f.ahead) > 0 && !f.text {
		unix.Seek(f.fd, -int64(len(f.ahead)), io.SeekCurrent)
		f.ahead = nil
	}
	if f.peek != nil {
		f.peek.take(f.fd)
	}
	f.mu.Unlock()
}

// Virtual reports that the file is no descriptor of the process yet: a capture
// or a text in memory.
func (f *File) Virtual() bool { return f.capture != nil || f.text }
