package launch

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// dumpable undoes a side effect of shared memory: when a child changes its ids
// before execve, the kernel marks the memory, and with it the shell, as not
// dumpable (commit_creds; PR_SET_DUMPABLE in prctl(2)), which takes /proc/self
// from an unprivileged shell.
type dumpable struct {
	once  sync.Once
	value int // of PR_GET_DUMPABLE before the first such child
}

// remember reads the value while no child has changed it.
func (d *dumpable) remember() {
	d.once.Do(func() {
		v, _, errno := unix.RawSyscall(unix.SYS_PRCTL, unix.PR_GET_DUMPABLE, 0, 0)
		if errno == 0 {
			d.value = int(v)
		}
	})
}

// restoreAfter waits, in its own goroutine, until the child that uses s, which
// is pinned, has left our memory, and restores the value.
func (d *dumpable) restoreAfter(s *slab) {
	ctid := &s.header().ctid
	go func() {
		for atomic.LoadUint32(ctid) != 0 {
			unix.Syscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(ctid)), futexWait, 1, 0, 0, 0)
		}
		unix.RawSyscall(unix.SYS_PRCTL, unix.PR_SET_DUMPABLE, uintptr(d.value), 0)
		process.slabs.unpin(s)
	}()
}

// FUTEX_WAIT and FUTEX_WAKE without FUTEX_PRIVATE_FLAG: the kernel wakes the
// sleepers on a cleared tid in the shared form.
const (
	futexWait = 0
	futexWake = 1
)

// wakeOne wakes one sleeper on word.
func wakeOne(word *uint32) {
	unix.Syscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), futexWake, 1, 0, 0, 0)
}

// changesIDs reports whether a step changes user or group ids.
func changesIDs(steps []isolation.Step) bool {
	for i := range steps {
		for j := range steps[i].Calls {
			switch steps[i].Calls[j].Nr {
			case unix.SYS_SETUID, unix.SYS_SETGID, unix.SYS_SETREUID, unix.SYS_SETREGID,
				unix.SYS_SETRESUID, unix.SYS_SETRESGID, unix.SYS_SETFSUID, unix.SYS_SETFSGID:
				return true
			}
		}
	}
	return false
}
