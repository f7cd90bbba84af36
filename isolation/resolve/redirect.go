package resolve

import (
	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// source is where a descriptor of the child comes from.
type source struct {
	fd   int           // a descriptor of the shell, or closed
	reg  isolation.Reg // a copy made on the way; 0: fd itself
	done bool
}

// closed marks a descriptor that the child does not get.
const closed = -1

var notOpen = []unix.Errno{unix.EBADF}

// redirect gives the child its descriptors: child descriptor n is our files[n].
// All of it happens at once, as it were: a descriptor is overwritten only when
// nothing is still to be copied from it, and a ring (1 and 2 exchanged) is
// opened by one copy out of the way. The shell's descriptors above 2 are
// close-on-exec, so what is not named here ends with the execve.
func redirect(l *step.List, p *isolation.Plan, files []int) {
	if identical(files) {
		return
	}
	var few [10]source // as many as single-digit redirections can name
	want := few[:0]
	for n := range max(len(files), 3) {
		s := source{fd: closed}
		if n < len(files) {
			s.fd = files[n]
		}
		want = append(want, s)
	}
	l.Begin(isolation.Step{Do: "connect the descriptors",
		Why: "redirections and pipes are numbered descriptors, set in the child alone (dup3(2))"})
	for {
		moved, left := moveFree(l, want)
		if left < 0 {
			return
		}
		if !moved {
			openRing(l, p, want, left)
		}
	}
}

// identical reports that the child sees just our 0, 1 and 2 as its own.
func identical(files []int) bool {
	return len(files) == 3 && files[0] == 0 && files[1] == 1 && files[2] == 2
}

// moveFree sets every descriptor that no other one still needs as a source. It
// reports whether it set any, and one that is left, or -1.
func moveFree(l *step.List, want []source) (moved bool, left int) {
	left = -1
	for n := range want {
		s := &want[n]
		switch {
		case s.done:
			continue
		case needed(want, n):
			left = n
			continue
		case s.reg != 0:
			l.Call(unix.SYS_DUP3, isolation.FromReg(s.reg, "saved"), isolation.Int(n), isolation.Int(0))
		case s.fd == closed && n > 2: // whatever stands there is close-on-exec
		case s.fd == closed:
			l.Call(unix.SYS_CLOSE, isolation.Int(n)).Tolerate = notOpen
		case s.fd != n:
			l.Call(unix.SYS_DUP3, isolation.Int(s.fd), isolation.Int(n), isolation.Int(0))
		case n > 2:
			l.Call(unix.SYS_FCNTL, isolation.Int(n), isolation.Flags(unix.F_SETFD, "F_SETFD"), isolation.Int(0))
		}
		s.done, moved = true, true
	}
	return moved, left
}

// needed reports whether descriptor n is still to be copied to another one.
func needed(want []source, n int) bool {
	for m := range want {
		s := &want[m]
		if m != n && !s.done && s.reg == 0 && s.fd == n {
			return true
		}
	}
	return false
}

// openRing copies descriptor n out of the way of all that are to be set.
func openRing(l *step.List, p *isolation.Plan, want []source, n int) {
	reg := p.Register()
	l.Call(unix.SYS_FCNTL, isolation.Int(n), isolation.Flags(unix.F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC"),
		isolation.Int(max(len(want), 10))).Out = reg
	for m := range want {
		if want[m].fd == n && !want[m].done {
			want[m].reg = reg
		}
	}
}
