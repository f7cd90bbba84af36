package builtins

import (
	_ "embed" // the help pages
	"strconv"

	"cosh/shell/command"
	"cosh/shell/job"
	"cosh/shell/session"
)

//go:embed fg.md
var fgPage string

//go:embed bg.md
var bgPage string

// fg continues a job in the foreground and waits for it (XCU fg).
func fg(c *command.Call) int {
	list, status := resumable(c)
	switch {
	case status != 0:
		return status
	case len(list) > 1:
		return c.Usage("one job at most")
	}
	c.Print(list[0].Text + "\n")
	c.Flush()
	return c.Shell.Foreground(list[0])
}

// bg continues jobs in the background (XCU bg).
func bg(c *command.Call) int {
	list, status := resumable(c)
	if status != 0 {
		return status
	}
	for _, j := range list {
		if j.State() == job.Running {
			continue // "it shall have no effect and exit successfully"
		}
		c.Print("[" + strconv.Itoa(j.ID) + "] " + j.Text + "\n")
		c.Flush()
		if s := c.Shell.BackgroundJob(j); s != 0 {
			status = s
		}
	}
	return status
}

// resumable are the jobs named, or the current one. The status is not 0 where
// the trouble was reported.
func resumable(c *command.Call) (list []*job.Job, status int) {
	specs, bad := operands(c.Args)
	switch {
	case bad != "":
		return nil, c.Usage("%s", bad)
	case c.State.Options&session.Monitor == 0:
		return nil, c.Errorf(1, "job control is off; set -m turns it on")
	case len(specs) == 0:
		specs = []string{"%+"}
	}
	table := c.Shell.Jobs()
	for _, spec := range specs {
		j, err := table.Find(spec)
		if err != nil {
			if len(c.Args) == 0 {
				return nil, c.Errorf(1, "there is no job")
			}
			return nil, c.Errorf(1, "%v", err)
		}
		if j.Poll(); j.State() == job.Done {
			return nil, c.Errorf(1, "%s has ended", j.Spelled())
		}
		list = append(list, j)
	}
	return list, 0
}
