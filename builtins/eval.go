package builtins

import (
	_ "embed" // the help page
	"strings"

	"cosh/shell/command"
)

//go:embed eval.md
var evalPage string

// eval runs its arguments, joined by blanks, as shell code (XCU eval).
func eval(c *command.Call) int {
	args := c.Args
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	switch len(args) {
	case 0:
		return 0
	case 1:
		return c.Shell.Eval(args[0])
	}
	return c.Shell.Eval(strings.Join(args, " "))
}
