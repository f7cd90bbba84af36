package launch

import (
	"fmt"
	"runtime"
	"unsafe"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// cloneFlags are those of every child: it shares our memory until execve, has
// no signal handlers (Linux 5.5), and tells when it is done with the memory.
const cloneFlags = unix.CLONE_VM | unix.CLONE_CLEAR_SIGHAND | unix.CLONE_CHILD_CLEARTID

// Start runs p up to and including its After steps, and returns without waiting
// for execve. The error is a *StepError when the kernel refused a step of the
// shell's own or the clone; then everything was undone, and no process is left.
// p must not change until the process has been waited for.
func Start(p *isolation.Plan) (*Process, error) { return start(p, (*Process).create) }

// start is Start with the way to create the process.
func start(p *isolation.Plan, create func(*Process) error) (*Process, error) {
	pr := newProcess(p)
	if p.Regs > MaxRegs {
		return nil, fmt.Errorf("start a process: %d registers, at most %d", p.Regs, MaxRegs)
	}
	err := Run(PhaseBefore, p.Before, pr.regs)
	if err == nil && len(p.Late) > 0 {
		pr.lateReport, err = pr.openReport(nil, p.Late)
	}
	if err == nil {
		err = create(pr)
	}
	if err != nil {
		return nil, pr.abandon(err)
	}
	if p.Pid != 0 {
		pr.setReg(p.Pid, uintptr(pr.Pid))
	}
	if err := Run(PhaseAfter, p.After, pr.regs); err != nil {
		pr.kill()
		return nil, pr.abandon(err)
	}
	return pr, nil
}

// abandon undoes what was done for a process that does not exist (any more).
func (pr *Process) abandon(err error) error {
	process.slabs.giveBack(pr)
	pr.closeOwn()
	if left := undo(pr.plan.Undo, pr.regs); left != nil {
		return fmt.Errorf("%w (and then: %w)", err, left)
	}
	return err
}

// create makes the process by the quickest way there is.
func (pr *Process) create() error {
	p := pr.plan
	if !haveSpawn {
		return pr.createStaged()
	}
	errno, err := pr.createShared()
	if errno == unix.ENOSYS {
		// No clone3: a container's seccomp filter, or Linux before 5.3.
		process.slabs.giveBack(pr)
		return pr.createStaged()
	}
	if errno != 0 {
		return stepError(PhaseClone, []isolation.Step{p.Clone}, 0, errno, false)
	}
	return err
}

// createShared makes the process with clone3 in our memory. errno is clone3's.
func (pr *Process) createShared() (errno unix.Errno, err error) {
	p := pr.plan
	direct, alive := true, uintptr(0)
	if p.Die {
		if direct, alive, err = process.cloner.lasting(); direct {
			defer runtime.UnlockOSThread()
		}
		if err != nil {
			return 0, err
		}
	}
	program, err := pr.encode(alive)
	s := pr.slab
	if s != nil {
		// As soon as nothing pins it and the child is done with it, another
		// launch may have it.
		defer process.slabs.unpin(s)
	}
	if err != nil {
		return 0, err
	}
	h := s.header()
	h.clone = pr.cloneArgs(h)
	ids := changesIDs(p.Child)
	if ids {
		process.dumpable.remember()
		process.slabs.pin(s)
	}
	fail := uintptr(unsafe.Pointer(&h.fail))
	var r uintptr
	if direct {
		r = spawn(&h.clone, program, fail)
	} else {
		r = process.cloner.run(cloneRequest{args: &h.clone, program: program, fail: fail})
	}
	if int(r) < 0 {
		if ids {
			process.slabs.unpin(s)
		}
		return unix.Errno(-r), nil
	}
	pr.Pid = int(r)
	if p.Pidfd != 0 {
		pr.setReg(p.Pidfd, uintptr(h.pidfd))
	}
	if ids {
		process.dumpable.restoreAfter(s)
	}
	return 0, nil
}

// cloneArgs are the arguments of clone3 for pr; what the kernel writes goes to h.
func (pr *Process) cloneArgs(h *header) cloneArgs {
	p := pr.plan
	args := cloneArgs{
		flags:      cloneFlags | uint64(p.Flags),
		childTID:   uint64(uintptr(unsafe.Pointer(&h.ctid))),
		exitSignal: uint64(unix.SIGCHLD),
		stack:      uint64(uintptr(unsafe.Pointer(&h.stack))),
		stackSize:  uint64(len(h.stack)),
	}
	if p.Pidfd != 0 {
		args.flags |= unix.CLONE_PIDFD
		args.pidfd = uint64(uintptr(unsafe.Pointer(&h.pidfd)))
	}
	if p.Cgroup != 0 {
		args.flags |= unix.CLONE_INTO_CGROUP
		args.cgroup = uint64(pr.regs[p.Cgroup])
	}
	return args
}

// encode writes the Child steps into a new slab and returns the address of the
// first op. alive is as in extras.
func (pr *Process) encode(alive uintptr) (program uintptr, err error) {
	p := pr.plan
	x := extras{stage: pr.lateReport, alive: alive}
	extraOps := 1 // opStop
	if x.alive != 0 || x.stage >= 0 {
		extraOps += opCount(p.Child) // at most one behind or before each call
	}
	// A stage adds one pointer and one string to each execve.
	s, err := process.slabs.take(need(p.Child, p.Regs+1, extraOps, 64*opCount(p.Child)), pr)
	if err != nil {
		return 0, err
	}
	pr.slab = s
	e := encoder{slab: s, known: pr.regs}
	e.begin(opCount(p.Child) + extraOps)
	first := s.addr(e.ops)
	for i := range p.Child {
		for j := range p.Child[i].Calls {
			if err := e.callWith(&p.Child[i].Calls[j], i, &x); err != nil {
				return 0, err
			}
		}
	}
	e.pseudo(opStop, len(p.Child)-1)
	return first, nil
}

// extras are what launch adds to the steps of a Plan.
type extras struct {
	alive uintptr // address of the word of the thread that clones; 0: none
	stage int     // descriptor to hand to the executed shell; -1: none
}

// callWith appends c with what belongs to it.
func (e *encoder) callWith(c *isolation.Call, step int, x *extras) error {
	if c.Final && x.stage >= 0 {
		staged := stagedCalls(c, x.stage)
		if err := e.call(&staged[0], step); err != nil {
			return err
		}
		return e.call(&staged[1], step)
	}
	if err := e.call(c, step); err != nil {
		return err
	}
	if x.alive != 0 && isPrctl(c, unix.PR_SET_PDEATHSIG) {
		e.pseudo(opAlive, step, x.alive)
	}
	return nil
}

// kill ends a process whose After steps failed and reaps it.
func (pr *Process) kill() {
	_ = unix.Kill(pr.Pid, unix.SIGKILL)
	for {
		if _, err := unix.Wait4(pr.Pid, nil, 0, nil); err != unix.EINTR {
			return
		}
	}
}
