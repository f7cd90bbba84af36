package builtins

import (
	_ "embed" // the help page
	"strconv"
	"strings"

	"cosh/shell/command"
	"cosh/shell/job"
)

//go:embed wait.md
var waitPage string

// unknownProcess is the status of waiting for what is no child (XCU wait).
const unknownProcess = 127

// wait waits for jobs and processes, all that run when none is named (XCU
// wait). A trapped signal ends it with 128 and the signal's number.
func wait(c *command.Call) int {
	var r waitRequest
	if status := r.parse(c); status != 0 {
		return status
	}
	switch {
	case r.next:
		return r.waitNext(c)
	case len(r.targets) == 0:
		return waitAll(c)
	}
	status := 0
	for _, target := range r.targets {
		r.store(c, pidOf(c, target))
		var interrupted bool
		if status, interrupted = waitFor(c, target); interrupted {
			return status
		}
	}
	return status
}

func waitAll(c *command.Call) int {
	table := c.Shell.Jobs()
	for _, j := range table.All() {
		j.Poll()
		if j.State() == job.Stopped {
			continue
		}
		if status, interrupted := c.Shell.Wait(j); interrupted {
			return status
		}
		if j.State() == job.Done {
			table.Remove(j)
		}
	}
	return 0
}

// waitFor waits for %n or a process id.
func waitFor(c *command.Call, target string) (status int, interrupted bool) {
	table := c.Shell.Jobs()
	if strings.HasPrefix(target, "%") {
		j, err := table.Find(target)
		if err != nil {
			return c.Errorf(unknownProcess, "%v", err), false
		}
		return waitJob(c, j)
	}
	pid, err := strconv.Atoi(target)
	if err != nil || pid <= 0 {
		return c.Usage("%s is not a process or a job: wait 1234, wait %%1", target), false
	}
	if j := table.ByPid(pid); j != nil {
		status, interrupted = waitJob(c, j)
		if !interrupted && j.Last().Pid() != pid {
			for _, p := range j.Procs {
				if p.Pid() == pid {
					status = p.Status
				}
			}
		}
		return status, interrupted
	}
	if status, ok := table.Gone(pid); ok {
		table.Forget(pid)
		return status, false
	}
	return c.Errorf(unknownProcess, "%d is not a child of this shell", pid), false
}

func waitJob(c *command.Call, j *job.Job) (status int, interrupted bool) {
	if status, interrupted = c.Shell.Wait(j); !interrupted && j.State() == job.Done {
		c.Shell.Jobs().Remove(j)
	}
	return status, interrupted
}
