package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed hash.md
var hashPage string

var hashFlags = []command.Flag{
	{Name: "reset", Letter: 'r', Help: "forget where commands were found"},
}

// hash forgets the remembered paths of commands, or looks names up so that
// they are remembered (XCU hash).
func hash(c *command.Call) int {
	o := options{flags: hashFlags, words: c.Args}
	for o.next() {
		c.Shell.Rehash()
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	status := 0
	for _, name := range o.words {
		if c.Shell.Find(name, command.RunOptions{}).Kind == command.NotFound {
			status = c.Errorf(1, "%s: not found", name)
		}
	}
	return status
}
