package eval

import (
	"strconv"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/job"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// coproc compiles coproc [NAME] command: a background process joined to the
// shell by two pipes. NAME[0] is the descriptor to read its output from,
// NAME[1] the one to write its input to, NAME_PID its process id; other
// children do not get these descriptors.
func (c *compiler) coproc(cmd *syntax.CoprocClause) node {
	name := "COPROC"
	if cmd.Name != nil {
		name = cmd.Name.Lit()
	}
	if !session.Valid(name) {
		return c.refuse(cmd)
	}
	list, pid := c.names.ID(name), c.names.ID(name+"_PID")
	text := lang.Text(c.chunk, cmd)
	h := handover{text: lang.Text(c.chunk, cmd.Stmt), line: c.line(cmd.Stmt), script: c.chunk.Name}
	line := c.line(cmd)
	return func(sh *Shell) ctl {
		sh.Line = line
		p, err := sh.startCoproc(h, list)
		if err == nil {
			err = sh.Set(pid, strconv.Itoa(p.Pid()))
		}
		if err != nil {
			return sh.errexit(sh.failed(err))
		}
		sh.enroll(p, text)
		return ctlNext
	}
}

// startCoproc starts the process between its pipes.
func (sh *Shell) startCoproc(h handover, list session.ID) (*job.Proc, error) {
	from, output, err := sh.openPipe(false)
	if err != nil {
		return nil, err
	}
	to, input, err := sh.openPipe(true)
	base := len(sh.saved)
	sh.put(1, output)
	if err != nil {
		sh.put(0, from) // let go of by restore
		sh.restore(base)
		return nil, err
	}
	sh.put(0, input)
	sh.closeSubstituted()
	p, err := sh.startSelf(h, sh.newGroup(false))
	sh.restore(base)
	r := sh.freeBelow(topSubstituted)
	sh.files.PutPrivate(r, from)
	w := sh.freeBelow(r - 1)
	sh.files.PutPrivate(w, to)
	if err != nil {
		sh.files.Close(r)
		sh.files.Close(w)
		return nil, err
	}
	sh.setList(list, []string{strconv.Itoa(r), strconv.Itoa(w)})
	err, sh.fault = sh.fault, nil
	return p, err
}

// enroll enters a background process as a job.
func (sh *Shell) enroll(p *job.Proc, text string) {
	j := &job.Job{Procs: []*job.Proc{p}, Text: text}
	if sh.monitored() {
		j.Group = p.Pid()
	}
	sh.postSentry(j)
	sh.jobs.Add(j)
	sh.Background = p.Pid()
	sh.Status = 0
	if sh.interactive() {
		sh.message("[" + strconv.Itoa(j.ID) + "] " + strconv.Itoa(p.Pid()))
	}
}
