package resolve

import (
	"cosh/isolation"
	"cosh/isolation/cgroup"
	"cosh/isolation/mount"
	"cosh/isolation/namespace"
	"cosh/isolation/rootfs"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// layout is a plan with boundaries while it is being laid out.
type layout struct {
	*isolation.Plan
	spec  *isolation.Spec
	host  *isolation.Host
	kinds isolation.Namespaces // those asked for and those that others need

	before, child, late, after, undo *step.List
}

// bounded lays out a launch with boundaries, in the order of what needs what:
// limits before anything is done, the id map before files are made, mounts
// while the host can still be seen, descriptors when no more are opened.
func bounded(s *isolation.Spec, host *isolation.Host) (*isolation.Plan, error) {
	kinds, err := boundaries(s, host)
	if err != nil {
		return nil, err
	}
	b := &layout{
		Plan: new(isolation.Plan), spec: s, host: host, kinds: kinds, child: step.NewList(20, 32, 96),
		before: new(step.List), late: new(step.List), after: new(step.List), undo: new(step.List),
	}
	if s.Root != nil {
		b.child = step.NewList(48, 128, 448)
	}
	b.Flags = kinds & namespace.AtClone
	b.dieWithShell()
	if err := b.limits(); err != nil {
		return nil, err
	}
	b.group()
	line := b.call()
	b.namespaces()
	b.makeKnown(line)
	b.enter()
	b.Clone = namespace.Clone(kinds, b.Cgroup != 0)
	b.Before, b.Child, b.Late, b.After, b.Undo = b.before.Steps, b.child.Steps, b.late.Steps, b.after.Steps, b.undo.Steps
	return b.Plan, nil
}

// dieWithShell has the process end with the shell, from the first moment on;
// with a PID namespace of its own, all that it has started ends with it.
func (b *layout) dieWithShell() {
	b.Die = true
	b.child.Begin(isolation.Step{
		Do:  "end with the shell",
		Why: "if the shell is killed the kernel kills this process, and number 1 of a PID namespace takes all others along (PR_SET_PDEATHSIG(2const))",
	})
	b.child.Call(unix.SYS_PRCTL, isolation.Flags(unix.PR_SET_PDEATHSIG, "PR_SET_PDEATHSIG"), isolation.Flags(uintptr(unix.SIGKILL), "SIGKILL"),
		isolation.Int(0), isolation.Int(0), isolation.Int(0))
}

func (b *layout) limits() error {
	if b.spec.Limits == (isolation.Limits{}) {
		return nil
	}
	return cgroup.Limit(b.Plan, cgroup.Lists{Before: b.before, Child: b.child, Undo: b.undo}, &b.host.Cgroups, b.spec.Limits)
}

// group places the child in its process group. Inside a new PID namespace the
// child cannot name a group of the shell's, so the shell moves it there, and
// the child waits until that is done: after its execve it would be too late
// (setpgid(2), EACCES).
func (b *layout) group() {
	g := b.spec.Group
	if g.Mode != isolation.GroupJoin || !b.kinds.Has(isolation.PID) {
		group(b.child, b.Plan, &g)
		return
	}
	read, write := b.Register(), b.Register()
	b.Pid = b.Register()
	b.before.Begin(isolation.Step{Do: "make a pipe to the child", Why: "the child waits on it for the shell (pipe(2))"})
	b.before.Call(unix.SYS_PIPE2, isolation.Int(0), isolation.Flags(unix.O_CLOEXEC, "O_CLOEXEC")).Pair = read
	b.child.Begin(isolation.Step{Do: "wait for the shell",
		Why: "the shell puts this process into the job's group, which has no number in the new PID namespace (pid_namespaces(7))"})
	b.child.Call(unix.SYS_CLOSE, isolation.FromReg(write, "pipe[1]"))
	one := 1
	b.child.Call(unix.SYS_READ, isolation.FromReg(read, "pipe[0]"), isolation.Bytes("\x00", "byte"), isolation.Int(1)).Want = &one
	b.after.Begin(isolation.Step{Do: "put the child into the job's process group",
		Why: "every process of a pipeline is in the group of its first (setpgid(2))"})
	b.after.Call(unix.SYS_SETPGID, isolation.FromReg(b.Pid, "pid"), isolation.Int(g.ID)).Tolerate = noGroup
	b.after.Begin(isolation.Step{Do: "let the child go on", Why: "it waits for this byte (pipe(2))"})
	b.after.Call(unix.SYS_WRITE, isolation.FromReg(write, "pipe[1]"), isolation.Bytes("+", ""), isolation.Int(1))
	for _, list := range [...]*step.List{b.after, b.undo} {
		list.Begin(isolation.Step{Do: "close the pipe", Why: "it has served (close(2))"})
		list.Call(unix.SYS_CLOSE, isolation.FromReg(read, "pipe[0]"))
		list.Call(unix.SYS_CLOSE, isolation.FromReg(write, "pipe[1]"))
	}
	// The group has no number in there by which the child could give it the
	// terminal; the process that leads the group has done so already.
}

// noGroup: the first process of the pipeline has ended and its group with it.
var noGroup = []unix.Errno{unix.EPERM, unix.ESRCH}

// namespaces makes those that clone3 does not and sets all of them up, but for
// another root.
func (b *layout) namespaces() {
	reg := b.Register()
	if b.kinds.Has(isolation.User) {
		namespace.MapRoot(b.child, b.host.UID, b.host.GID, reg)
	}
	namespace.Unshare(b.child, b.kinds, b.spec.Namespaces&^b.kinds)
	if b.kinds.Has(isolation.Mount) {
		mount.AllPrivate(b.child)
	}
	if b.spec.Hostname != "" {
		namespace.Hostname(b.child, b.spec.Hostname)
	}
	if b.kinds.Has(isolation.Net) {
		namespace.Loopback(b.child, reg)
	}
	if b.kinds.Has(isolation.PID) && b.spec.Root == nil {
		mount.New(b.child, "proc", "/proc", mount.NoSuid|mount.NoDev|mount.NoExec, "",
			"ps and the like read /proc, which shows the PID namespace that it was mounted in (proc(5))")
	}
}

// enter changes the root, connects the descriptors and executes the program.
// With another root, this shell is executed by a descriptor that was opened
// while it could be seen. A shell that needs its loader goes first and does the
// rest itself: the new root may hold no loader.
func (b *layout) enter() {
	s, rooted := b.spec, b.spec.Root != nil
	low := max(len(s.Files), 10)
	var self isolation.Reg
	if s.Self && rooted {
		self = b.Register()
		mount.Self(b.child, b.host.SelfPath, self, b.Register(), low)
	}
	inside := b.child
	if self != 0 && !b.host.StaticSelf {
		inside = b.late
	}
	if rooted {
		rootfs.Build(inside, b.Plan, rootfs.Tree{Root: s.Root, Host: b.host, Kinds: b.kinds})
		mount.Pivot(inside)
	}
	redirect(b.child, b.Plan, s.Files)
	closeOthers(b.child, len(s.Files))
	attributes(inside, s)
	signals(b.child, s)
	if self == 0 {
		execute(b.child, s)
		return
	}
	b.child.Begin(isolation.Step{Do: "execute this shell",
		Why: "by its descriptor: there may be no path to it, nor any file, in the new root (execveat(2))"})
	b.child.Call(unix.SYS_EXECVEAT, isolation.FromReg(self, "self"), isolation.Str(""), isolation.List(s.Argv, ""), isolation.List(s.Env, "envp"),
		isolation.Flags(unix.AT_EMPTY_PATH, "AT_EMPTY_PATH")).Final = true
}
