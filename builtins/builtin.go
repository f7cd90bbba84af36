package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed builtin.md
var builtinPage string

// runBuiltin is builtin: it runs a builtin whatever function has its name.
func runBuiltin(c *command.Call) int {
	words, bad := operands(c.Args)
	switch {
	case bad != "":
		return c.Usage("%s", bad)
	case len(words) == 0:
		return 0
	case c.Shell.Builtins().Lookup(words[0]) == nil:
		return c.Errorf(1, "%s is not a builtin%s", words[0], perhaps(words[0], builtinNames(c)))
	}
	return c.Shell.Run(words, command.RunOptions{})
}
