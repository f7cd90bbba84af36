package launch_test

import (
	"debug/elf"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// TestStaticSelf: a binary that names a loader is not static.
func TestStaticSelf(t *testing.T) {
	file, err := elf.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	static := true
	for _, p := range file.Progs {
		static = static && p.Type != elf.PT_INTERP
	}
	if got := launch.StaticSelf(); got != static {
		t.Errorf("got %v, the file says %v", got, static)
	}
}

// TestLaunchAllocatesOnce: an ordinary launch makes a Process and nothing else
// on the Go heap, so that a loop of commands does not set off the collector.
func TestLaunchAllocatesOnce(t *testing.T) {
	p := child(execute("/bin/true", "true"))
	got := testing.AllocsPerRun(20, func() {
		if pr, err := launch.Start(p); err == nil {
			_, _ = pr.Wait(0)
		}
	})
	if got > 1 {
		t.Errorf("%v allocations", got)
	}
}

// TestBusyDirectoryIsTriedAgain: a directory that is still in use when the
// process has ended is removed a little later.
func TestBusyDirectoryIsTriedAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "busy")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, ""); err != nil {
		t.Skipf("no mount point to be busy: %v", err)
	}
	done := make(chan error)
	p := child(sh("exit 0"))
	p.Undo = []isolation.Step{
		call("remove "+dir, unix.SYS_UNLINKAT, isolation.Int(unix.AT_FDCWD), isolation.Str(dir), isolation.Int(unix.AT_REMOVEDIR)),
		{Do: "be free soon", Run: func() error {
			go func() {
				time.Sleep(3 * time.Millisecond)
				done <- unix.Unmount(dir, 0)
			}()
			return nil
		}},
	}
	if _, err := run(t, launch.Start, p); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the directory is still there")
	}
}
