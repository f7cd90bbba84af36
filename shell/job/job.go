// Package job keeps the shell's jobs: pipelines of processes in their process
// groups, what became of them, and who has the terminal.
package job

import (
	"strconv"

	"cosh/isolation"
)

// State is what a job or a process is doing.
type State uint8

const (
	Running State = iota
	Stopped
	Done
)

// Child is a process that the shell started; *launch.Process is one.
type Child interface {
	// Pid is the process id.
	Pid() int
	// Wait waits for a change of state. With hang false it returns at once,
	// changed false, when there is none. Stops and continuations are reported
	// when jobs asks for them.
	Wait(hang, jobs bool) (c Change, changed bool, err error)
}

// Change is a change of a child's state.
type Change struct {
	State  State
	Status int // exit status as $? shows it: code, 128+signal; of a stop too
	Signal int // the signal that ended or stopped it, 0
	Core   bool
}

// Proc is one process of a job.
type Proc struct {
	Child
	Change
	// Err is why the program could not be started, nil when it was.
	Err error
}

// Job is one pipeline.
type Job struct {
	// ID is n of %n, 0 while the job is not in the table.
	ID int
	// Group is its process group, 0 when it runs in the shell's own.
	Group int
	Procs []*Proc
	// Text is the command as typed.
	Text string
	// Spec holds the boundaries around it, nil for an ordinary pipeline.
	Spec *isolation.Spec
	// Finished are the things to do once it is done.
	Finished []func()
	// PipeFail takes the status from the rightmost stage that failed.
	PipeFail bool

	reported State
	used     int // order of use, for %+ and %-
}

// State is Running while any process runs, Stopped when none runs and one is
// stopped, else Done.
func (j *Job) State() State {
	s := Done
	for _, p := range j.Procs {
		if p.State == Running {
			return Running
		}
		if p.State == Stopped {
			s = Stopped
		}
	}
	return s
}

// Status is the exit status: the last process's, or with PipeFail that of the
// rightmost that failed. Of a stopped job it is 128 + the stop signal.
func (j *Job) Status() int {
	if len(j.Procs) == 0 {
		return 0
	}
	if j.State() == Stopped {
		for i := len(j.Procs) - 1; i >= 0; i-- {
			if j.Procs[i].State == Stopped {
				return j.Procs[i].Status
			}
		}
	}
	if j.PipeFail {
		for i := len(j.Procs) - 1; i >= 0; i-- {
			if j.Procs[i].Status != 0 {
				return j.Procs[i].Status
			}
		}
		return 0
	}
	return j.Procs[len(j.Procs)-1].Status
}

// Last is the last process, the one $! names.
func (j *Job) Last() *Proc { return j.Procs[len(j.Procs)-1] }

// Poll takes note of every change that has happened, without waiting.
func (j *Job) Poll() {
	for _, p := range j.Procs {
		for p.State != Done {
			c, changed, err := p.Wait(false, true)
			if !p.take(c, changed, err) {
				break
			}
		}
	}
	j.finish()
}

// take records a change; it reports whether there was one.
func (p *Proc) take(c Change, changed bool, err error) bool {
	if err != nil && !changed {
		// Nobody to wait for: somebody else reaped it.
		p.Change = Change{State: Done, Status: 127}
		p.Err = err
		return true
	}
	if !changed {
		return false
	}
	p.Change, p.Err = c, err
	return true
}

// Await waits until the job is done, or with stops until it is stopped.
func (j *Job) Await(stops bool) {
	for _, p := range j.Procs {
		for p.State == Running {
			c, changed, err := p.Wait(true, stops)
			p.take(c, changed, err)
		}
	}
	j.finish()
}

func (j *Job) finish() {
	if j.State() != Done {
		return
	}
	for _, f := range j.Finished {
		f()
	}
	j.Finished = nil
}

// Pids are the process ids, for jobs -p and kill.
func (j *Job) Pids() []int {
	pids := make([]int, len(j.Procs))
	for i, p := range j.Procs {
		pids[i] = p.Pid()
	}
	return pids
}

// Spelled is the job specification of the job: "%1".
func (j *Job) Spelled() string { return "%" + strconv.Itoa(j.ID) }
