package launch_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// pdeathsig has the kernel end the child with the shell.
func pdeathsig() isolation.Step {
	return call("die with the shell", unix.SYS_PRCTL,
		isolation.Int(unix.PR_SET_PDEATHSIG), isolation.Int(int(unix.SIGKILL)))
}

// playParent starts a child that must die with it: from the first thread, or
// from one that ends right after.
func playParent(elsewhere bool) int {
	p := child(pdeathsig(), sh("echo $$; exec sleep 600"))
	p.Die = true
	started := make(chan error, 1)
	start := func() {
		_, err := launch.Start(p)
		started <- err
	}
	if elsewhere {
		go func() {
			runtime.LockOSThread() // never unlocked: this thread ends with the goroutine
			start()
		}()
	} else {
		start()
	}
	if err := <-started; err != nil {
		fmt.Println(err)
		return 1
	}
	time.Sleep(time.Minute)
	return 1
}

// TestDieWithTheShell: kill -9 of the shell ends the child; the end of the
// thread on which Start was called does not.
func TestDieWithTheShell(t *testing.T) {
	for _, thread := range []string{"first thread", "other thread"} {
		t.Run(thread, func(t *testing.T) { dieWithTheShell(t, role(t, "parent that dies, "+thread)) })
	}
}

func dieWithTheShell(t *testing.T, cmd *exec.Cmd) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	pid, numErr := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || numErr != nil {
		t.Fatalf("the child said %q, %v", line, err)
	}
	if err := unix.Kill(pid, 0); err != nil {
		t.Errorf("the child is gone before its parent: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// Both held the pipe: it ends when the child is dead too.
	if _, err := io.Copy(io.Discard, lines); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
}

// playBusyParent starts children that must die with it, one after the other,
// until it is killed.
func playBusyParent(elsewhere bool) int {
	start := func() {
		for range 50 {
			p := child(pdeathsig(), execute("/bin/sleep", "sleep", "600"))
			p.Die = true
			if _, err := launch.Start(p); err != nil {
				return
			}
		}
	}
	if elsewhere {
		go start()
	} else {
		start()
	}
	time.Sleep(time.Minute)
	return 1
}

// TestNoChildIsMissed kills a shell at many points of its launches: there is
// none at which a child stays behind.
func TestNoChildIsMissed(t *testing.T) {
	for i := range 60 {
		name := "busy parent, first thread"
		if i%2 == 1 {
			name = "busy parent, other thread"
		}
		cmd := role(t, name)
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stdout = w
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		w.Close()
		time.Sleep(2*time.Millisecond + time.Duration(i)*70*time.Microsecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		// Every child holds the pipe: it ends with the last of them.
		if events, err := awaitEvent(int(r.Fd())); events&unix.POLLHUP == 0 {
			t.Errorf("round %d: a child is left: %#x, %v", i, events, err)
		}
		r.Close()
	}
}

// awaitEvent waits up to 10 seconds for something to happen to fd.
func awaitEvent(fd int) (events int16, err error) {
	poll := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
	for {
		if _, err = unix.Poll(poll, 10_000); err != unix.EINTR {
			return poll[0].Revents, err
		}
	}
}

// playChangeIDs starts a child that changes its user id and reports whether
// this process is still dumpable.
func playChangeIDs() int {
	before, _ := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	id := isolation.Int(65534)
	if _, err := wait(child(call("setresuid", unix.SYS_SETRESUID, id, id, id), sh("exit 0"))); err != nil {
		fmt.Println(err)
		return 1
	}
	for range 5000 {
		if after, _ := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); after == before {
			fmt.Println("dumpable", after)
			return 0
		}
		time.Sleep(time.Millisecond) // another goroutine restores it
	}
	fmt.Println("not dumpable any more")
	return 1
}

func TestIDChangeLeavesUsDumpable(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can change to another user id")
	}
	out, err := role(t, "change ids").Output()
	if err != nil || string(out) != "dumpable 1\n" {
		t.Errorf("%q, %v", out, err)
	}
}

// TestExec: the steps run in the process itself, which becomes the program.
func TestExec(t *testing.T) {
	cmd := role(t, "exec")
	out, err := cmd.Output()
	if want := fmt.Sprintf("0077\n%d\n", cmd.Process.Pid); err != nil || string(out) != want {
		t.Errorf("%q, %v; want %q", out, err, want)
	}
	out, err = role(t, "exec of a missing program").Output()
	if want := "execute /no/such: no such file or directory\n"; err != nil || string(out) != want {
		t.Errorf("%q, %v; want %q", out, err, want)
	}
}

// TestOriginalNofile: the soft limit before Go raised it.
func TestOriginalNofile(t *testing.T) {
	out, err := role(t, "nofile", "/bin/sh", "-c", `ulimit -S -n 77; exec "$0"`).Output()
	if err != nil || !strings.HasPrefix(string(out), "77 ") {
		t.Errorf("%q, %v; want 77", out, err)
	}
}
