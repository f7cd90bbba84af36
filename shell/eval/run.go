package eval

import (
	"io"
	"strings"
	"syscall"

	"cosh/shell/lang"
	"cosh/shell/session"
)

// emptyChunk is where texts that have no script around them are compiled.
var emptyChunk = &lang.Chunk{}

// RunReader runs a text command line by command line until its end, exit, or
// an error. It returns the exit status.
func (sh *Shell) RunReader(r *lang.Reader) int {
	sh.runReader(r)
	return sh.Status
}

// runReader leaves $? as it was to the first command; a text without any command
// makes it 0.
func (sh *Shell) runReader(r *lang.Reader) ctl {
	ran := false
	for {
		r.SetPosix(sh.posix())
		r.SetAliases(sh.aliases())
		chunk, err := r.Next()
		if err == io.EOF {
			if !ran {
				sh.Status = 0
			}
			if sh.readsOnly() {
				return ctlAbort
			}
			return ctlNext
		}
		if err != nil {
			sh.report(err)
			sh.Status, sh.garbled = 2, true
			return sh.abort()
		}
		if sh.Options&session.Verbose != 0 && sh.depth == 0 {
			sh.echoInput(r)
		}
		ran = ran || len(chunk.Stmts) > 0
		if out := sh.runChunk(chunk); out != ctlNext && !sh.skipped(out) && !(out == ctlAbort && sh.readsOnly()) {
			return out
		}
		if sh.Options&session.OneCommand != 0 && sh.depth == 0 && len(chunk.Stmts) > 0 {
			return ctlExit
		}
	}
}

// runChunk runs one chunk. With -n it only has been read.
func (sh *Shell) runChunk(chunk *lang.Chunk) ctl {
	for _, w := range chunk.Warnings {
		sh.report(w)
	}
	if sh.Options&session.NoExec != 0 && sh.Options&session.Interactive == 0 {
		return ctlNext
	}
	if len(chunk.Stmts) == 0 {
		return ctlNext
	}
	c := sh.compiler(chunk)
	run := c.list(chunk.Stmts)
	sh.nest += c.nest.deepest
	r := run(sh)
	sh.nest -= c.nest.deepest
	return r
}

// RunInteractive runs one chunk typed at the prompt; exit reports that the
// shell is to end.
func (sh *Shell) RunInteractive(chunk *lang.Chunk) (exit bool) {
	r := sh.runChunk(chunk)
	sh.args, sh.saved = sh.args[:0], sh.saved[:0]
	sh.guard, sh.Loops, sh.ncalls = 0, 0, 0
	return r == ctlExit
}

// RunTask runs what another shell handed to this process.
func (sh *Shell) RunTask(t Task) int {
	o := sh.LangOptions()
	o.Line = t.Line - 1
	chunk, err := lang.Parse(t.Script, t.Text, o)
	if err != nil {
		sh.report(err)
		return 2
	}
	c := sh.compiler(chunk)
	if !t.Inside {
		sh.maker = t.Maker
		c.markTail(chunk.Stmts)
	}
	c.list(chunk.Stmts)(sh)
	return sh.Status
}

// Finish ends the shell: the EXIT trap, and what was read ahead goes back.
func (sh *Shell) Finish() int {
	sh.takeSignals()
	sh.runExitTrap()
	sh.stages.Wait()
	sh.files.Sync()
	die(syscall.Signal(sh.dying))
	return sh.Status
}

// runText runs text in this environment, as eval and traps do.
func (sh *Shell) runText(text, name string, line int) ctl {
	if blank(text) {
		sh.Status = 0
		return ctlNext
	}
	if sh.depth++; sh.depth > maxDepth || sh.tooDeep() {
		sh.depth--
		sh.failf("%s: nested too deeply (%d)", name, sh.depth)
		return sh.fatal()
	}
	sh.nest += textWeight
	defer func() { sh.depth--; sh.nest -= textWeight }()
	if r, ok := sh.remembered(text, line); ok {
		return r
	}
	if r, ok := sh.quick(text, line); ok {
		return r
	}
	if r, ok := sh.runLine(text, line); ok {
		return r
	}
	o := sh.LangOptions()
	o.Line = line - 1
	r := lang.NewTextReader(sh.Script, text, o)
	return sh.runReader(r)
}

func blank(s string) bool { return strings.TrimLeft(s, " \t\n") == "" }
