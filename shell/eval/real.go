package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/job"
	"cosh/shell/lang"
)

// A virtual subshell has the process id of the shell. Where code could ask for
// it, by $BASHPID, a subshell is a process: when BASHPID stands in its own text,
// or in that of a function defined so far.

// mustBeProcess reports that a subshell with this text is to be a process.
func (sh *Shell) mustBeProcess(asks bool) bool {
	return asks || sh.functionAsksPid.Load()
}

// captureSelf is capture in a process of its own.
func (sh *Shell) captureSelf(h handover) string {
	ours, theirs, err := sh.openPipe(false)
	if err != nil {
		sh.fail(err)
		return ""
	}
	base := len(sh.saved)
	sh.put(1, theirs)
	p, err := sh.startSelf(h, nil)
	sh.restore(base)
	if err != nil {
		sh.put(1, ours) // let go of by restore
		sh.restore(base)
		sh.fail(err)
		return ""
	}
	n := sh.freeBelow(topSubstituted)
	sh.put(n, ours)
	var out []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := ours.Read(buf)
		out = append(out, buf[:n]...)
		if err != nil {
			break
		}
	}
	sh.restore(base)
	j := &job.Job{Procs: []*job.Proc{p}}
	j.Await(false)
	sh.last = j.Status()
	return trimmed(out)
}

// processBody is $(list) as a function that runs it in another process, and
// whether its text asks for that.
func (c *compiler) processBody(cmd *syntax.CmdSubst) (run func(*Shell) string, asks bool) {
	text := lang.Text(c.chunk, cmd)
	if cmd.Backquotes || len(text) < 3 {
		return nil, false
	}
	h := handover{text: inside(text), line: c.line(cmd), script: c.chunk.Name}
	return func(sh *Shell) string { return sh.captureSelf(h) }, mentionsPid(text)
}
