package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed readonly.md
var readonlyPage string

var readonlyFlags = []command.Flag{
	{Name: "print", Letter: 'p', Help: "list the readonly variables so that they can be read again"},
}

// readonly forbids assignments to variables (XCU readonly).
func readonly(c *command.Call) int {
	d := declaration{flag: session.Readonly, word: "readonly"}
	o := options{flags: readonlyFlags, words: c.Args}
	for o.next() {
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	if len(o.words) == 0 {
		return d.list(c)
	}
	return d.declare(c, o.words)
}
