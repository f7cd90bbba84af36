package launch_test

import (
	"os"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// TestProcessState: what a shell sets per child, as the child sees it.
func TestProcessState(t *testing.T) {
	dir := t.TempDir()
	ignore := string([]byte{1}) + strings.Repeat("\x00", 31) // struct sigaction: SIG_IGN, no flags, no mask
	sigaction := func(sig unix.Signal, action string) isolation.Step {
		return call("rt_sigaction", unix.SYS_RT_SIGACTION,
			isolation.Int(int(sig)), isolation.Bytes(action, ""), isolation.Int(0), isolation.Int(8))
	}
	limit := string([]byte{7, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0})
	for _, c := range []struct {
		name   string
		steps  []isolation.Step
		script string
		want   string
	}{
		{"umask", []isolation.Step{call("umask", unix.SYS_UMASK, isolation.Int(0o27))}, "umask", "0027"},
		{"working directory", []isolation.Step{call("chdir", unix.SYS_CHDIR, isolation.Str(dir))}, "pwd -P", dir},
		{"rlimit", []isolation.Step{call("prlimit", unix.SYS_PRLIMIT64,
			isolation.Int(0), isolation.Int(unix.RLIMIT_NOFILE), isolation.Bytes(limit, ""), isolation.Int(0))},
			"ulimit -S -n; ulimit -H -n", "7\n9"},
		{"process group", []isolation.Step{call("setpgid", unix.SYS_SETPGID, isolation.Int(0), isolation.Int(0))},
			"read -r pid comm state ppid pgrp rest < /proc/self/stat; [ $pgrp = $$ ] && echo own", "own"},
		{"process group of the shell", nil,
			"read -r pid comm state ppid pgrp rest < /proc/self/stat; [ $pgrp = $$ ] || echo shared", "shared"},
		{"ignored signals", []isolation.Step{sigaction(unix.SIGINT, ignore), sigaction(unix.SIGTSTP, ignore)},
			"kill -INT $$; kill -TSTP $$; echo alive", "alive"},
		{"no signal ignored, none blocked", nil,
			"while read -r name value; do case $name in SigIgn:|SigBlk:) echo $value;; esac; done < /proc/self/status",
			"0000000000000000\n0000000000000000"},
		{"environment", nil, "echo ${A-unset}", "unset"},
	} {
		for _, way := range ways {
			p := child(append(c.steps, sh(c.script))...)
			if got := strings.TrimSpace(output(t, way.start, p)); got != c.want {
				t.Errorf("%s: %s: got %q, want %q", way.name, c.name, got, c.want)
			}
		}
	}
}

// TestResultsCrossToLaterCalls: registers filled before the clone and in the
// child, by value, by address and in a path.
func TestResultsCrossToLaterCalls(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/file", []byte("through a register\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, way := range ways {
		p := &isolation.Plan{Regs: 4}
		p.Before = []isolation.Step{{Do: "open folder", Calls: []isolation.Call{{Nr: unix.SYS_OPENAT, Out: 1, Args: []isolation.Arg{
			isolation.Int(unix.AT_FDCWD), isolation.Str(dir), isolation.Int(unix.O_PATH | unix.O_CLOEXEC), isolation.Int(0)}}}}}
		p.Child = []isolation.Step{
			{Do: "open file", Calls: []isolation.Call{{Nr: unix.SYS_OPENAT, Out: 2, Args: []isolation.Arg{
				isolation.FromReg(1, ""), isolation.Str("file"), isolation.Int(unix.O_RDONLY), isolation.Int(0)}}}},
			{Do: "dup3", Calls: []isolation.Call{{Nr: unix.SYS_DUP3, Args: []isolation.Arg{
				isolation.FromReg(2, ""), isolation.Int(0), isolation.Int(0)}}}},
			{Do: "chdir", Calls: []isolation.Call{{Nr: unix.SYS_CHDIR, Args: []isolation.Arg{
				isolation.Format("/proc/self/fd/%d", 1)}}}},
			sh("cat; pwd -P"),
		}
		p.After = []isolation.Step{{Do: "close", Calls: []isolation.Call{{Nr: unix.SYS_CLOSE, Args: []isolation.Arg{isolation.FromReg(1, "")}}}}}
		p.Undo = p.After // does no harm: the register is empty by then
		if got, want := output(t, way.start, p), "through a register\n"+dir+"\n"; got != want {
			t.Errorf("%s: got %q, want %q", way.name, got, want)
		}
	}
}

// TestDescriptorsChangePlaces: 1 and 5 swap by way of a third number.
func TestDescriptorsChangePlaces(t *testing.T) {
	for _, way := range ways {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		p := child(
			onto(int(w.Fd()), 5),
			onto(1, 6), onto(5, 1), onto(6, 5), call("close", unix.SYS_CLOSE, isolation.Int(6)),
			sh("echo in five >&5; echo in one; [ ! -e /proc/self/fd/6 ] && echo six is closed"),
		)
		// output's own pipe arrives as 1 and must end up as 5.
		five := output(t, way.start, p)
		w.Close()
		b := make([]byte, 100)
		n, _ := r.Read(b)
		r.Close()
		if five != "in five\n" || string(b[:n]) != "in one\nsix is closed\n" {
			t.Errorf("%s: five %q, one %q", way.name, five, b[:n])
		}
	}
}

// TestAddressOfRegister: TIOCSPGRP and its like take a pointer to a number.
func TestAddressOfRegister(t *testing.T) {
	for _, way := range ways {
		p := &isolation.Plan{Regs: 1, Child: []isolation.Step{
			{Do: "getpid", Calls: []isolation.Call{{Nr: unix.SYS_GETPID, Out: 1}}},
			{Do: "write it", Calls: []isolation.Call{{Nr: unix.SYS_WRITE, Args: []isolation.Arg{
				isolation.Int(1), isolation.RegAddr(1, ""), isolation.Int(4)}}}},
			execute("/bin/true", "true"),
		}}
		got := output(t, way.start, p)
		if len(got) != 4 || got == "\x00\x00\x00\x00" || got == "\xff\xff\xff\xff" {
			t.Errorf("%s: got %q, want four bytes of a process id", way.name, got)
		}
	}
}

// TestPairHoldsTheChildBack: a child waits for the shell's After step.
func TestPairHoldsTheChildBack(t *testing.T) {
	one := 1
	for _, way := range ways {
		p := &isolation.Plan{Regs: 2,
			Before: []isolation.Step{{Do: "pipe", Calls: []isolation.Call{{Nr: unix.SYS_PIPE2, Pair: 1,
				Args: []isolation.Arg{isolation.Int(0), isolation.Int(unix.O_CLOEXEC)}}}}},
			Child: []isolation.Step{
				{Do: "close our end", Calls: []isolation.Call{{Nr: unix.SYS_CLOSE, Args: []isolation.Arg{isolation.FromReg(2, "")}}}},
				{Do: "wait for the shell", Calls: []isolation.Call{{Nr: unix.SYS_READ, Want: &one, Args: []isolation.Arg{
					isolation.FromReg(1, ""), isolation.Bytes("?", ""), isolation.Int(1)}}}},
				sh("echo went on"),
			},
			After: []isolation.Step{{Do: "let it go", Calls: []isolation.Call{{Nr: unix.SYS_WRITE, Args: []isolation.Arg{
				isolation.FromReg(2, ""), isolation.Bytes("!", ""), isolation.Int(1)}}}}},
			Undo: []isolation.Step{{Do: "close", Calls: []isolation.Call{
				{Nr: unix.SYS_CLOSE, Args: []isolation.Arg{isolation.FromReg(1, "")}},
				{Nr: unix.SYS_CLOSE, Args: []isolation.Arg{isolation.FromReg(2, "")}}}}},
		}
		if got := output(t, way.start, p); got != "went on\n" {
			t.Errorf("%s: got %q", way.name, got)
		}
	}
}

// TestUndoOrder: once, in reverse, after OnExit, all of them.
func TestUndoOrder(t *testing.T) {
	var order []string
	note := func(word string, err error) isolation.Step {
		return isolation.Step{Do: word, Run: func() error { order = append(order, word); return err }}
	}
	p := child(sh("exit 0"))
	p.Undo = []isolation.Step{note("first", nil), note("second", unix.EIO), note("third", nil)}
	pr, err := launch.Start(p)
	if err != nil {
		t.Fatal(err)
	}
	pr.OnExit = func(launch.Status) { order = append(order, "exit") }
	for range 2 {
		if _, err := pr.Wait(0); err != nil {
			t.Error(err)
		}
	}
	if got := strings.Join(order, " "); got != "exit third second first" {
		t.Errorf("order: %s", got)
	}
	if pr.Leftover() == nil {
		t.Error("the failed one is not reported")
	}
}
