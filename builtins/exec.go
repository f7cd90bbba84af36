package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed exec.md
var execPage string

var execFlags = []command.Flag{
	{Name: "name", Letter: 'a', Arg: "NAME", Help: "the name that the command is given as its own"},
	{Name: "clear", Letter: 'c', Help: "in an empty environment"},
	{Name: "login", Letter: 'l', Help: "as a login shell: with - before its name"},
}

// execute is exec: it replaces the shell. Without a command only its
// redirections count, and the evaluator has made them last (XCU exec).
func execute(c *command.Call) int {
	o := options{flags: execFlags, words: c.Args}
	var how command.ExecOptions
	for o.next() {
		switch o.letter {
		case 'a':
			how.Name = o.value
		case 'c':
			how.Clear = true
		case 'l':
			how.Login = true
		}
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) == 0:
		return 0
	case how != command.ExecOptions{}:
		return c.Shell.ExecAs(o.words, how)
	}
	return c.Shell.Exec(o.words)
}
