package guardian

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/isolation/resolve"

	"golang.org/x/sys/unix"
)

func TestMain(m *testing.M) {
	if Main() {
		return
	}
	launch.StageMain()
	if dir := os.Getenv("GUARD"); dir != "" {
		beShell(dir)
	}
	os.Exit(m.Run())
}

// beShell guards a directory and waits to be killed.
func beShell(dir string) {
	var g Guardian
	if err := g.Guard([]string{dir, dir + "-gone"}); err != nil {
		os.Exit(1)
	}
	if err := g.Unguard([]string{dir + "-gone"}); err != nil {
		os.Exit(1)
	}
	_ = os.WriteFile(os.Getenv("DONE"), []byte("guarded"), 0o600)
	time.Sleep(time.Minute)
}

// A plain directory stands in for a cgroup: rmdir takes both, when empty.
func TestKilledShell(t *testing.T) {
	top := t.TempDir()
	dir, done := filepath.Join(top, "cg"), filepath.Join(top, "done")
	for _, d := range []string{dir, dir + "-gone"} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := resolve.Plan(&isolation.Spec{Self: true, Argv: []string{"shell"}, Files: []int{0, 1, 2},
		Env: []string{"GUARD=" + dir, "DONE=" + done}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := launch.Start(plan)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the shell guards", func() bool { return exists(done) })
	if err := unix.Kill(p.Pid, unix.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Wait(0); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the directory is removed", func() bool { return !exists(dir) })
	if !exists(dir + "-gone") {
		t.Error("what was taken off the list was removed too")
	}
}

// A guardian that was killed is replaced, and told everything again.
func TestKilledGuardian(t *testing.T) {
	var g Guardian
	if err := g.Guard([]string{"/first"}); err != nil {
		t.Fatal(err)
	}
	old := g.Pid()
	if err := unix.Kill(old, unix.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the guardian ends", func() bool { return g.tell("+ ", []string{"/probe"}) != nil })
	if err := g.Guard([]string{"/second"}); err != nil || g.Pid() == old {
		t.Errorf("guardian %d again: %v", g.Pid(), err)
	}
	if err := g.Unguard([]string{"/first", "/second"}); err != nil || len(g.guarded) != 0 {
		t.Errorf("left %v: %v", g.guarded, err)
	}
	_ = unix.Close(g.pipe)
	if status, err := g.process.Wait(0); err != nil || status.Code != 0 {
		t.Errorf("ended with %+v, %v", status, err)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// eventually waits for a condition that another process brings about.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 2000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("did not happen: %s", what)
}
