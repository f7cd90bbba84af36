package builtins

import (
	_ "embed" // the help pages
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/job"
	"cosh/shell/session"
)

//go:embed disown.md
var disownPage string

//go:embed suspend.md
var suspendPage string

var disownFlags = []command.Flag{
	{Name: "all", Letter: 'a', Help: "all jobs"},
	{Name: "running", Letter: 'r', Help: "the running jobs only"},
	{Name: "hangup", Letter: 'h', Help: "keep the job; the shell sends no SIGHUP anyway"},
}

var suspendFlags = []command.Flag{
	{Name: "force", Letter: 'f', Help: "a login shell too"},
}

// disown takes jobs off the list; they run on.
func disown(c *command.Call) int {
	var all, running, keep bool
	o := options{flags: disownFlags, words: c.Args}
	for o.next() {
		all = all || o.letter == 'a'
		running = running || o.letter == 'r'
		keep = keep || o.letter == 'h'
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	table, status := c.Shell.Jobs(), 0
	table.Poll()
	var list []*job.Job
	switch {
	case len(o.words) > 0:
		for _, spec := range o.words {
			j, err := findJob(table, spec)
			if err != nil {
				status = c.Errorf(1, "%v", err)
				continue
			}
			list = append(list, j)
		}
	case all || running:
		list = table.All()
	case table.Current() == nil:
		return c.Errorf(1, "there is no job")
	default:
		list = []*job.Job{table.Current()}
	}
	for _, j := range list {
		if !keep && (!running || j.State() == job.Running) {
			table.Remove(j)
		}
	}
	return status
}

// findJob finds a job by its specification or a process id.
func findJob(table *job.Table, spec string) (*job.Job, error) {
	if unsigned(spec) {
		for _, j := range table.All() {
			for _, p := range j.Pids() {
				if spec == strconv.Itoa(p) {
					return j, nil
				}
			}
		}
	}
	return table.Find(spec)
}

// suspend stops the shell until it is continued.
func suspend(c *command.Call) int {
	o := options{flags: suspendFlags, words: c.Args}
	for o.next() {
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case c.State.Options&session.Monitor == 0:
		return c.Errorf(1, "job control is off; set -m turns it on")
	}
	if err := c.Shell.Signal(os.Getpid(), int(unix.SIGSTOP)); err != nil {
		return c.Errorf(1, "%v", err)
	}
	return 0
}
