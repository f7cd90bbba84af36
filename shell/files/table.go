package files

import (
	"maps"

	"golang.org/x/sys/unix"
)

// Table maps the descriptor numbers that the script sees to Files. The zero
// Table has none open.
type Table struct {
	low  [10]*File
	high map[int]*File
	// private are the numbers that children do not get; nil when there are none.
	private map[int]bool
}

// Get returns descriptor n, nil when it is closed.
func (t *Table) Get(n int) *File {
	if uint(n) < uint(len(t.low)) {
		return t.low[n]
	}
	return t.high[n]
}

// Put makes n stand for f (nil: closed) and returns what it stood for. It
// takes a reference to f and hands the caller the one to the old file.
func (t *Table) Put(n int, f *File) (old *File) {
	if f != nil {
		f.retain()
	}
	return t.swap(n, f)
}

func (t *Table) swap(n int, f *File) (old *File) {
	if t.private != nil {
		delete(t.private, n)
	}
	if uint(n) < uint(len(t.low)) {
		old, t.low[n] = t.low[n], f
		return old
	}
	old = t.high[n]
	if f == nil {
		delete(t.high, n)
		return old
	}
	if t.high == nil {
		t.high = make(map[int]*File)
	}
	t.high[n] = f
	return old
}

// PutPrivate is Put for a closed n that children do not get.
func (t *Table) PutPrivate(n int, f *File) {
	t.Restore(n, nil)
	t.Put(n, f)
	if t.private == nil {
		t.private = make(map[int]bool)
	}
	t.private[n] = true
}

// Restore puts back what Put returned: the reference moves back to the table
// and the present file is let go.
func (t *Table) Restore(n int, old *File) {
	if f := t.swap(n, old); f != nil {
		f.release()
	}
}

// Close closes n.
func (t *Table) Close(n int) { t.Restore(n, nil) }

// Drop lets go of a reference that Put returned.
func Drop(old *File) {
	if old != nil {
		old.release()
	}
}

// Discard closes a file that no table refers to yet; nil is no file.
func Discard(f *File) {
	if f != nil {
		f.retain()
		f.release()
	}
}

// Clone returns a table with the same files open.
func (t *Table) Clone() *Table {
	c := &Table{low: t.low}
	for _, f := range t.low {
		if f != nil {
			f.retain()
		}
	}
	if len(t.high) > 0 {
		c.high = make(map[int]*File, len(t.high))
		for n, f := range t.high {
			f.retain()
			c.high[n] = f
		}
	}
	c.private = maps.Clone(t.private)
	return c
}

// Release closes everything.
func (t *Table) Release() {
	for n, f := range t.low {
		if f != nil {
			t.low[n] = nil
			f.release()
		}
	}
	for n, f := range t.high {
		delete(t.high, n)
		f.release()
	}
}

// Child appends to dst the real descriptor for each number of a child, -1
// where it is closed, and gives back what was read ahead of each file. The
// length is one more than the highest that is open, three at least.
func (t *Table) Child(dst []int) ([]int, error) {
	top := 2
	for n := len(t.low) - 1; n > 2; n-- {
		if t.low[n] != nil {
			top = n
			break
		}
	}
	for n := range t.high {
		top = max(top, n)
	}
	for n := 0; n <= top; n++ {
		f := t.Get(n)
		if f == nil || t.private[n] {
			dst = append(dst, -1)
			continue
		}
		fd, err := f.Fd()
		if err != nil {
			return dst, err
		}
		f.Sync()
		dst = append(dst, fd)
	}
	return dst, nil
}

// Sync gives back what was read ahead of every file.
func (t *Table) Sync() {
	for _, f := range t.low {
		if f != nil {
			f.Sync()
		}
	}
	for _, f := range t.high {
		f.Sync()
	}
}

// inherited is one more than the highest descriptor that Inherit looks at: bash
// hands process substitutions over at 63 and below.
const inherited = 64

// Inherit opens the descriptors that the process was started with. Those
// above 2 that are marked close-on-exec are Go's own.
func (t *Table) Inherit() {
	for n := 0; n < 3; n++ {
		if _, err := unix.FcntlInt(uintptr(n), unix.F_GETFD, 0); err == nil {
			t.Put(n, Inherited(n))
		}
	}
	for n := 3; n < inherited; n++ {
		flags, err := unix.FcntlInt(uintptr(n), unix.F_GETFD, 0)
		if err == nil && flags&unix.FD_CLOEXEC == 0 {
			unix.CloseOnExec(n)
			t.Put(n, Inherited(n))
		}
	}
}

// Share says that another process reads all of these files from now on.
func (t *Table) Share() {
	for _, f := range t.low {
		if f != nil {
			f.Shared()
		}
	}
	for _, f := range t.high {
		f.Shared()
	}
}
