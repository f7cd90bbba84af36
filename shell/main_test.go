package shell_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"cosh/builtins"
	"cosh/isolation/guardian"
	"cosh/isolation/launch"
	"cosh/isolation/probe"
	"cosh/shell"
)

// binDir holds the link cosh: the test binary, which is the shell when it is
// called by that name. A real subshell, a late step of a launch and the
// guardian are known by their own marks, as in cmd/cosh.
var binDir string

func TestMain(m *testing.M) {
	launch.StageMain()
	if guardian.Main() {
		return
	}
	if name := filepath.Base(os.Args[0]); name == "cosh" || name == "sh" {
		guard := &guardian.Guardian{}
		host := &probe.Prober{StaticSelf: launch.StaticSelf, Guard: guard.Guard, Unguard: guard.Unguard, Watch: guard.Watch}
		os.Exit(shell.Main(os.Args, os.Environ(), &builtins.Registry{}, host.Host))
	}
	os.Exit(withShell(m))
}

// withShell runs the tests with binDir made.
func withShell(m *testing.M) int {
	dir, err := os.MkdirTemp("", "cosh-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, filepath.Join(dir, "cosh"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	binDir = dir
	return m.Run()
}
