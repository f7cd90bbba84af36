package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed shift.md
var shiftPage string

// shift drops positional parameters from the front (XCU shift). More than
// there are is status 1, which a script can test, and changes nothing.
func shift(c *command.Call) int {
	n, status := countOperand(c, 1)
	switch {
	case status != 0:
		return status
	case n < 0:
		return c.Usage("%d is negative", n)
	case n > len(c.State.Params):
		return c.Errorf(1, "%d is more than $#, which is %d", n, len(c.State.Params))
	}
	c.State.Params = c.State.Params[n:]
	return 0
}
