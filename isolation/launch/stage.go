package launch

import (
	"errors"
	"runtime"
	"strconv"
	"syscall"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// StageMain must be the first thing in main. In a stage (see report.go) it runs
// the steps that were handed over; it returns true when this process goes on as
// the shell, and false at once in a process that is no stage. When a step
// fails, or the last executes a program, it does not return.
//
// Steps run on one thread: a step that changes what the kernel keeps per
// thread (ids, capabilities, no_new_privs) needs an execve behind it.
func StageMain() (ran bool) {
	value, ok := syscall.Getenv(stageEnv)
	if !ok {
		return false
	}
	_ = syscall.Unsetenv(stageEnv)
	fd, err := strconv.Atoi(value)
	if err != nil {
		return false
	}
	runtime.LockOSThread()
	regs, steps, ok := readSteps(fd)
	if !ok {
		runtime.UnlockOSThread()
		return false
	}
	if err := Run(PhaseLate, steps, regs); err != nil {
		failed := &StepError{Step: len(steps) - 1, Errno: unix.EINVAL}
		errors.As(err, &failed)
		writeReport(fd, failed)
		unix.Exit(127)
	}
	runtime.UnlockOSThread()
	_ = unix.Close(fd)
	return true
}

// readSteps reads the memfd fd; ok is false when it is none of ours.
func readSteps(fd int) (regs []uintptr, steps []isolation.Step, ok bool) {
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil || st.Size < reportSteps {
		return nil, nil, false
	}
	b := make([]byte, st.Size)
	if n, err := unix.Pread(fd, b, 0); err != nil || n != len(b) || string(b[:len(stageMagic)]) != stageMagic {
		return nil, nil, false
	}
	d := decoder{b: b[reportSteps:]}
	unix.CloseOnExec(fd)
	d.restoreInherited()
	regs, steps, err := d.steps()
	if err != nil {
		writeReport(fd, &StepError{Errno: unix.EBADMSG})
		unix.Exit(127)
	}
	return regs, steps, true
}

// restoreInherited reads the list of descriptors to keep. When there is one,
// this stage stands for the child itself (createStaged): other descriptors, and
// ambient capabilities, came only for the steps to use.
func (d *decoder) restoreInherited() {
	count := d.count()
	if count == 0 {
		return
	}
	_ = unix.CloseRange(0, ^uint(0)>>33, unix.CLOSE_RANGE_CLOEXEC)
	for ; count > 0; count-- {
		_, _ = unix.FcntlInt(uintptr(d.number()), unix.F_SETFD, 0)
	}
	dropAmbient()
}

// stagedExec is the execve c with the number of the report in its environment,
// the last vector among its arguments.
func stagedExec(c isolation.Call, report int) isolation.Call {
	c.Args = append([]isolation.Arg(nil), c.Args...)
	for i := len(c.Args) - 1; i >= 0; i-- {
		if a := &c.Args[i]; a.Kind == isolation.ArgList {
			a.List = append(a.List[:len(a.List):len(a.List)], stageEnv+"="+strconv.Itoa(report))
			break
		}
	}
	return c
}

// stagedCalls is what launch puts in place of an execve c of ourselves: let the
// report through, then execute.
func stagedCalls(c *isolation.Call, report int) [2]isolation.Call {
	return [2]isolation.Call{
		{Nr: unix.SYS_FCNTL, Args: []isolation.Arg{
			isolation.Int(report), isolation.Int(unix.F_SETFD), isolation.Int(0)}},
		stagedExec(*c, report),
	}
}
