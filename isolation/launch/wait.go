package launch

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// Status is what wait4(2) says of a process.
type Status struct {
	State  State
	Code   int         // Exited: the exit status, 0 to 255
	Signal unix.Signal // Signaled, Stopped: by which signal
	Core   bool        // Signaled: a core was dumped
	User   time.Duration
	System time.Duration
	MaxRSS int64 // bytes, of the process and its waited-for children
}

// State is where a process stands.
type State uint8

const (
	Running State = iota
	Stopped
	Continued
	Exited
	Signaled
)

// Ended reports whether the process is gone.
func (s Status) Ended() bool { return s.State >= Exited }

// waitBuffers are written by the kernel; in Process they need no allocation.
type waitBuffers struct {
	status unix.WaitStatus
	usage  unix.Rusage
}

// Wait waits for pr with wait4(2) options (unix.WNOHANG, WUNTRACED, WCONTINUED),
// again when a signal interrupts it. With WNOHANG and no news the state is
// Running. At the end it runs OnExit and the Undo steps, once; later calls
// return the same.
//
// The error is a *StepError when the process ended at a step of its set-up
// rather than in the program that was asked for, and the errno of wait4 when
// that failed (ECHILD: SIGCHLD is ignored, or someone else has waited).
func (pr *Process) Wait(options int) (Status, error) {
	if pr.ended {
		return pr.status, pr.stepError()
	}
	w := &pr.wait
	for {
		pid, err := unix.Wait4(pr.Pid, &w.status, options, &w.usage)
		switch {
		case err == unix.EINTR:
			continue
		case err == unix.ECHILD:
			pr.release(Status{State: Exited, Code: 127})
			return pr.status, fmt.Errorf("wait for process %d: %w", pr.Pid, err)
		case err != nil:
			return Status{}, fmt.Errorf("wait for process %d: %w", pr.Pid, err)
		case pid == 0:
			return Status{}, nil
		}
		break
	}
	status := w.read()
	if status.Ended() {
		pr.release(status)
		return status, pr.stepError()
	}
	return status, nil
}

// read turns the kernel's answer into a Status.
func (w *waitBuffers) read() Status {
	s := Status{
		User:   time.Duration(w.usage.Utime.Nano()),
		System: time.Duration(w.usage.Stime.Nano()),
		MaxRSS: int64(w.usage.Maxrss) * 1024,
	}
	switch ws := w.status; {
	case ws.Exited():
		s.State, s.Code = Exited, ws.ExitStatus()
	case ws.Signaled():
		s.State, s.Signal, s.Core = Signaled, ws.Signal(), ws.CoreDump()
	case ws.Stopped():
		s.State, s.Signal = Stopped, ws.StopSignal()
	case ws.Continued():
		s.State = Continued
	}
	return s
}

// release takes over what the child reported, and undoes the launch.
func (pr *Process) release(status Status) {
	pr.ended, pr.status = true, status
	process.slabs.giveBack(pr)
	pr.readReports()
	if pr.OnExit != nil {
		pr.OnExit(status)
	}
	pr.closeOwn()
	pr.leftover = undo(pr.plan.Undo, pr.regs)
}

// closeOwn closes the descriptors that belong to the Process.
func (pr *Process) closeOwn() {
	for _, fd := range [...]*int{&pr.pidfd, &pr.childReport, &pr.lateReport} {
		if *fd >= 0 {
			_ = unix.Close(*fd)
			*fd = -1
		}
	}
}

// stepError is how the set-up failed, or nil.
func (pr *Process) stepError() error {
	if !pr.failed || pr.status.State != Exited || pr.status.Code != 127 {
		return nil
	}
	steps := pr.plan.Child
	if pr.failedPhase == PhaseLate {
		steps = pr.plan.Late
	}
	return stepError(pr.failedPhase, steps, pr.failedStep, pr.errno, pr.failedExec)
}
