package launch

import (
	"errors"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// Phase says which list of a Plan a step stands in.
type Phase uint8

const (
	PhaseBefore Phase = iota
	PhaseClone
	PhaseChild
	PhaseLate
	PhaseAfter
	PhaseUndo
)

// StepError is a step that the kernel refused. Nothing of the program that was
// asked for has run.
type StepError struct {
	Phase Phase
	Step  int    // index in the phase's list
	Do    string // the step's own words
	Hint  string // what to change; may be ""
	Errno unix.Errno
	// Err is how a Step.Run of the shell failed; nil when a call did.
	Err error
	// Exec tells that set-up was done and execve itself failed: the program
	// was not found (ENOENT, ENOTDIR) or cannot be executed.
	Exec bool
}

func (e *StepError) Error() string { return e.Do + ": " + e.Unwrap().Error() }

// Unwrap gives the reason, for errors.Is: Err, or else Errno.
func (e *StepError) Unwrap() error {
	if e.Err != nil {
		return e.Err
	}
	return e.Errno
}

// stepError names step i of steps; a step without words, as an
// ordinary command's clone, is called what it is for.
func stepError(phase Phase, steps []isolation.Step, i int, errno unix.Errno, exec bool) *StepError {
	e := &StepError{Phase: phase, Step: i, Errno: errno, Exec: exec}
	if i >= 0 && i < len(steps) {
		e.Do, e.Hint = steps[i].Do, steps[i].Hint
	}
	if e.Do == "" {
		e.Do = "start a process"
	}
	return e
}

// runError names step i whose Run failed with err.
func runError(phase Phase, steps []isolation.Step, i int, err error) *StepError {
	var errno unix.Errno
	errors.As(err, &errno)
	e := stepError(phase, steps, i, errno, false)
	e.Err = err
	return e
}
