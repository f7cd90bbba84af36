package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed unalias.md
var unaliasPage string

var unaliasFlags = []command.Flag{
	{Name: "all", Letter: 'a', Help: "remove all aliases"},
}

// unalias removes aliases (XCU unalias).
func unalias(c *command.Call) int {
	o := options{flags: unaliasFlags, words: c.Args}
	all := false
	for o.next() {
		all = true
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case all:
		c.State.Aliases = nil
		return 0
	case len(o.words) == 0:
		return c.Usage("the alias is missing")
	}
	status := 0
	for _, name := range o.words {
		if _, ok := c.State.Aliases[name]; !ok {
			status = c.Errorf(1, "%s: no such alias%s", name, perhaps(name, aliasNames(c)))
			continue
		}
		delete(c.State.Aliases, name)
	}
	return status
}
