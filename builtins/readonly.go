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
	{Name: "array", Letter: 'a', Help: "indexed arrays"},
	{Name: "associative", Letter: 'A', Help: "associative arrays"},
	{Name: "functions", Letter: 'f', Help: "refused: functions stay open to change"},
}

// readonly forbids assignments to variables (XCU readonly).
func readonly(c *command.Call) int {
	d := declaration{flag: session.Readonly, word: "readonly"}
	o := options{flags: readonlyFlags, words: c.Args}
	var with session.Flag
	funcs := false
	for o.next() {
		with |= attribute(o.letter)
		funcs = funcs || o.letter == 'f'
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case funcs:
		return c.Usage("a function cannot be readonly")
	case len(o.words) == 0:
		return d.list(c)
	}
	return d.declare(c, len(c.Args)-len(o.words), with)
}
