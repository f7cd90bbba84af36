package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed exec.md
var execPage string

// execute is exec: it replaces the shell. Without a command only its
// redirections count, and the evaluator has made them last (XCU exec).
func execute(c *command.Call) int {
	args, bad := operands(c.Args)
	switch {
	case bad != "":
		return c.Usage("%s", bad)
	case len(args) == 0:
		return 0
	}
	return c.Shell.Exec(args)
}
