package resolve

import (
	"math/bits"

	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// group places the child in its process group and gives that the terminal.
// The shell does the same from its side; whoever comes first wins (setpgid(2)).
// The terminal is taken while SIGTTOU is still ignored, as the shell has it:
// tcsetpgrp from a background group would stop the child otherwise (termios(3)).
func group(l *step.List, p *isolation.Plan, g *isolation.Group) {
	switch g.Mode {
	case isolation.GroupNew:
		l.Begin(isolation.Step{Do: "start a process group",
			Why: "a job is one process group: signals and the terminal go to all of it (setpgid(2))"})
		l.Call(unix.SYS_SETPGID, isolation.Int(0), isolation.Int(0))
	case isolation.GroupJoin:
		l.Begin(isolation.Step{Do: "join the job's process group",
			Why: "every process of a pipeline is in the group of its first (setpgid(2))"})
		l.Call(unix.SYS_SETPGID, isolation.Int(0), isolation.Int(g.ID))
	}
	if !g.Foreground {
		return
	}
	l.Begin(isolation.Step{Do: "take the terminal",
		Why: "only the foreground group may read the terminal and gets its signals (tcsetpgrp(3))"})
	pgrp := p.Register()
	l.Call(unix.SYS_GETPGID, isolation.Int(0)).Out = pgrp
	l.Call(unix.SYS_IOCTL, isolation.Int(g.Tty), isolation.Flags(unix.TIOCSPGRP, "TIOCSPGRP"),
		isolation.RegAddr(pgrp, "&pgrp"))
}

// attributes sets what a process passes on to its children: mask, limits and
// working directory. In the shell they are plain state; only here do they
// become the kernel's.
func attributes(l *step.List, s *isolation.Spec) {
	l.Begin(isolation.Step{Do: "set the file mode mask",
		Why: "the permissions that new files are born without (umask(2))"})
	l.Call(unix.SYS_UMASK, isolation.Int(s.Umask))
	for i := range s.Rlimits {
		r := &s.Rlimits[i]
		l.Begin(isolation.Step{Do: "set a resource limit", Why: "ulimit of the shell holds for the child (prlimit(2))"})
		l.Call(unix.SYS_PRLIMIT64, isolation.Int(0), isolation.Int(r.Resource),
			isolation.Bytes(step.Words(r.Soft, r.Hard), "{soft, hard}"), step.Null)
	}
	if s.Dir != "" {
		l.Begin(isolation.Step{Do: "enter the working directory", Why: "the shell's cd holds for the child (chdir(2))"})
		l.Call(unix.SYS_CHDIR, isolation.Str(s.Dir))
	}
}

// The kernel's struct sigaction for SIG_DFL and SIG_IGN: handler, flags,
// restorer and mask, eight bytes each (amd64 and arm64 alike).
const (
	actionDefault = "\x00\x00\x00\x00\x00\x00\x00\x00" + noFlags
	actionIgnore  = "\x01\x00\x00\x00\x00\x00\x00\x00" + noFlags
	noFlags       = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
)

// signals sets dispositions: what the shell ignores for its own sake becomes
// default in a job, and what the user ignores stays ignored (POSIX 2.12; an
// ignored signal stays ignored across execve, signal(7)).
func signals(l *step.List, s *isolation.Spec) {
	set := func(signals uint64, action, text string) {
		for ; signals != 0; signals &= signals - 1 {
			l.Call(unix.SYS_RT_SIGACTION, isolation.Int(bits.TrailingZeros64(signals)+1),
				isolation.Bytes(action, text), step.Null, isolation.Int(8))
		}
	}
	if s.Default&^s.Ignore != 0 {
		l.Begin(isolation.Step{Do: "reset signals to their defaults",
			Why: "the shell ignores the terminal's stop signals, a job must not (signal(7))"})
		set(s.Default&^s.Ignore, actionDefault, "SIG_DFL")
	}
	if s.Ignore != 0 {
		l.Begin(isolation.Step{Do: "ignore signals",
			Why: "signals that the script ignores stay ignored in its commands (signal(7))"})
		set(s.Ignore, actionIgnore, "SIG_IGN")
	}
}

// notThere are the errors after which the next folder of PATH is tried, as
// execvp(3) does.
var notThere = []unix.Errno{unix.ENOENT, unix.ENOTDIR, unix.EACCES}

// notAProgram is the error after which the shell itself runs a file.
var notAProgram = []unix.Errno{unix.ENOEXEC}

// execute ends the plan. A PATH walk is one step with a call for each folder,
// of which the last one's error counts.
func execute(l *step.List, s *isolation.Spec) {
	argv, env := isolation.List(s.Argv, ""), isolation.List(s.Env, "envp")
	l.Begin(isolation.Step{Do: "execute the program",
		Why: "the process becomes the program, with all that was set above (execve(2))"})
	if s.Self {
		l.Call(unix.SYS_EXECVE, isolation.Str("/proc/self/exe"), argv, env).Final = true
		return
	}
	for i, path := range s.Paths {
		c := l.Call(unix.SYS_EXECVE, isolation.Str(path), argv, env)
		c.Final = true
		switch {
		case i < len(s.Paths)-1:
			c.Tolerate = notThere
		case s.Script && i == 0:
			c.Tolerate = notAProgram
		}
	}
	if s.Script && len(s.Paths) == 1 {
		script := append([]string{"cosh", s.Paths[0]}, s.Argv[1:]...)
		l.Call(unix.SYS_EXECVE, isolation.Str("/proc/self/exe"), isolation.List(script, ""), env).Final = true
	}
}
