// Package namespace writes the steps that make namespaces and set them up:
// which are made by clone3(2) and which by unshare(2), the id map of a user
// namespace, the host name, the loopback device.
package namespace

import (
	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// AtClone are the kinds that only the birth of a process can give it: a PID
// namespace holds the children of the one who makes it (pid_namespaces(7)), and
// a user namespace has to own all others of the plan.
const AtClone = isolation.User | isolation.PID

// Why says in a few words what each kind separates.
func Why(kind isolation.Namespaces) string {
	switch kind {
	case isolation.User:
		return "user and group ids of its own (user_namespaces(7))"
	case isolation.PID:
		return "a process tree of its own, in which it is number 1 (pid_namespaces(7))"
	case isolation.Mount:
		return "a mount table of its own (mount_namespaces(7))"
	case isolation.Net:
		return "network devices, addresses and ports of its own (network_namespaces(7))"
	case isolation.UTS:
		return "a host name of its own (uts_namespaces(7))"
	case isolation.IPC:
		return "shared memory and message queues of its own (ipc_namespaces(7))"
	case isolation.Cgroup:
		return "its own cgroup as the root of all that it sees (cgroup_namespaces(7))"
	case isolation.Time:
		return "boot and monotonic clocks of its own (time_namespaces(7))"
	}
	return ""
}

// why lists what each of several kinds separates.
func why(kinds isolation.Namespaces) string {
	text := ""
	for _, k := range isolation.NamespaceKinds {
		if kinds.Has(k.Kind) {
			if text != "" {
				text += "; "
			}
			text += Why(k.Kind)
		}
	}
	return text
}

// Clone is the step that makes the child, as explain shows it; all is every
// kind that the child gets, at birth or later.
func Clone(all isolation.Namespaces, intoCgroup bool) isolation.Step {
	flags := all & AtClone
	text := "CLONE_VM|CLONE_CLEAR_SIGHAND"
	s := isolation.Step{
		Do:  "make the process",
		Why: "a child that shares nothing with the shell but, until it executes a program, its memory (clone(2))",
	}
	if flags != 0 {
		text += "|" + flags.Flags()
		s.Why = "the process is born with " + why(flags)
		s.Shell = "unshare" + options(flags) + " --fork …"
		s.Hint = "see /proc/sys/user/max_*_namespaces for the limits on namespaces"
	}
	if intoCgroup {
		text += "|CLONE_INTO_CGROUP"
		s.Why += "; it is born in its cgroup, so nothing it does escapes the limits"
	}
	s.Calls = []isolation.Call{{Nr: unix.SYS_CLONE3, Args: []isolation.Arg{
		isolation.Flags(uintptr(flags), "{.flags="+text+", .exit_signal=SIGCHLD}"), isolation.Flags(88, "sizeof(struct clone_args)"),
	}}}
	return s
}

// Unshare gives the child the other kinds, the cgroup namespace among them:
// its root is the cgroup in which the process stands at that moment. without
// are kinds that were wished for and cannot be had here.
func Unshare(l *step.List, all, without isolation.Namespaces) {
	kinds := all &^ AtClone
	if kinds == 0 {
		return
	}
	l.Begin(isolation.Step{
		Do:    "leave the shell's namespaces: " + kinds.String(),
		Shell: "unshare" + options(kinds) + " …",
		Why:   why(kinds),
		Hint:  "see /proc/sys/user/max_*_namespaces for the limits on namespaces",
	})
	if without != 0 {
		l.Steps[len(l.Steps)-1].Why += "; not " + without.String() + ", which this kernel cannot make"
	}
	l.Call(unix.SYS_UNSHARE, isolation.Flags(uintptr(kinds), kinds.Flags()))
}

// options are the kinds as unshare(1) takes them.
func options(kinds isolation.Namespaces) string {
	text := ""
	for _, k := range isolation.NamespaceKinds {
		if kinds.Has(k.Kind) {
			text += " --" + k.Name
		}
	}
	return text
}

// Hostname names the machine inside a new UTS namespace.
func Hostname(l *step.List, name string) {
	l.Begin(isolation.Step{
		Do:    "set the host name",
		Shell: "hostname " + name,
		Why:   "visible inside the new UTS namespace only (sethostname(2))",
	})
	l.Call(unix.SYS_SETHOSTNAME, isolation.Bytes(name, `"`+name+`"`), isolation.Int(len(name)))
}

// loopbackUp is a struct ifreq: the name lo, then the flags IFF_UP|IFF_RUNNING
// (netdevice(7)): forty bytes on 64-bit machines.
const loopbackUp = "lo\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" + "\x41\x00\x00\x00\x00\x00\x00\x00" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// Loopback brings up the only device that a new network namespace has.
func Loopback(l *step.List, reg isolation.Reg) {
	l.Begin(isolation.Step{
		Do:    "bring the loopback device up",
		Shell: "ip link set lo up",
		Why:   "a new network namespace holds one device, which is down; 127.0.0.1 needs it (netdevice(7))",
	})
	l.Call(unix.SYS_SOCKET, isolation.Flags(unix.AF_INET, "AF_INET"),
		isolation.Flags(unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC"), isolation.Int(0)).Out = reg
	l.Call(unix.SYS_IOCTL, isolation.FromReg(reg, "fd"), isolation.Flags(unix.SIOCSIFFLAGS, "SIOCSIFFLAGS"),
		isolation.Bytes(loopbackUp, `{"lo", IFF_UP|IFF_RUNNING}`))
	l.Close(reg)
}
