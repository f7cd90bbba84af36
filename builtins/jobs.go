package builtins

import (
	_ "embed" // the help page
	"strconv"

	"cosh/shell/command"
	"cosh/shell/job"
)

//go:embed jobs.md
var jobsPage string

var jobsFlags = []command.Flag{
	{Name: "long", Letter: 'l', Help: "with the process id of the group's leader"},
	{Name: "pids", Letter: 'p', Help: "only the process ids of the groups' leaders"},
	{Name: "running", Letter: 'r', Help: "only jobs that run"},
	{Name: "stopped", Letter: 's', Help: "only jobs that are stopped"},
}

// jobs lists the jobs (XCU jobs). One that is done leaves the list when it has
// been shown.
func jobs(c *command.Call) int {
	o := options{flags: jobsFlags, words: c.Args}
	var long, pids, running, stopped bool
	for o.next() {
		switch o.letter {
		case 'l':
			long = true
		case 'p':
			pids = true
		case 'r':
			running = true
		case 's':
			stopped = true
		}
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	table := c.Shell.Jobs()
	if outer := table.Outer(); outer != nil {
		table = outer // only to be looked at
	}
	table.Poll()
	list, status := table.All(), 0
	if len(o.words) > 0 {
		list = list[:0]
		for _, spec := range o.words {
			j, err := table.Find(spec)
			if err != nil {
				status = c.Errorf(1, "%v", err)
				continue
			}
			list = append(list, j)
		}
	}
	var done []*job.Job
	for _, j := range list {
		state := j.State()
		if (running || stopped) && !(running && state == job.Running || stopped && state == job.Stopped) {
			continue
		}
		if pids {
			c.Print(strconv.Itoa(leader(j)) + "\n")
			continue
		}
		c.Print(table.Line(j, long) + "\n")
		if table != c.Shell.Jobs() {
			continue
		}
		j.Reported()
		if state == job.Done {
			done = append(done, j)
		}
	}
	for _, j := range done {
		table.Remember(j)
	}
	return status
}

// leader is the process id of the leader of a job's group.
func leader(j *job.Job) int {
	if j.Group != 0 || len(j.Procs) == 0 {
		return j.Group
	}
	return j.Procs[0].Pid()
}
