package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/isolation/resolve"
)

// A process that runs (cd dir; server) & has nothing left to do when it comes
// to the server: it becomes it, so that a signal to $! is one to the server.

// markTail notes the command that the process ends with, and the subshells
// around it, which have nobody to keep their changes from.
func (c *compiler) markTail(stmts []*syntax.Stmt) {
	c.tail = make(map[syntax.Node]bool)
	for len(stmts) > 0 {
		s := stmts[len(stmts)-1]
		if s.Background || s.Negated {
			return
		}
		switch cmd := s.Cmd.(type) {
		case *syntax.CallExpr:
			c.tail[cmd] = true
			return
		case *syntax.BinaryCmd:
			if cmd.Op != syntax.AndStmt && cmd.Op != syntax.OrStmt {
				return
			}
			stmts = []*syntax.Stmt{cmd.Y}
		case *syntax.Block:
			stmts = cmd.Stmts
		case *syntax.Subshell:
			c.tail[cmd] = true
			stmts = cmd.Stmts
		default:
			return
		}
	}
}

// replaceable reports whether nothing of the shell is needed after its last
// command: no trap waits for its end or for a signal, and no process
// substitution runs in here.
func (sh *Shell) replaceable() bool {
	return !sh.virtual && !sh.Traps.Caught() && sh.beside.Load() == 0
}

// become replaces the shell by the program of a Spec; it returns only when
// that failed.
func (sh *Shell) become(spec *isolation.Spec) error {
	plan, err := resolve.Plan(spec, nil)
	if err != nil {
		return err
	}
	sh.files.Sync()
	return launch.Exec(plan)
}
