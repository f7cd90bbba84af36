package builtins

import (
	"strconv"
	"strings"

	"cosh/shell/command"
	"cosh/shell/job"
	"cosh/shell/session"
)

var waitFlags = []command.Flag{
	{Name: "next", Letter: 'n', Help: "wait for the next job that ends, of those named or of all"},
	{Name: "pid", Letter: 'p', Arg: "NAME", Help: "assign the process id of the job waited for to NAME"},
	{Name: "finish", Letter: 'f', Help: "wait for the end, not for a stop (always so)"},
}

// waitRequest is a wait command taken apart.
type waitRequest struct {
	next    bool
	name    string // -p
	targets []string
}

func (r *waitRequest) parse(c *command.Call) (status int) {
	o := options{flags: waitFlags, words: c.Args}
	for o.next() {
		switch o.letter {
		case 'n':
			r.next = true
		case 'p':
			r.name = o.value
		}
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case r.name != "" && !session.Valid(r.name):
		return c.Usage("%s is not a name", r.name)
	}
	r.targets = o.words
	if r.name != "" {
		if err := c.State.Unset(c.State.Names.ID(r.name)); err != nil {
			return c.Errorf(1, "%v", err)
		}
	}
	return 0
}

// store gives -p's variable the process id.
func (r *waitRequest) store(c *command.Call, pid int) {
	if r.name == "" || pid == 0 {
		return
	}
	if err := c.State.SetName(r.name, strconv.Itoa(pid)); err != nil {
		c.Errorf(1, "%v", err)
	}
}

// waitNext is wait -n.
func (r *waitRequest) waitNext(c *command.Call) int {
	table := c.Shell.Jobs()
	var jobs []*job.Job
	for _, target := range r.targets {
		if pid, err := strconv.Atoi(target); err == nil {
			if j := table.ByPid(pid); j != nil {
				jobs = append(jobs, j)
			} else if status, ok := table.Gone(pid); ok {
				table.Forget(pid)
				r.store(c, pid)
				return status
			} else {
				c.Errorf(unknownProcess, "%d is not a child of this shell", pid)
			}
			continue
		}
		j, err := table.Find(target)
		if err != nil {
			c.Errorf(unknownProcess, "%v", err)
			continue
		}
		jobs = append(jobs, j)
	}
	if len(r.targets) == 0 {
		jobs = table.All()
	}
	j, status, interrupted := c.Shell.WaitAny(jobs)
	if j != nil && !interrupted {
		r.store(c, j.Last().Pid())
		table.Remove(j)
	}
	return status
}

// pidOf is the process id that a target names, 0 for none.
func pidOf(c *command.Call, target string) int {
	if pid, err := strconv.Atoi(target); err == nil {
		return pid
	}
	if j, err := c.Shell.Jobs().Find(target); err == nil && strings.HasPrefix(target, "%") {
		return j.Last().Pid()
	}
	return 0
}
