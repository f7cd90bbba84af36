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
	{Name: "functions", Letter: 'f', Help: "the names are functions, for bash to find"},
	{Name: "no-export", Letter: 'n', Help: "take the variables out of the environment"},
}

// export puts variables into the environment of commands (XCU export), and
// with -f functions, for bash.
func export(c *command.Call) int {
	d := declaration{flag: session.Exported, word: "export"}
	o := options{flags: exportFlags, words: c.Args}
	remove, funcs := false, false
	for o.next() {
		remove = remove || o.letter == 'n'
		funcs = funcs || o.letter == 'f'
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) == 0:
		return d.list(c)
	case funcs:
		return exportFunctions(c, o.words, remove)
	case !remove:
		return d.declare(c, len(c.Args)-len(o.words), 0)
	}
	t := typeset{call: c, off: session.Exported, first: len(c.Args) - len(o.words)}
	return t.operands()
}

func exportFunctions(c *command.Call, names []string, remove bool) int {
	for _, name := range names {
		f := c.State.Func(c.State.Names.Lookup(name))
		switch {
		case f == nil:
			return c.Errorf(1, "%s: there is no such function", name)
		case remove:
			c.State.ExportFunction(name, "")
		default:
			c.State.ExportFunction(name, "() "+f.Source)
		}
	}
	return 0
}
