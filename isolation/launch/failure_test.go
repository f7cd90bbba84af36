package launch_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// failedStep runs p and returns the step at which its child ended.
func failedStep(t *testing.T, start starter, p *isolation.Plan) launch.StepError {
	t.Helper()
	status, err := run(t, start, p)
	var failed *launch.StepError
	if !errors.As(err, &failed) {
		t.Fatalf("%+v, %v; want a StepError", status, err)
	}
	return *failed
}

func TestFailingStepIsNamed(t *testing.T) {
	for _, way := range ways {
		p := child(
			call("change to /", unix.SYS_CHDIR, isolation.Str("/")),
			call("change to a missing folder", unix.SYS_CHDIR, isolation.Str("/no/such")),
			sh("exit 0"),
		)
		got := failedStep(t, way.start, p)
		want := launch.StepError{Phase: launch.PhaseChild, Step: 1, Do: "change to a missing folder", Errno: unix.ENOENT}
		if got != want {
			t.Errorf("%s: got %+v, want %+v", way.name, got, want)
		}
	}
}

func TestWantedResult(t *testing.T) {
	one := 1
	for _, way := range ways {
		null, err := os.Open("/dev/null")
		if err != nil {
			t.Fatal(err)
		}
		defer null.Close()
		p := child(onto(int(null.Fd()), 0), isolation.Step{Do: "read the go-ahead", Calls: []isolation.Call{{
			Nr: unix.SYS_READ, Args: []isolation.Arg{isolation.Int(0), isolation.Bytes("x", ""), isolation.Int(1)}, Want: &one}}})
		if got := failedStep(t, way.start, p); got.Errno != unix.EPROTO || got.Step != 1 {
			t.Errorf("%s: %+v, want EPROTO at step 1", way.name, got)
		}
	}
}

// TestExecCandidates: which of several execve failures is reported, and that a
// failure before the one that succeeds is none.
func TestExecCandidates(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	missing := filepath.Join(dir, "missing")
	denied := file("denied", "#!/bin/sh\n", 0o644)
	text := file("text", "no magic number\n", 0o755)
	good := file("good", "#!/bin/sh\nexit 127\n", 0o755)
	below := filepath.Join(good, "x")
	for _, c := range []struct {
		name  string
		paths []string
		errno unix.Errno // 0: the program runs, and exits with 127
	}{
		{"one that is not there", []string{missing}, unix.ENOENT},
		{"denied before missing", []string{denied, missing}, unix.EACCES},
		{"missing before denied", []string{missing, denied}, unix.EACCES},
		{"below a file", []string{missing, below}, unix.ENOTDIR},
		{"denied, then below a file", []string{denied, below}, unix.EACCES},
		{"denied, then no executable format", []string{denied, text}, unix.ENOEXEC},
		{"no executable format ends the search", []string{text, good}, unix.ENOEXEC},
		{"denied before a good one", []string{denied, good}, 0},
		{"missing before a good one", []string{missing, below, good}, 0},
	} {
		for _, way := range ways {
			step := isolation.Step{Do: "execute"}
			for _, path := range c.paths {
				e := execve(path, []string{"x"}, nil)
				e.Tolerate = []unix.Errno{unix.ENOENT, unix.ENOTDIR, unix.EACCES}
				step.Calls = append(step.Calls, e)
			}
			status, err := run(t, way.start, child(step))
			var failed *launch.StepError
			switch errors.As(err, &failed); {
			case c.errno == 0 && (err != nil || status.Code != 127):
				t.Errorf("%s, %s: %+v, %v", way.name, c.name, status, err)
			case c.errno != 0 && (failed == nil || failed.Errno != c.errno || !failed.Exec):
				t.Errorf("%s, %s: %+v, want %v", way.name, c.name, err, c.errno)
			}
		}
	}
}

func TestRefusedCloneLeavesNothing(t *testing.T) {
	undone := false
	p := &isolation.Plan{
		// CLONE_NEWNS with CLONE_FS is what clone(2) refuses with EINVAL.
		Flags: isolation.Mount | unix.CLONE_FS,
		Clone: isolation.Step{Do: "clone", Hint: "try less"},
		Child: []isolation.Step{sh("exit 0")},
		Undo:  []isolation.Step{{Do: "undo", Run: func() error { undone = true; return nil }}},
	}
	_, err := launch.Start(p)
	var failed *launch.StepError
	if !errors.As(err, &failed) || failed.Phase != launch.PhaseClone || failed.Errno != unix.EINVAL || failed.Hint != "try less" {
		t.Errorf("got %v", err)
	}
	if !undone {
		t.Error("the Undo steps did not run")
	}
}

// TestAfterFailureEndsTheChild: a child must not go on when the shell could not
// do its part.
func TestAfterFailureEndsTheChild(t *testing.T) {
	var pid int
	p := &isolation.Plan{
		Regs:  1,
		Pid:   1,
		Child: []isolation.Step{execute("/bin/sleep", "sleep", "60")},
		After: []isolation.Step{{Do: "give up", Calls: []isolation.Call{{Nr: unix.SYS_OPENAT, Args: []isolation.Arg{
			isolation.Int(unix.AT_FDCWD), isolation.Format("/proc/%d/no-such-file", 1), isolation.Int(0)}}}}},
		Undo: []isolation.Step{{Do: "look", Run: func() error { pid = childCount(); return nil }}},
	}
	_, err := launch.Start(p)
	var failed *launch.StepError
	if !errors.As(err, &failed) || failed.Phase != launch.PhaseAfter || failed.Errno != unix.ENOENT {
		t.Errorf("got %v", err)
	}
	if pid != 0 {
		t.Errorf("%d children are left", pid)
	}
}

// childCount is 1 when this process has a child, else 0.
func childCount() int {
	var info unix.Siginfo
	if err := unix.Waitid(unix.P_ALL, 0, &info, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil); err == unix.ECHILD {
		return 0
	}
	return 1
}
