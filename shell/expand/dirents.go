package expand

import (
	"encoding/binary"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"

	"cosh/shell/pattern"
)

// bufferSize is what getdents64(2) fills in one call, in bytes.
const bufferSize = 32 << 10

// buffers keeps what earlier globs allocated: most directories are far smaller
// than the buffer, and clearing a new one would take longer than reading them.
var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

// Offsets in struct linux_dirent64, getdents64(2).
const (
	direntLength = 16 // d_reclen, 16 bits
	direntType   = 18 // d_type
	direntName   = 19 // d_name, ended by a zero byte
)

// scan returns prefix+name for the entries of prefix's directory that p
// matches, unsorted; dots admits names that begin with one, dirs leaves out
// what is surely no directory. ok is false when the directory cannot be read.
//
// Names are matched where the kernel put them; those that match share one
// string.
func (g *globber) scan(prefix string, p *pattern.Pattern, dots, dirs bool) (paths []string, ok bool) {
	fd, err := openDir(g.real(prefix))
	if err != nil {
		return nil, false
	}
	defer unix.Close(fd)
	if g.buf == nil {
		g.buf = buffers.Get().(*[bufferSize]byte)
	}
	var (
		text []byte
		ends []int
	)
	for {
		n, err := unix.Getdents(fd, g.buf[:])
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			break
		}
		for at := 0; at+direntName < n; {
			entry := g.buf[at:n]
			length := int(binary.NativeEndian.Uint16(entry[direntLength:]))
			name := entryName(entry[direntName:length])
			at += length
			if !admitted(name, dots) || dirs && !mayBeDir(entry[direntType]) || !p.Match(name) {
				continue
			}
			text = append(text, prefix...)
			text = append(text, name...)
			ends = append(ends, len(text))
		}
	}
	return split(string(text), ends), true
}

func openDir(path string) (fd int, err error) {
	for {
		fd, err = unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

// entryName is a view of the name at the beginning of b, valid until the
// buffer is used again.
func entryName(b []byte) string {
	n := 0
	for n < len(b) && b[n] != 0 {
		n++
	}
	return unsafe.String(unsafe.SliceData(b), n)
}

// admitted leaves out . and .. and, unless dots, other hidden names.
func admitted(name string, dots bool) bool {
	if name == "" || name[0] != '.' {
		return true
	}
	return dots && name != "." && name != ".."
}

func mayBeDir(kind byte) bool {
	return kind == unix.DT_DIR || kind == unix.DT_LNK || kind == unix.DT_UNKNOWN
}

// split cuts text at each of ends.
func split(text string, ends []int) []string {
	parts := make([]string, len(ends))
	start := 0
	for i, end := range ends {
		parts[i] = text[start:end]
		start = end
	}
	return parts
}
