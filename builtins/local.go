package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed local.md
var localPage string

// local makes variables that last until the function returns. POSIX has none;
// as in bash a variable without a value is unset, and stays exported if it was.
func local(c *command.Call) int {
	t := typeset{call: c, local: true}
	t.parse("aAgilnprux")
	switch {
	case t.bad != "":
		return c.Usage("%s", t.bad)
	case c.State.Depth == 0:
		return c.Errorf(1, "no function is running: an ordinary assignment does it here")
	case t.print:
		return t.list()
	case t.first == len(c.Args):
		return listLocals(c)
	}
	return t.operands()
}

func listLocals(c *command.Call) int {
	c.State.Each(session.Local, func(_ session.ID, name, value string, flags session.Flag) {
		if flags&session.Set != 0 {
			c.SetOut(appendAssignment(c.Out(), "", name, value))
		}
	})
	return 0
}
