package builtins

import (
	_ "embed"

	"cosh/shell/command"
)

//go:embed explain.md
var explainPage string

// explain prints the plan of a command and runs nothing.
func explain(c *command.Call) int {
	plan, err := c.Shell.Plan(c.Args, c.Block)
	if err != nil {
		return c.Shell.Report(err)
	}
	c.Print(plan.Text())
	return 0
}
