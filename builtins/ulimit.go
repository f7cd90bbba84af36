package builtins

import (
	_ "embed" // the help page
	"math"
	"strconv"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/isolation/launch/nofile"
	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed ulimit.md
var ulimitPage string

// resource is a limit of setrlimit(2) as ulimit shows it.
type resource struct {
	letter byte
	number int
	unit   uint64 // bytes or the like in one unit of ulimit
	name   string
}

// resources are those of Linux; the units of c d f n s t v are POSIX's (XCU
// ulimit, Issue 8).
var resources = [...]resource{
	{'c', unix.RLIMIT_CORE, 512, "core file size (512-byte blocks)"},
	{'d', unix.RLIMIT_DATA, 1024, "data segment (KiB)"},
	{'e', unix.RLIMIT_NICE, 1, "scheduling priority"},
	{'f', unix.RLIMIT_FSIZE, 512, "file size (512-byte blocks)"},
	{'i', unix.RLIMIT_SIGPENDING, 1, "pending signals"},
	{'l', unix.RLIMIT_MEMLOCK, 1024, "locked memory (KiB)"},
	{'m', unix.RLIMIT_RSS, 1024, "resident set (KiB)"},
	{'n', unix.RLIMIT_NOFILE, 1, "open files"},
	{'q', unix.RLIMIT_MSGQUEUE, 1, "POSIX message queues (bytes)"},
	{'r', unix.RLIMIT_RTPRIO, 1, "real-time priority"},
	{'s', unix.RLIMIT_STACK, 1024, "stack (KiB)"},
	{'t', unix.RLIMIT_CPU, 1, "processor time (seconds)"},
	{'u', unix.RLIMIT_NPROC, 1, "processes of the user"},
	{'v', unix.RLIMIT_AS, 1024, "address space (KiB)"},
	{'x', unix.RLIMIT_LOCKS, 1, "file locks"},
}

// ulimitFlags lists -a, -H, -S and a switch for every resource.
func ulimitFlags() []command.Flag {
	flags := []command.Flag{
		{Name: "all", Letter: 'a', Help: "print all limits"},
		{Name: "hard", Letter: 'H', Help: "the hard limit, which only a privileged process can raise"},
		{Name: "soft", Letter: 'S', Help: "the soft limit, which is what counts"},
	}
	for _, r := range resources {
		flags = append(flags, command.Flag{Name: string(rune(r.letter)), Letter: r.letter, Help: r.name})
	}
	return flags
}

// ulimit prints or sets the limits of the commands that follow.
func ulimit(c *command.Call) int {
	o := options{flags: ulimitFlags(), words: c.Args}
	var hard, soft, all bool
	letter := byte('f')
	for o.next() {
		switch o.letter {
		case 'H':
			hard = true
		case 'S':
			soft = true
		case 'a':
			all = true
		default:
			letter = o.letter
		}
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) > 1 || all && len(o.words) > 0:
		return c.Usage("one limit at most")
	case all:
		return printLimits(c, hard && !soft)
	}
	var r resource
	for _, candidate := range resources {
		if candidate.letter == letter {
			r = candidate
		}
	}
	present, err := limits(c.State, r.number)
	if err != nil {
		return c.Errorf(1, "%s: %v", r.name, err)
	}
	if len(o.words) == 0 {
		c.Print(r.spell(pick(present, hard && !soft)) + "\n")
		return 0
	}
	value, ok := r.parse(o.words[0], present)
	if !ok {
		return c.Usage("%s is not a limit: a number, unlimited, hard or soft", o.words[0])
	}
	if soft || !hard {
		present.Soft = value
	}
	if hard || !soft {
		present.Hard = value
	}
	if err := setLimits(c.State, present); err != nil {
		return c.Errorf(1, "%s: %v", r.name, err)
	}
	return 0
}

func printLimits(c *command.Call, hard bool) int {
	for _, r := range resources {
		present, err := limits(c.State, r.number)
		if err != nil {
			return c.Errorf(1, "%s: %v", r.name, err)
		}
		c.Printf("-%c  %-36s %s\n", r.letter, r.name, r.spell(pick(present, hard)))
	}
	return 0
}

func pick(l isolation.Rlimit, hard bool) uint64 {
	if hard {
		return l.Hard
	}
	return l.Soft
}

// spell is a limit in the resource's unit.
func (r resource) spell(value uint64) string {
	if value == unix.RLIM_INFINITY {
		return "unlimited"
	}
	return strconv.FormatUint(value/r.unit, 10)
}

// parse reads a limit in the resource's unit.
func (r resource) parse(word string, present isolation.Rlimit) (uint64, bool) {
	switch word {
	case "unlimited":
		return unix.RLIM_INFINITY, true
	case "hard":
		return present.Hard, true
	case "soft":
		return present.Soft, true
	}
	n, err := strconv.ParseUint(word, 10, 64)
	if err != nil || n > (math.MaxUint64-1)/r.unit {
		return 0, false
	}
	return n * r.unit, true
}

// limits are what a command would get: the session's own, else the shell's.
// Of the open files the shell's soft limit is Go's doing (go.dev/issue/46279);
// what it was started with counts.
func limits(s *session.Session, number int) (isolation.Rlimit, error) {
	for _, l := range s.Rlimits {
		if l.Resource == number {
			return l, nil
		}
	}
	if number == unix.RLIMIT_NOFILE {
		if soft, hard, ok := nofile.Original(); ok {
			return isolation.Rlimit{Resource: number, Soft: soft, Hard: hard}, nil
		}
	}
	var l unix.Rlimit
	err := unix.Prlimit(0, number, nil, &l)
	return isolation.Rlimit{Resource: number, Soft: l.Cur, Hard: l.Max}, err
}

// setLimits sets the limits for commands, and outside of subshells for the
// shell itself, so that the kernel judges. A subshell is judged by the rule of
// setrlimit(2).
func setLimits(s *session.Session, l isolation.Rlimit) error {
	old, err := limits(s, l.Resource)
	switch {
	case err != nil:
		return err
	case l.Soft > l.Hard:
		return unix.EINVAL
	case s.Subshell == 0:
		err = unix.Prlimit(0, l.Resource, &unix.Rlimit{Cur: l.Soft, Max: l.Hard}, nil)
	case l.Hard > old.Hard && unix.Geteuid() != 0:
		err = unix.EPERM
	}
	if err != nil {
		return err
	}
	list := make([]isolation.Rlimit, 0, len(s.Rlimits)+1) // subshells share the old one
	for _, other := range s.Rlimits {
		if other.Resource != l.Resource {
			list = append(list, other)
		}
	}
	s.Rlimits = append(list, l)
	return nil
}
