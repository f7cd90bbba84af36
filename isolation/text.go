package isolation

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Text is the plan as explain shows it: every step with its number, where it
// runs, its calls, the shell command that would do the same, and why it is
// there.
func (p *Plan) Text() string {
	t := &text{}
	t.steps("in the shell", p.Before)
	if p.Clone.Do != "" {
		t.step("in the shell", &p.Clone)
	}
	t.steps("in the child", p.Child)
	t.steps("in the child, as this shell", p.Late)
	t.steps("in the shell, meanwhile", p.After)
	for i := range p.Undo {
		t.step("in the shell, at the end", &p.Undo[len(p.Undo)-1-i])
	}
	return t.out.String()
}

type text struct {
	out    strings.Builder
	number int
}

func (t *text) steps(where string, steps []Step) {
	for i := range steps {
		t.step(where, &steps[i])
	}
}

// step writes one step: a numbered head line, the rest set in below it.
func (t *text) step(where string, s *Step) {
	t.number++
	number := strconv.Itoa(t.number)
	t.out.WriteString(strings.Repeat(" ", max(0, 3-len(number))) + number + "  " + where + ": " + s.Do + "\n")
	for _, c := range s.Calls {
		t.line("", c.String())
	}
	if s.Shell != "" {
		t.line("$ ", s.Shell)
	}
	t.line("", s.Why)
}

func (t *text) line(mark, text string) {
	t.out.WriteString("       " + mark + text + "\n")
}

// String is the call in the notation of strace(1); descriptors that earlier
// calls returned stand as words.
func (c Call) String() string {
	var out strings.Builder
	out.WriteString(c.Name() + "(")
	for i, a := range c.Args {
		if i > 0 {
			out.WriteString(", ")
		}
		out.WriteString(c.arg(i, a))
	}
	out.WriteString(")")
	return out.String()
}

// arg is argument i as text; numbers that have names get them.
func (c Call) arg(i int, a Arg) string {
	if a.Kind == ArgInt && a.Text == "" {
		switch {
		case c.Pair != 0 && i == 0:
			return "pipe"
		case c.Nr == unix.SYS_RT_SIGACTION && i == 0:
			return unix.SignalName(unix.Signal(a.Int))
		case c.Nr == unix.SYS_UMASK:
			return "0" + strings.TrimLeft(strconv.FormatUint(uint64(a.Int), 8), "0")
		case c.Nr == unix.SYS_PRLIMIT64 && i == 1:
			return resource(a.Int)
		}
	}
	return a.String()
}

// String is the argument as strace(1) would show it.
func (a Arg) String() string {
	switch {
	case a.Text != "":
		return a.Text
	case a.Kind == ArgString, a.Kind == ArgBytes, a.Kind == ArgFormat:
		return strconv.Quote(a.Str)
	case a.Kind == ArgList:
		words := make([]string, len(a.List))
		for i, w := range a.List {
			words[i] = strconv.Quote(w)
		}
		return "[" + strings.Join(words, ", ") + "]"
	}
	return strconv.Itoa(int(a.Int))
}

// resource is the name of a limit of prlimit(2).
func resource(n uintptr) string {
	names := [...]string{"CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS",
		"LOCKS", "SIGPENDING", "MSGQUEUE", "NICE", "RTPRIO", "RTTIME"}
	if n < uintptr(len(names)) {
		return "RLIMIT_" + names[n]
	}
	return strconv.Itoa(int(n))
}

// Name is the name of the system call.
func (c Call) Name() string {
	for _, n := range [...]struct {
		nr   uintptr
		name string
	}{
		{unix.SYS_CHDIR, "chdir"}, {unix.SYS_CLONE3, "clone3"}, {unix.SYS_CLOSE, "close"}, {unix.SYS_CLOSE_RANGE, "close_range"},
		{unix.SYS_CONNECT, "connect"},
		{unix.SYS_DUP3, "dup3"}, {unix.SYS_EXECVE, "execve"}, {unix.SYS_EXECVEAT, "execveat"}, {unix.SYS_FCNTL, "fcntl"},
		{unix.SYS_GETPGID, "getpgid"}, {unix.SYS_IOCTL, "ioctl"}, {unix.SYS_MKDIRAT, "mkdirat"}, {unix.SYS_MKNODAT, "mknodat"},
		{unix.SYS_MOUNT, "mount"}, {unix.SYS_MOUNT_SETATTR, "mount_setattr"}, {unix.SYS_MOVE_MOUNT, "move_mount"},
		{unix.SYS_OPENAT, "openat"}, {unix.SYS_OPENAT2, "openat2"}, {unix.SYS_OPEN_TREE, "open_tree"}, {unix.SYS_PIPE2, "pipe2"},
		{unix.SYS_PIVOT_ROOT, "pivot_root"}, {unix.SYS_PRCTL, "prctl"}, {unix.SYS_PRLIMIT64, "prlimit64"}, {unix.SYS_READ, "read"},
		{unix.SYS_RT_SIGACTION, "rt_sigaction"}, {unix.SYS_SETHOSTNAME, "sethostname"}, {unix.SYS_SETPGID, "setpgid"},
		{unix.SYS_SOCKET, "socket"}, {unix.SYS_SYMLINKAT, "symlinkat"}, {unix.SYS_UMASK, "umask"}, {unix.SYS_UMOUNT2, "umount2"},
		{unix.SYS_UNSHARE, "unshare"}, {unix.SYS_WRITE, "write"}, {unix.SYS_UNLINKAT, "unlinkat"}, {unix.SYS_KILL, "kill"},
	} {
		if n.nr == c.Nr {
			return n.name
		}
	}
	return "syscall_" + strconv.Itoa(int(c.Nr))
}
