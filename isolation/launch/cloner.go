package launch

import (
	"fmt"
	"runtime"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

// cloner sees to it that children which must die with the shell are cloned from
// a thread that lives as long as the shell does: PR_SET_PDEATHSIG is sent when
// the *thread* that made the child ends (prctl(2)), and Go ends threads at will,
// all but two: the first one, and one whose goroutine has locked it and never
// returns. So a caller that runs on the first thread (a main goroutine that was
// locked to it in an init function) clones there; any other hands its request
// to the second, which the first such request starts, at the price of two
// thread switches.
type cloner struct {
	mu       sync.Mutex // one request at a time
	requests chan cloneRequest
	replies  chan uintptr
	first    life // of the process's first thread
	own      life // of the thread behind requests
}

// life points to a word that is 1 until the kernel sets it to 0 when a thread
// dies, by set_tid_address(2), and well before it sends the parent-death
// signals. A child that has set its signal and then still reads 1 here, in the
// memory that it shares until execve, cannot have set it too late.
type life struct{ word unsafe.Pointer }

// begin makes a word for the calling thread.
func (l *life) begin() error {
	page, err := unix.MmapPtr(-1, 0, nil, 4096, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	if err != nil {
		return fmt.Errorf("map a word for the launching thread: %w", err)
	}
	*(*uint32)(page) = 1
	unix.RawSyscall(unix.SYS_SET_TID_ADDRESS, uintptr(page), 0, 0)
	l.word = page
	return nil
}

// cloneRequest holds the arguments of spawn, or do.
type cloneRequest struct {
	args          *cloneArgs
	program, fail uintptr
	do            func() uintptr
}

// lasting is where a child is to be cloned: here when direct (the caller is
// locked to its thread and must say unlock when the clone is done), else through
// run. alive is the address of the word that says the thread is alive.
func (c *cloner) lasting() (direct bool, alive uintptr, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	runtime.LockOSThread()
	if unix.Gettid() == unix.Getpid() {
		if c.first.word == nil {
			err = c.first.begin()
		}
		return true, uintptr(c.first.word), err
	}
	runtime.UnlockOSThread()
	if c.own.word == nil {
		c.requests, c.replies = make(chan cloneRequest), make(chan uintptr)
		begun := make(chan error)
		go c.serve(begun)
		err = <-begun
	}
	return false, uintptr(c.own.word), err
}

// serve runs for as long as the process does.
func (c *cloner) serve(begun chan<- error) {
	runtime.LockOSThread()
	err := c.own.begin()
	begun <- err
	if err != nil {
		return
	}
	for r := range c.requests {
		if r.do != nil {
			c.replies <- r.do()
		} else {
			c.replies <- spawn(r.args, r.program, r.fail)
		}
	}
}

// run has the thread of serve do one request.
func (c *cloner) run(r cloneRequest) uintptr {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests <- r
	return <-c.replies
}
