package history

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// file is the history file, open and locked.
type file struct {
	*os.File
	path string
}

// lockWait bounds the wait for other shells, so that one that hangs in the
// middle (stopped, or on a network file system) does not take the prompt from all.
const lockWait = 2 * time.Second

// lockFile opens the file, made with mode 0600 where it is missing, and
// takes an exclusive flock(2), which ends with the process that holds it.
// Trimming puts a new file in the path's place, so a lock counts only while the path still names
// the file that it is on.
func lockFile(path string) (*file, error) {
	deadline := time.Now().Add(lockWait)
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		if err := lock(f, deadline); err != nil {
			f.Close()
			return nil, err
		}
		opened, err := f.Stat()
		if err == nil && !opened.Mode().IsRegular() {
			err = &os.PathError{Op: "lock", Path: path, Err: errors.New("not a regular file")}
		}
		if err != nil {
			f.Close()
			return nil, err
		}
		if named, err := os.Stat(path); err == nil && os.SameFile(opened, named) {
			return &file{f, path}, nil
		}
		f.Close()
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("lock %s: replaced again and again", path)
		}
	}
}

func lock(f *os.File, deadline time.Time) error {
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case err != unix.EWOULDBLOCK && err != unix.EINTR, time.Now().After(deadline):
			return &os.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
		time.Sleep(time.Millisecond)
	}
}

// close closes the file, which ends the lock.
func (f *file) close() error { return f.Close() }

func (f *file) read() (string, error) {
	var b strings.Builder
	if info, err := f.Stat(); err == nil {
		b.Grow(int(info.Size()))
	}
	_, err := io.Copy(&b, f.File)
	return b.String(), err
}

// append writes one line in one write(2), after taking away what a killed
// shell left of its own. Where it cannot be written whole (a full disk), nothing stays.
func (f *file) append(line string) error {
	end, err := f.wholeLines()
	if err != nil {
		return err
	}
	n, err := f.WriteString(line)
	if err != nil && n > 0 {
		return errors.Join(err, f.Truncate(end))
	}
	return err
}

// wholeLines is the size of the file, cut to its last newline.
func (f *file) wholeLines() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size := info.Size()
	end, err := f.lastNewline(size)
	if err == nil && end < size {
		err = f.Truncate(end)
	}
	return end, err
}

// lastNewline is the offset behind the last newline before size.
func (f *file) lastNewline(size int64) (int64, error) {
	for buf := make([]byte, 1); size > 0; {
		if _, err := f.ReadAt(buf, max(0, size-int64(len(buf)))); err != nil && err != io.EOF {
			return 0, err
		}
		for i := len(buf) - 1; i >= 0 && size > 0; i-- {
			if buf[i] == '\n' {
				return size, nil
			}
			size--
		}
		buf = make([]byte, min(size, 4096)) // rare: a line was cut short
	}
	return 0, nil
}

// replace puts a new text in the file's place: a reader sees the old file or
// the new one. Shells that wait for the lock on the old one find it replaced.
func (f *file) replace(text string) error {
	temporary := f.path + ".new" // only the holder of the lock writes it
	n, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = n.WriteString(text)
	if err = errors.Join(err, n.Sync(), n.Close()); err == nil {
		err = os.Rename(temporary, f.path)
	}
	if err != nil {
		os.Remove(temporary)
	}
	return err
}
