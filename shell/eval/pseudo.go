package eval

import (
	"strings"

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
	switch cmd := s.Cmd.(type) {
	case nil, *syntax.CallExpr, *syntax.DeclClause, *syntax.CaseClause, *syntax.ArithmCmd, *syntax.TestClause, *syntax.LetClause:
	case *syntax.BinaryCmd:
		return c.watchedPipeline(cmd, n)
	case *syntax.Subshell: // ERR speaks of it, DEBUG does not
		text, line := lang.Text(c.chunk, s), c.line(s)
		return func(sh *Shell) ctl {
			if !sh.inPseudo() {
				sh.command = text
			}
			sh.Line = line
			return n(sh)
		}
	default:
		return n
	}
	return announced(c.announce(s), n)
}

// watchedTurn is watched for the body of a for loop: each turn counts.
func (c *compiler) watchedTurn(loop *syntax.ForClause, body node) node {
	if !c.sh.watching.Load() {
		return body
	}
	return announced(c.announce(loop), body)
}

// watchedPipeline announces the commands of a pipeline, all before it starts.
func (c *compiler) watchedPipeline(cmd *syntax.BinaryCmd, n node) node {
	if cmd.Op != syntax.Pipe && cmd.Op != syntax.PipeAll {
		return n
	}
	for _, side := range [...]*syntax.Stmt{cmd.Y, cmd.X} {
		switch inner := side.Cmd.(type) {
		case *syntax.CallExpr:
			n = announced(c.announce(side), n)
		case *syntax.BinaryCmd:
			n = c.watchedPipeline(inner, n)
		}
	}
	return n
}

// announced runs the action of DEBUG before a command.
func announced(announce func(*Shell) ctl, n node) node {
	return func(sh *Shell) ctl {
		if sh.Traps.Watched() {
			if r := announce(sh); r != ctlNext {
				return r
			}
		}
		return n(sh)
	}
}

// announce says which command comes next; of a compound one its first line.
func (c *compiler) announce(n syntax.Node) func(*Shell) ctl {
	text, line := lang.Text(c.chunk, n), c.line(n)
	switch n := n.(type) {
	case *syntax.ForClause:
		text = text[:strings.IndexAny(text+";", ";\n")]
	case *syntax.Stmt:
		if _, ok := n.Cmd.(*syntax.CaseClause); ok {
			if head, _, ok := strings.Cut(text, " in"); ok {
				text = head + " in "
			}
		}
	}
	return func(sh *Shell) ctl {
		if !sh.inPseudo() {
			sh.command = text
		}
		sh.Line = line
		return sh.pseudoTrap(session.TrapDebug)
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

// entering runs the action of DEBUG once for a function that inherits it, before
// its first command, as in bash.
func (sh *Shell) entering(fn *session.Function) {
	if sh.Options&session.FuncTrace != 0 {
		sh.Line = fn.Line
		sh.pseudoTrap(session.TrapDebug)
	}
}
