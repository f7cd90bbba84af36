package launch

import (
	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// process is what there is one of in an operating system process, whatever the
// program does with it: the memory lent to children, the thread that
// parent-death signals follow, and whether /proc/self was ours at the start.
var process struct {
	slabs    pool
	cloner   cloner
	dumpable dumpable
}

// Process is a child that was started. Its methods are for one goroutine at a
// time.
type Process struct {
	Pid int
	// OnExit, when set before the Wait that sees the end, is called with it
	// before the Undo steps run: the cgroup is still there to be read.
	OnExit func(Status)

	plan     *isolation.Plan
	slab     *slab
	regs     []uintptr
	regArray [8]uintptr
	pidfd    int // -1: none yet
	// Descriptors of the memfds of stages, -1: none.
	childReport, lateReport int

	failed      bool // the program stopped at failedStep with errno
	failedExec  bool
	failedStep  int
	failedPhase Phase
	errno       unix.Errno

	ended    bool
	status   Status
	leftover error
	wait     waitBuffers
}

// newProcess has every register empty.
func newProcess(p *isolation.Plan) *Process {
	pr := &Process{plan: p, pidfd: -1, childReport: -1, lateReport: -1, failedPhase: PhaseChild}
	if p.Regs < len(pr.regArray) {
		pr.regs = pr.regArray[:p.Regs+1]
	} else {
		pr.regs = make([]uintptr, p.Regs+1)
	}
	for i := range pr.regs {
		pr.regs[i] = empty
	}
	return pr
}

// Plan is the plan that the process was started with.
func (pr *Process) Plan() *isolation.Plan { return pr.plan }

// Register is the value that the shell's own steps left in register r; ok is
// false when it is empty.
func (pr *Process) Register(r isolation.Reg) (value uintptr, ok bool) {
	if r <= 0 || int(r) >= len(pr.regs) || pr.regs[r] == empty {
		return 0, false
	}
	return pr.regs[r], true
}

// setReg fills a register that the Plan names; 0 names none.
func (pr *Process) setReg(r isolation.Reg, v uintptr) {
	if r > 0 && int(r) < len(pr.regs) {
		pr.regs[r] = v
	}
}

// Pidfd is a descriptor of the process, made on demand (pidfd_open, Linux 5.3),
// close-on-exec, readable when the process has ended. It is closed by the Wait
// that sees the end. Until then the process id cannot have been used again.
func (pr *Process) Pidfd() (int, error) {
	if pr.pidfd < 0 {
		fd, err := unix.PidfdOpen(pr.Pid, 0)
		if err != nil {
			return -1, err
		}
		pr.pidfd = fd
	}
	return pr.pidfd, nil
}

// Leftover is what the Undo steps could not undo, nil when all went well or
// the process has not ended.
func (pr *Process) Leftover() error { return pr.leftover }
