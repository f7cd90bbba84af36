package launch

import (
	"fmt"
	"runtime"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// Exec runs the Before and Child steps of p in this process and so becomes the
// program that p executes; it returns only when a step fails, with a
// *StepError, and then leaves behind what the steps before it did. A plan that
// needs new namespaces at the clone cannot be run this way (EINVAL).
func Exec(p *isolation.Plan) error {
	if p.Flags != 0 || len(p.Late) > 0 || p.Cgroup != 0 {
		return fmt.Errorf("replace this process by one in other namespaces: %w", unix.EINVAL)
	}
	regs := newProcess(p).regs
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := Run(PhaseBefore, p.Before, regs); err != nil {
		return err
	}
	return Run(PhaseChild, p.Child, regs)
}
