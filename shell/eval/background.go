package eval

import (
	"strconv"

	"golang.org/x/sys/unix"
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/job"
	"cosh/shell/lang"
)

// background compiles cmd &. A program is started as it is; anything else
// becomes a process that runs the text on a copy of this shell's state.
func (c *compiler) background(s *syntax.Stmt) node {
	text := lang.Text(c.chunk, s)
	h := handover{text: text, line: c.line(s), script: c.chunk.Name}
	var direct *stage
	if call, ok := s.Cmd.(*syntax.CallExpr); ok && !s.Negated {
		if cmd := startable(c.commandOf(call, s), s, call); cmd != nil {
			direct = &stage{direct: cmd}
		}
	}
	line := c.line(s)
	shown := text
	for len(shown) > 0 && (shown[len(shown)-1] == '&' || shown[len(shown)-1] == ' ') {
		shown = shown[:len(shown)-1]
	}
	return func(sh *Shell) ctl {
		sh.Line = line
		return sh.background(h, direct, shown)
	}
}

// background starts a job and does not wait.
func (sh *Shell) background(h handover, direct *stage, text string) ctl {
	base := len(sh.saved)
	g := sh.newGroup(false)
	sh.files.Share()
	if g == nil {
		// XCU 2.9.3.1: without job control its input is empty.
		if f := sh.files.Get(0); f != nil {
			if null, err := sh.open("/dev/null", unix.O_RDONLY); err == nil {
				sh.put(0, null)
			}
		}
	}
	defer sh.restore(base)
	ignore := sh.Traps
	if g == nil {
		// XCU 2.12: it ignores the signals of the keyboard.
		sh.Traps.Set(int(unix.SIGINT), "")
		sh.Traps.Set(int(unix.SIGQUIT), "")
	}
	var p *job.Proc
	var err error
	if direct != nil && sh.isDirect(direct) {
		p, err = sh.startDirect(direct.direct, g)
	} else {
		p, err = sh.startSelf(h, g)
	}
	sh.Traps = ignore
	if err != nil {
		return sh.errexit(sh.failed(err))
	}
	j := &job.Job{Procs: []*job.Proc{p}, Text: text}
	if g != nil {
		j.Group = g.id
	}
	sh.postSentry(j)
	sh.jobs.Add(j)
	sh.Background = p.Pid()
	sh.Status = 0
	if sh.interactive() {
		sh.message("[" + strconv.Itoa(j.ID) + "] " + strconv.Itoa(p.Pid()))
	}
	return ctlNext
}
