package builtins

import (
	_ "embed" // the help page
	"math"

	"cosh/shell/command"
)

//go:embed times.md
var timesPage string

// times prints the processor time of the shell and of its children, user then
// system (XCU times).
func times(c *command.Call) int {
	if len(c.Args) > 0 {
		return c.Usage("no operands are taken")
	}
	user, sys, childUser, childSys := c.Shell.Times()
	printTimes(c, user, sys)
	printTimes(c, childUser, childSys)
	return 0
}

func printTimes(c *command.Call, user, sys float64) {
	c.Printf("%dm%.3fs %dm%.3fs\n", int(user/60), math.Mod(user, 60), int(sys/60), math.Mod(sys, 60))
}
