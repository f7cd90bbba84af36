package resolve

import (
	"testing"

	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// table is a descriptor table while calls of redirect are played on it.
type table struct {
	open     map[int]string // descriptor: what it is open on
	cloexec  map[int]bool
	register map[uintptr]int
}

func (tb *table) fd(a isolation.Arg) int {
	if a.Kind == isolation.ArgReg {
		return tb.register[a.Int]
	}
	return int(a.Int)
}

func (tb *table) play(t *testing.T, c isolation.Call) {
	from := tb.fd(c.Args[0])
	switch c.Nr {
	case unix.SYS_DUP3:
		to := tb.fd(c.Args[1])
		if tb.open[from] == "" {
			t.Fatalf("dup3(%d, %d): not open", from, to)
		}
		tb.open[to], tb.cloexec[to] = tb.open[from], false
	case unix.SYS_CLOSE:
		delete(tb.open, from)
	case unix.SYS_FCNTL:
		if c.Args[1].Int == unix.F_SETFD {
			tb.cloexec[from] = false
			return
		}
		to := int(c.Args[2].Int)
		for tb.open[to] != "" {
			to++
		}
		tb.open[to], tb.cloexec[to], tb.register[uintptr(c.Out)] = tb.open[from], true, to
	}
}

// Whatever maps of four descriptors there are, rings and overlaps included, the
// child sees what was asked for and nothing else.
func TestRedirect(t *testing.T) {
	const highest = 5
	sources := []int{-1, 0, 1, 2, 3, 4, 5}
	for n := range len(sources) * len(sources) * len(sources) * len(sources) {
		files := []int{sources[n%7], sources[n/7%7], sources[n/49%7], sources[n/343%7]}
		tb := table{map[int]string{}, map[int]bool{}, map[uintptr]int{}}
		for fd := range highest + 1 {
			tb.open[fd], tb.cloexec[fd] = string(rune('a'+fd)), fd > 2
		}
		l := step.NewList(1, 1, 1)
		redirect(l, new(isolation.Plan), files)
		for _, s := range l.Steps {
			for _, c := range s.Calls {
				tb.play(t, c)
			}
		}
		for fd, source := range files {
			want := ""
			if source >= 0 {
				want = string(rune('a' + source))
			}
			got := tb.open[fd]
			if tb.cloexec[fd] {
				got = ""
			}
			if got != want {
				t.Fatalf("%v: descriptor %d is %q, want %q", files, fd, got, want)
			}
		}
		for fd := range tb.open {
			if fd >= len(files) && !tb.cloexec[fd] {
				t.Fatalf("%v: descriptor %d is left open", files, fd)
			}
		}
	}
}

// No descriptor is asked for: none is passed on, not even 0, 1 and 2.
func TestRedirectNone(t *testing.T) {
	l := step.NewList(1, 1, 1)
	redirect(l, new(isolation.Plan), nil)
	if len(l.Steps) != 1 || len(l.Steps[0].Calls) != 3 {
		t.Errorf("got %v", l.Steps)
	}
}
