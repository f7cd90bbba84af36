package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed let.md
var letPage string

// let evaluates arithmetic expressions; the status is 1 when the last one is 0.
func let(c *command.Call) int {
	args := c.Args
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return c.Errorf(1, "an expression is missing")
	}
	var n int64
	for _, arg := range args {
		var err error
		if n, err = c.State.Language.Arithmetic(arg); err != nil {
			return c.Errorf(1, "%v", err)
		}
	}
	if n == 0 {
		return 1
	}
	return 0
}
