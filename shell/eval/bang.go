package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/lang"
	"cosh/shell/session"
)

// bangSubshell compiles !(list), which the parser takes for an extended pattern:
// without shopt extglob it is a subshell with ! before it. It is nil for any
// other command.
func (c *compiler) bangSubshell(cmd *syntax.CallExpr, s *syntax.Stmt) node {
	if len(cmd.Args) != 1 || len(cmd.Assigns) > 0 || len(cmd.Args[0].Parts) != 1 || c.sh.Shopts&session.ExtGlob != 0 {
		return nil
	}
	if g, ok := cmd.Args[0].Parts[0].(*syntax.ExtGlob); !ok || g.Op != syntax.GlobExcept {
		return nil
	}
	o := c.sh.LangOptions()
	o.Line = c.line(s) - 1
	chunk, err := lang.Parse(c.chunk.Name, "! "+lang.Text(c.chunk, s)[1:], o)
	if err != nil {
		return func(sh *Shell) ctl { sh.fail(err); return sh.fatal() }
	}
	inner := *c
	inner.chunk, inner.tail = chunk, nil
	return inner.list(chunk.Stmts)
}
