package launch

import (
	"encoding/binary"
	"fmt"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// A stage is this binary executed again to run steps in Go. They come to it in
// a memfd, the report, whose number stands in the environment variable
// stageEnv, and what became of them goes back the same way, to be read when the
// process has been waited for:
//
//	 0  magic, 8 bytes
//	 8  index of the failed step plus one, 0: none    (uint32, written by the stage)
//	12  its errno                                     (uint32, written by the stage)
//	16  1 when the failed call was the execve         (uint32, written by the stage)
//	20  the descriptors to keep over execve, registers and steps (see stage.go, appendSteps)
//
//	shell                          child                        stage
//	memfd_create, write steps
//	clone3 ───────────────────────► Child steps
//	                                F_SETFD memfd 0
//	                                execve self, COSH_STAGE=n ─► F_SETFD memfd CLOEXEC
//	                                                             Late steps
//	                                                             execve, or on as the shell
//	                                                             or: write 8…19, exit 127
//	wait4: 127? read 8…19
//
// A program in a container never sees the memfd: it is close-on-exec.
const (
	stageEnv    = "COSH_STAGE"
	stageMagic  = "coshstg1"
	reportStart = 8
	reportSteps = 20
)

// openReport makes a memfd that holds keep and steps. Its number is above every
// descriptor that a Child step names.
func (pr *Process) openReport(keep []int, steps []isolation.Step) (int, error) {
	fd, err := unix.MemfdCreate("cosh-stage", unix.MFD_CLOEXEC)
	if err != nil {
		return -1, fmt.Errorf("make a memfd for the stage: %w", err)
	}
	if low := highestTarget(pr.plan.Child) + 1; fd < low {
		high, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, low)
		_ = unix.Close(fd)
		if err != nil {
			return -1, fmt.Errorf("duplicate the memfd for the stage: %w", err)
		}
		fd = high
	}
	b := make([]byte, reportSteps, 4096)
	copy(b, stageMagic)
	b = binary.AppendUvarint(b, uint64(len(keep)))
	for _, k := range keep {
		b = binary.AppendUvarint(b, uint64(k))
	}
	b = appendSteps(b, pr.regs, steps)
	for off := 0; off < len(b); {
		n, err := unix.Pwrite(fd, b[off:], int64(off))
		if err != nil && err != unix.EINTR {
			_ = unix.Close(fd)
			return -1, fmt.Errorf("write steps for the stage: %w", err)
		}
		off += max(n, 0)
	}
	return fd, nil
}

// highestTarget is the highest descriptor number that a step writes to, closes
// or sets flags of, and at least 9: below are the ones that scripts name.
func highestTarget(steps []isolation.Step) int {
	high := 9
	for i := range steps {
		for _, c := range steps[i].Calls {
			at := 0 // which argument is the number
			switch c.Nr {
			case unix.SYS_DUP3, sysDup2:
				at = 1
			case unix.SYS_CLOSE, unix.SYS_FCNTL:
			default:
				continue
			}
			if at < len(c.Args) && c.Args[at].Kind == isolation.ArgInt {
				high = max(high, int(c.Args[at].Int))
			}
		}
	}
	return high
}

// readReports takes over what the stages wrote, the later one last.
func (pr *Process) readReports() {
	for _, r := range [...]struct {
		fd    int
		phase Phase
	}{{pr.childReport, PhaseChild}, {pr.lateReport, PhaseLate}} {
		if r.fd < 0 {
			continue
		}
		var b [reportSteps - reportStart]byte
		n, err := unix.Pread(r.fd, b[:], reportStart)
		if err != nil || n < len(b) {
			continue
		}
		step, errno := binary.LittleEndian.Uint32(b[0:]), binary.LittleEndian.Uint32(b[4:])
		if step != 0 {
			pr.failed, pr.failedPhase, pr.failedStep = true, r.phase, int(step)-1
			pr.errno, pr.failedExec = unix.Errno(errno), b[8] == 1
		}
	}
}

// writeReport is the stage's side of readReports.
func writeReport(fd int, e *StepError) {
	var b [reportSteps - reportStart]byte
	binary.LittleEndian.PutUint32(b[0:], uint32(e.Step)+1)
	binary.LittleEndian.PutUint32(b[4:], uint32(e.Errno))
	if e.Exec {
		b[8] = 1
	}
	_, _ = unix.Pwrite(fd, b[:], reportStart)
}
