package eval

import (
	"cosh/shell/session"
)

// runsHere reports that a pipeline's last command runs in the shell itself
// (shopt lastpipe), which job control excludes.
func (sh *Shell) runsHere() bool {
	return sh.Shopts&session.LastPipe != 0 && !sh.monitored()
}

// pipelineHere runs a pipeline whose last command runs in the shell itself.
func (sh *Shell) pipelineHere(stages []stage, text string) ctl {
	last := &stages[len(stages)-1]
	in, out, err := sh.openPipe(false)
	if err != nil {
		return sh.errexit(sh.failed(err))
	}
	j, wait, err := sh.startPipeline(stages[:len(stages)-1], nil, out)
	j.Text = text
	j.PipeFail = sh.Options&session.PipeFail != 0
	if err != nil {
		sh.failed(err)
	}
	base := len(sh.saved)
	sh.put(0, in)
	sh.guard++ // the pipeline's status counts, not the command's
	r := last.run(sh)
	sh.guard--
	sh.restore(base)
	status := sh.Status
	if len(j.Procs) > 0 {
		sh.await(j)
	}
	if others := wait(j); status == 0 && j.PipeFail {
		status = others
	}
	sh.Pipe = append(sh.Pipe, status)
	sh.Status = status
	return sh.errexit(r)
}
