package files

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// lines is a numbered text, long enough for several blocks.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line number %d\n", i)
	}
	return b.String()
}

// rest is what another process would find behind the File's present place.
func rest(t *testing.T, fd int) string {
	t.Helper()
	var out []byte
	buf := make([]byte, 1<<16)
	for {
		n, err := unix.Read(fd, buf)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return string(out)
		}
		out = append(out, buf[:n]...)
	}
}

// sources are the kinds of files that lines are read from.
var sources = []struct {
	name string
	open func(t *testing.T, text string) *File
}{
	{"regular file", func(t *testing.T, text string) *File {
		path := filepath.Join(t.TempDir(), "text")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		fd, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if err != nil {
			t.Fatal(err)
		}
		return New(fd)
	}},
	{"pipe", func(t *testing.T, text string) *File {
		var p [2]int
		if err := unix.Pipe2(p[:], unix.O_CLOEXEC); err != nil {
			t.Fatal(err)
		}
		go func() {
			_, _ = writeAll(p[1], []byte(text))
			unix.Close(p[1])
		}()
		return New(p[0])
	}},
	{"here-document", func(t *testing.T, text string) *File { return NewText(text) }},
}

// What was not asked for is there for whoever reads the descriptor next.
func TestNothingIsTakenBeyondTheLine(t *testing.T) {
	text := lines(3000)
	for _, src := range sources {
		for _, asked := range []int{1, 7, 500, 2999, 3000} {
			t.Run(fmt.Sprintf("%s/%d", src.name, asked), func(t *testing.T) {
				f := src.open(t, text)
				var table Table
				table.Put(0, f)
				defer table.Release()
				var got strings.Builder
				for range asked {
					line, err := f.ReadThrough('\n', nil)
					if err != nil {
						t.Fatal(err)
					}
					got.Write(line)
				}
				fds, err := table.Child(nil)
				if err != nil {
					t.Fatal(err)
				}
				if all := got.String() + rest(t, fds[0]); all != text {
					t.Errorf("%d bytes of %d are left after %d lines", len(all), len(text), asked)
				}
			})
		}
	}
}

func TestEndOfInput(t *testing.T) {
	for _, src := range sources {
		f := src.open(t, "whole\npart")
		for _, want := range []struct {
			line string
			err  error
		}{{"whole\n", nil}, {"part", io.EOF}, {"", io.EOF}} {
			line, err := f.ReadThrough('\n', nil)
			if string(line) != want.line || err != want.err {
				t.Errorf("%s: %q, %v; want %q, %v", src.name, line, err, want.line, want.err)
			}
		}
	}
}

// A pipe that others read too is not looked into.
func TestShared(t *testing.T) {
	text := lines(200)
	f := sources[1].open(t, text)
	for range 50 {
		if _, err := f.ReadThrough('\n', nil); err != nil {
			t.Fatal(err)
		}
	}
	if f.peek == nil {
		t.Fatal("a pipe that gave 50 lines is not looked into")
	}
	f.Shared()
	if _, err := f.ReadThrough('\n', nil); err != nil || f.peek != nil {
		t.Errorf("a shared pipe is looked into (%v)", err)
	}
	if got, want := rest(t, f.fd), strings.Join(strings.SplitAfter(text, "\n")[51:], ""); got != want {
		t.Errorf("%d bytes are left, want %d", len(got), len(want))
	}
}

// A capture keeps the order of what builtins and children write.
func TestCapture(t *testing.T) {
	f, c := NewCapture(nil)
	var table Table
	table.Put(1, f)
	_, _ = f.Write([]byte("builtin "))
	fd, err := f.Fd()
	if err != nil {
		t.Fatal(err)
	}
	_, _ = unix.Write(fd, []byte("child "))
	_, _ = f.Write([]byte(strings.Repeat("x", 100_000)))
	table.Release()
	if got, want := string(c.Finish()), "builtin child "+strings.Repeat("x", 100_000); got != want {
		t.Errorf("%d bytes captured, want %d", len(got), len(want))
	}
}

// A file is closed with its last table, and not before.
func TestReferences(t *testing.T) {
	f := sources[0].open(t, "x")
	var a Table
	a.Put(5, f)
	b := a.Clone()
	a.Close(5)
	if _, err := unix.FcntlInt(uintptr(f.fd), unix.F_GETFD, 0); err != nil {
		t.Fatal("closed while a table refers to it")
	}
	old := b.Put(5, nil)
	b.Restore(5, old)
	fd := f.fd
	b.Release()
	if f.fd != -1 {
		t.Errorf("descriptor %d is open without a table", fd)
	}
}
