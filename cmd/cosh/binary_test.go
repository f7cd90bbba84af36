package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// built is the binary that README.md tells people to build, made once for all
// tests of the package, in a directory that TestMain removes.
var built struct {
	once sync.Once
	dir  string
	path string
	err  error
}

func TestMain(m *testing.M) {
	status := m.Run()
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(status)
}

// cosh returns the path of the static binary.
func cosh(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		built.dir, built.err = os.MkdirTemp("", "cosh-test-")
		if built.err != nil {
			return
		}
		built.path = filepath.Join(built.dir, "cosh")
		cmd := exec.Command("go", "build", "-o", built.path, ".")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Logf("%s", strings.TrimSpace(string(out)))
			built.err = err
		}
	})
	if built.err != nil {
		t.Fatalf("build cosh: %v", built.err)
	}
	return built.path
}
