package isolation

import (
	"testing"

	"golang.org/x/sys/unix"
)

// Calls are shown in the notation of strace(1).
func TestCallText(t *testing.T) {
	for _, c := range []struct {
		call Call
		want string
	}{
		{Call{Nr: unix.SYS_MOUNT, Args: []Arg{Str("proc"), Str("/proc"), Str("proc"), Flags(14, "MS_NOSUID|MS_NODEV|MS_NOEXEC"), Flags(0, "NULL")}},
			`mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL)`},
		{Call{Nr: unix.SYS_EXECVE, Args: []Arg{Str("/bin/echo"), List([]string{"echo", "a b", "\x1b"}, ""), List(nil, "envp")}},
			`execve("/bin/echo", ["echo", "a b", "\x1b"], envp)`},
		{Call{Nr: unix.SYS_DUP3, Args: []Arg{FromReg(1, "saved"), Int(1), Int(0)}}, "dup3(saved, 1, 0)"},
		{Call{Nr: unix.SYS_UMASK, Args: []Arg{Int(0o22)}}, "umask(022)"},
		{Call{Nr: unix.SYS_UMASK, Args: []Arg{Int(0)}}, "umask(0)"},
		{Call{Nr: unix.SYS_RT_SIGACTION, Args: []Arg{Int(20), Bytes("\x00", "SIG_DFL")}}, "rt_sigaction(SIGTSTP, SIG_DFL)"},
		{Call{Nr: unix.SYS_PRLIMIT64, Args: []Arg{Int(0), Int(7)}}, "prlimit64(0, RLIMIT_NOFILE)"},
		{Call{Nr: unix.SYS_PIPE2, Pair: 1, Args: []Arg{Int(0), Flags(unix.O_CLOEXEC, "O_CLOEXEC")}}, "pipe2(pipe, O_CLOEXEC)"},
		{Call{Nr: unix.SYS_OPENAT, Args: []Arg{Format("/proc/%d/uid_map", 1), Int(-1)}}, `openat("/proc/%d/uid_map", -1)`},
		{Call{Nr: 9999}, "syscall_9999()"},
	} {
		if got := c.call.String(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// Undo steps are shown in the order in which they run.
func TestPlanText(t *testing.T) {
	p := Plan{
		Before: []Step{{Do: "a", Why: "why"}},
		Clone:  Step{Do: "b", Shell: "unshare", Why: "why"},
		Child:  []Step{{Do: "c", Calls: []Call{{Nr: unix.SYS_CHDIR, Args: []Arg{Str("/")}}}, Why: "why"}},
		Undo:   []Step{{Do: "e", Why: "why"}, {Do: "d", Why: "why"}},
	}
	want := `  1  in the shell: a
       why
  2  in the shell: b
       $ unshare
       why
  3  in the child: c
       chdir("/")
       why
  4  in the shell, at the end: d
       why
  5  in the shell, at the end: e
       why
`
	if got := p.Text(); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestNamespaceNames(t *testing.T) {
	set := PID | Mount
	if set.String() != "pid,mount" || set.Flags() != "CLONE_NEWPID|CLONE_NEWNS" || !set.Has(PID) || set.Has(PID|Net) {
		t.Errorf("%s %s", set, set.Flags())
	}
}
