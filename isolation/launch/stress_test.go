package launch_test

import (
	"runtime"
	"runtime/debug"
	"sync"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// TestManyAtOnce launches from 8 goroutines while the garbage collector runs
// all the time and stacks are moved.
func TestManyAtOnce(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	const goroutines, each = 8, 60
	var group sync.WaitGroup
	for g := range goroutines {
		group.Go(func() {
			for i := range each {
				deep(20, func() { launchOne(t, g*each+i) })
			}
		})
	}
	group.Wait()
	if _, busy := launch.Slabs(); busy != 0 {
		t.Errorf("%d slabs are still lent", busy)
	}
}

// launchOne starts a program whose exit status is a function of n.
func launchOne(t *testing.T, n int) {
	code := string(rune('0' + n%10))
	p := child(call("umask", unix.SYS_UMASK, isolation.Int(0o22)), execute("/bin/sh", "sh", "-c", "exit "+code))
	p.Die = n%7 == 0
	if n%11 == 0 {
		p.Child[0] = call("fail", unix.SYS_CHDIR, isolation.Str("/no/such"))
	}
	pr, err := launch.Start(p)
	if err != nil {
		t.Error(err)
		return
	}
	status, err := pr.Wait(0)
	if n%11 == 0 {
		if err == nil {
			t.Errorf("launch %d: the failing step is not reported", n)
		}
		return
	}
	if err != nil || status.Code != n%10 {
		t.Errorf("launch %d: %+v, %v", n, status, err)
	}
}

// deep calls do at the bottom of a stack that has grown.
func deep(levels int, do func()) {
	var frame [512]byte
	if levels == 0 {
		do()
	} else {
		deep(levels-1, do)
	}
	runtime.KeepAlive(&frame)
}

// TestJobsDoNotKeepSlabs: a process that runs for long has given its slab back.
func TestJobsDoNotKeepSlabs(t *testing.T) {
	var jobs []*launch.Process
	for range 20 {
		pr, err := launch.Start(child(execute("/bin/sleep", "sleep", "60")))
		if err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, pr)
	}
	busy := 20
	for range 2000 {
		if _, busy = launch.Slabs(); busy == 0 {
			break
		}
		runtime.Gosched()
		_ = unix.Nanosleep(&unix.Timespec{Nsec: 1e6}, nil)
	}
	if busy != 0 {
		t.Errorf("%d slabs are still lent", busy)
	}
	for _, pr := range jobs {
		_ = unix.Kill(pr.Pid, unix.SIGKILL)
		if status, err := pr.Wait(0); err != nil || status.Signal != unix.SIGKILL {
			t.Errorf("%+v, %v", status, err)
		}
	}
}
