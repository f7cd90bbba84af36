package resolve

import (
	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

const whyWatch = "without a PID namespace, what this process starts lives on when the shell is killed; a helper process ends it then, known by its namespaces"

// call connects a process to the guardian whose descendants nothing else would
// end with the shell, and returns the connection; 0 when there is no need. An
// abstract address belongs to a network namespace (unix(7)), so this comes
// before there is a new one.
func (b *layout) call() isolation.Reg {
	w := b.host.Watch
	if b.kinds == 0 || b.kinds.Has(isolation.PID) || w == nil {
		return 0
	}
	b.before.Begin(isolation.Step{Do: "have the guardian listen", Why: whyWatch, Run: w.Ready})
	b.child.Begin(isolation.Step{Do: "call the guardian", Why: whyWatch + " (unix(7))"})
	address := "\x01\x00" + w.Address // AF_UNIX, little-endian
	line := b.Register()
	b.child.Call(unix.SYS_SOCKET, isolation.Flags(unix.AF_UNIX, "AF_UNIX"),
		isolation.Flags(unix.SOCK_STREAM|unix.SOCK_CLOEXEC, "SOCK_STREAM|SOCK_CLOEXEC"), isolation.Int(0)).Out = line
	b.child.Call(unix.SYS_CONNECT, isolation.FromReg(line, "fd"), isolation.Bytes(address, "guardian"), isolation.Int(len(address)))
	return line
}

// makeKnown has the guardian look at the namespaces, now that they are made,
// and waits until it has.
func (b *layout) makeKnown(line isolation.Reg) {
	if line == 0 {
		return
	}
	w, one := b.host.Watch, 1
	key := w.Fresh()
	b.child.Begin(isolation.Step{Do: "show the guardian the new namespaces", Why: whyWatch + " (namespaces(7))"})
	b.child.Call(unix.SYS_WRITE, isolation.FromReg(line, "fd"), isolation.Bytes(key+"\n", ""), isolation.Int(len(key)+1))
	b.child.Call(unix.SYS_READ, isolation.FromReg(line, "fd"), isolation.Bytes("\x00", "byte"), isolation.Int(1)).Want = &one
	b.child.Close(line)
	b.undo.Begin(isolation.Step{Do: "tell the guardian that the process has ended", Why: "what it has left running is on its own from now on",
		Run: func() error { return w.Forget(key) }})
}

// closeOthers has every other descriptor end with the execve: a boundary is
// worth little with a descriptor of the host left open across it
// (CVE-2024-21626). The shell's own are close-on-exec already; those that it
// inherited itself need not be.
func closeOthers(l *step.List, used int) {
	l.Begin(isolation.Step{Do: "close every other descriptor at the execve",
		Why: "an open directory of the host would be a way out (close_range(2), CVE-2024-21626)"})
	l.Call(unix.SYS_CLOSE_RANGE, isolation.Int(max(used, 3)), isolation.Flags(^uintptr(0)>>32, "~0U"),
		isolation.Flags(unix.CLOSE_RANGE_CLOEXEC, "CLOSE_RANGE_CLOEXEC"))
}
