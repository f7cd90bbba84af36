package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed export.md
var exportPage string

var exportFlags = []command.Flag{
	{Name: "print", Letter: 'p', Help: "list the exported variables so that they can be read again"},
	{Name: "no-export", Letter: 'n', Help: "take the variables out of the environment"},
}

// export puts variables into the environment of commands (XCU export).
func export(c *command.Call) int {
	d := declaration{flag: session.Exported, word: "export"}
	o := options{flags: exportFlags, words: c.Args}
	remove := false
	for o.next() {
		remove = remove || o.letter == 'n'
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) == 0:
		return d.list(c)
	case !remove:
		return d.declare(c, o.words)
	}
	for _, name := range o.words {
		if !session.Valid(name) {
			return c.Errorf(2, "%s is not a name", name)
		}
		c.State.Unmark(c.State.Names.ID(name), session.Exported)
	}
	return 0
}
