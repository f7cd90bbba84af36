package launch

import (
	"errors"
	"time"
	"unsafe"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// runner runs steps in this process, by Go code; regs are read and filled.
type runner struct {
	slab *slab
	regs []uintptr
}

// Run runs steps in this process and stops at the first that fails, with a
// *StepError of the given phase. regs holds the registers by number (element 0
// is not used); -1 is an empty one.
func Run(phase Phase, steps []isolation.Step, regs []uintptr) error {
	if len(steps) == 0 {
		return nil
	}
	return withRunner(steps, regs, func(r *runner) error { return r.program(phase, steps) })
}

// withRunner lends a runner with enough memory for any of steps.
func withRunner(steps []isolation.Step, regs []uintptr, do func(*runner) error) error {
	var owner Process
	s, err := process.slabs.take(need(steps, len(regs), 1, 64), &owner)
	if err != nil {
		return err
	}
	owner.slab = s
	defer func() {
		process.slabs.unpin(s)
		process.slabs.giveBack(&owner)
	}()
	return do(&runner{slab: s, regs: regs})
}

// program runs all steps. A Final call does not return when it succeeds.
func (r *runner) program(phase Phase, steps []isolation.Step) error {
	var f failure
	for i := range steps {
		if do := steps[i].Run; do != nil {
			if err := do(); err != nil {
				return runError(phase, steps, i, err)
			}
			continue
		}
		for j := range steps[i].Calls {
			c := &steps[i].Calls[j]
			errno, err := r.call(c)
			if err != nil {
				return err
			}
			if errno == 0 {
				continue
			}
			var o op
			o.describe(c, i)
			if !f.note(uintptr(i)+1, &o, errno) {
				return stepError(phase, steps, int(f.op)-1, unix.Errno(f.errno), c.Final)
			}
		}
	}
	if f.op != 0 {
		return stepError(phase, steps, int(f.op)-1, unix.Errno(f.errno), true)
	}
	return nil
}

// call makes one system call. err is a fault of the plan itself.
func (r *runner) call(c *isolation.Call) (errno unix.Errno, err error) {
	r.slab.used = (unsafe.Sizeof(header{}) + 7) &^ 7
	e := encoder{slab: r.slab, known: r.regs}
	e.begin(1)
	o := (*op)(unsafe.Add(r.slab.base, e.ops))
	if err := e.call(c, 0); err != nil {
		return 0, err
	}
	var pair uintptr
	if c.Pair != 0 {
		if pair, err = r.pair(c, o); err != nil {
			return 0, err
		}
	}
	var result uintptr
	for {
		result, _, errno = unix.Syscall6(o.nr, o.args[0], o.args[1], o.args[2], o.args[3], o.args[4], o.args[5])
		if errno != unix.EINTR {
			break
		}
	}
	r.readBack(c, e.cells)
	switch {
	case errno != 0:
		return errno, nil
	case o.flags&opWant != 0 && result != o.want:
		return unix.EPROTO, nil
	}
	if c.Out != 0 {
		r.regs[c.Out] = result
	}
	if c.Pair != 0 {
		fds := (*[2]int32)(unsafe.Add(r.slab.base, pair))
		r.regs[c.Pair], r.regs[c.Pair+1] = uintptr(fds[0]), uintptr(fds[1])
	}
	return 0, nil
}

// pair gives the vector argument of pipe2 or socketpair memory, at the offset
// that it returns.
func (r *runner) pair(c *isolation.Call, o *op) (uintptr, error) {
	if c.Pair < 0 || int(c.Pair)+1 >= len(r.regs) {
		return 0, errors.New("encode a pair of descriptors: no such registers")
	}
	off := r.slab.grab(8)
	at := 0 // pipe2(fds, flags)
	if c.Nr == unix.SYS_SOCKETPAIR {
		at = 3
	}
	o.args[at] = r.slab.addr(off)
	return off, nil
}

// readBack takes over what the kernel wrote into registers, and empties one
// whose descriptor was closed.
func (r *runner) readBack(c *isolation.Call, cells uintptr) {
	for i := range c.Args {
		a := &c.Args[i]
		switch {
		case a.Kind == isolation.ArgRegAddr:
			r.regs[a.Int] = *(*uintptr)(unsafe.Add(r.slab.base, cells+a.Int*8))
		case a.Kind == isolation.ArgReg && c.Nr == unix.SYS_CLOSE:
			r.regs[a.Int] = empty
		}
	}
}

// Rmdir of a cgroup answers EBUSY while the kernel still tears down its last
// process; that takes milliseconds.
const (
	rmdirTries = 12
	rmdirPause = 500 * time.Microsecond // doubled each time up to rmdirMax
	rmdirMax   = 10 * time.Millisecond
)

// undo runs steps from the last to the first. It goes on after a failure and
// returns all of them, joined. Calls that read an empty register are left out:
// what they would undo was never done.
func undo(steps []isolation.Step, regs []uintptr) error {
	if len(steps) == 0 {
		return nil
	}
	return withRunner(steps, regs, func(r *runner) error {
		var all []error
		for i := len(steps) - 1; i >= 0; i-- {
			if err := r.undoStep(steps, i); err != nil {
				all = append(all, err)
			}
		}
		return errors.Join(all...)
	})
}

// undoStep runs the calls of one step of an undo list.
func (r *runner) undoStep(steps []isolation.Step, i int) error {
	if do := steps[i].Run; do != nil {
		if err := do(); err != nil {
			return runError(PhaseUndo, steps, i, err)
		}
		return nil
	}
	for j := range steps[i].Calls {
		c := &steps[i].Calls[j]
		if r.readsEmpty(c) {
			continue
		}
		errno, err := r.call(c)
		pause := rmdirPause
		for try := 1; err == nil && errno == unix.EBUSY && isRmdir(c) && try < rmdirTries; try++ {
			time.Sleep(pause)
			pause = min(2*pause, rmdirMax)
			errno, err = r.call(c)
		}
		if err != nil {
			return err
		}
		var o op
		o.describe(c, i)
		if errno != 0 && !o.tolerates(errno) {
			return stepError(PhaseUndo, steps, i, errno, false)
		}
	}
	return nil
}

// readsEmpty reports whether an argument of c is an empty register.
func (r *runner) readsEmpty(c *isolation.Call) bool {
	for i := range c.Args {
		a := &c.Args[i]
		if a.Kind != isolation.ArgReg && a.Kind != isolation.ArgFormat {
			continue
		}
		if a.Int < uintptr(len(r.regs)) && r.regs[a.Int] == empty {
			return true
		}
	}
	return false
}

// isRmdir reports whether c removes a directory.
func isRmdir(c *isolation.Call) bool {
	switch c.Nr {
	case sysRmdir:
		return true
	case unix.SYS_UNLINKAT:
		return len(c.Args) == 3 && c.Args[2].Int&unix.AT_REMOVEDIR != 0
	}
	return false
}
