package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/command"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// pseudo is what the conditions ERR, DEBUG and RETURN of trap need to know.
type pseudo struct {
	command string // the simple command that runs, for BASH_COMMAND
	running [3]bool
	level   int // of nested command substitutions, for -x
	dying   int // the signal that is to end this process
	history command.History
}

// watched has a command looked at by DEBUG and ERR. Code that is compiled before
// the first such trap is set goes without, and so costs nothing.
func (c *compiler) watched(s *syntax.Stmt, n node) node {
	if !c.sh.watching.Load() {
		return n
	}
	switch s.Cmd.(type) {
	case nil, *syntax.CallExpr, *syntax.DeclClause, *syntax.ForClause, *syntax.CaseClause, *syntax.ArithmCmd, *syntax.TestClause, *syntax.LetClause:
	default:
		return n
	}
	text, line := lang.Text(c.chunk, s), c.line(s)
	return func(sh *Shell) ctl {
		if sh.Traps.Watched() {
			if !sh.inPseudo() {
				sh.command = text
			}
			sh.Line = line
			if r := sh.pseudoTrap(session.TrapDebug); r != ctlNext {
				return r
			}
		}
		return n(sh)
	}
}

func (p *pseudo) inPseudo() bool { return p.running[0] || p.running[1] || p.running[2] }

// pseudoTrap runs the action of ERR, DEBUG or RETURN, unless it is running.
func (sh *Shell) pseudoTrap(cond int) ctl {
	action, ok := sh.PseudoAction(cond)
	running := &sh.running[cond-session.TrapErr]
	if !ok || *running {
		return ctlNext
	}
	*running = true
	guard := sh.guard
	sh.guard = 0
	_ = sh.SetName("BASH_COMMAND", sh.command)
	r := sh.runTrap(action)
	sh.guard = guard
	*running = false
	return r
}

// returning runs the action of RETURN when a function has ended with r.
func (sh *Shell) returning(r ctl) ctl {
	if r == ctlNext || r == ctlReturn {
		if out := sh.pseudoTrap(session.TrapReturn); out == ctlExit || out == ctlAbort {
			r = out
		}
	}
	sh.Traps.Returned(sh.Depth - 1)
	return r
}
