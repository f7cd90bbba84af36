package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/lang"
	"cosh/shell/session"
)

// compiler turns one chunk's syntax tree into nodes.
type compiler struct {
	nest  *nesting
	names *session.Names
	chunk *lang.Chunk
	sh    *Shell               // for what is fixed in a process: names, registry
	tail  map[syntax.Node]bool // see markTail; nil where more may follow
}

func (sh *Shell) compiler(chunk *lang.Chunk) *compiler {
	return &compiler{names: sh.names, chunk: chunk, sh: sh, nest: &nesting{}}
}

// line is the script's line of a node.
func (c *compiler) line(n syntax.Node) int { return c.chunk.LineOf(n) }

// list compiles statements in sequence.
func (c *compiler) list(stmts []*syntax.Stmt) node {
	switch len(stmts) {
	case 0:
		return func(sh *Shell) ctl { return ctlNext }
	case 1:
		return c.stmt(stmts[0])
	case 2:
		a, b := c.stmt(stmts[0]), c.stmt(stmts[1])
		return func(sh *Shell) ctl {
			if r := a(sh); r != ctlNext {
				return r
			}
			return b(sh)
		}
	}
	nodes := make([]node, len(stmts))
	for i, s := range stmts {
		nodes[i] = c.stmt(s)
	}
	return func(sh *Shell) ctl {
		for _, n := range nodes {
			if r := n(sh); r != ctlNext {
				return r
			}
		}
		return ctlNext
	}
}

// stmt compiles a statement with its !, & and redirections.
func (c *compiler) stmt(s *syntax.Stmt) node {
	if s.Background {
		return c.background(s)
	}
	c.nest.enter()
	defer c.nest.leave()
	before := c.sh.substitutions.Load()
	n := c.watched(s, c.command(s))
	if c.sh.substitutions.Load() != before {
		n = closing(n)
	}
	if s.Negated {
		n = negate(n)
	}
	return n
}

// negate runs a pipeline with ! before it, where -e does not bite.
func negate(n node) node {
	return func(sh *Shell) ctl {
		sh.guard++
		r := n(sh)
		sh.guard--
		if r == ctlNext {
			if sh.Status == 0 {
				sh.Status = 1
			} else {
				sh.Status = 0
			}
		}
		return r
	}
}

// command compiles a statement without its ! and &.
func (c *compiler) command(s *syntax.Stmt) node {
	if c.chunk.Blocks[s] != nil {
		return c.wrapped(s)
	}
	switch cmd := s.Cmd.(type) {
	case nil:
		return c.simple(&syntax.CallExpr{}, s)
	case *syntax.CallExpr:
		if n := c.bangSubshell(cmd, s); n != nil {
			return n
		}
		return c.simple(cmd, s)
	case *syntax.DeclClause:
		return c.declaration(cmd, s)
	case *syntax.BinaryCmd:
		switch cmd.Op {
		case syntax.AndStmt, syntax.OrStmt:
			return c.andOr(cmd)
		}
		return c.pipeline(s)
	}
	return c.redirected(s.Redirs, c.compound(s.Cmd))
}

// andOr compiles && and ||: the left side is a condition.
func (c *compiler) andOr(cmd *syntax.BinaryCmd) node {
	left, right := c.stmt(cmd.X), c.stmt(cmd.Y)
	and := cmd.Op == syntax.AndStmt
	return func(sh *Shell) ctl {
		sh.guard++
		r := left(sh)
		sh.guard--
		if r != ctlNext || (sh.Status == 0) != and {
			return r
		}
		return right(sh)
	}
}

// compound compiles the commands that take redirections around a list.
func (c *compiler) compound(cmd syntax.Command) node {
	switch cmd := cmd.(type) {
	case *syntax.Block:
		return c.list(cmd.Stmts)
	case *syntax.Subshell:
		return c.subshell(cmd)
	case *syntax.IfClause:
		return c.ifClause(cmd)
	case *syntax.WhileClause:
		return c.while(cmd)
	case *syntax.ForClause:
		return c.forClause(cmd)
	case *syntax.CaseClause:
		return c.caseClause(cmd)
	case *syntax.FuncDecl:
		return c.function(cmd)
	case *syntax.ArithmCmd:
		return c.arithmCommand(cmd)
	case *syntax.CoprocClause:
		return c.coproc(cmd)
	case *syntax.TestClause:
		return c.dblTest(cmd)
	case *syntax.TimeClause:
		return c.timeClause(cmd)
	}
	return c.refuse(cmd)
}

// refuse is a construct that this shell does not have: an error when reached.
func (c *compiler) refuse(n syntax.Node) node {
	text := lang.Text(c.chunk, n)
	line := c.line(n)
	return func(sh *Shell) ctl {
		sh.Line = line
		sh.failf("%s: this bash extension is not part of cosh; write it in POSIX shell", clip(text))
		return sh.fatal()
	}
}

func clip(s string) string {
	for i := range s {
		if s[i] == '\n' || i > 40 {
			return s[:i] + " …"
		}
	}
	return s
}

// errexit ends the shell after a failed command under -e.
func (sh *Shell) errexit(r ctl) ctl {
	if r == ctlNext && sh.Status != 0 && sh.guard == 0 {
		if sh.Traps.Watched() {
			r = sh.pseudoTrap(session.TrapErr)
		}
		if sh.Options&session.ErrExit != 0 {
			return ctlExit
		}
	}
	return r
}
