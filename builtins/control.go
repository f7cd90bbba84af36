package builtins

import (
	_ "embed" // the help pages
	"strconv"

	"cosh/shell/command"
)

//go:embed break.md
var breakPage string

//go:embed continue.md
var continuePage string

//go:embed return.md
var returnPage string

//go:embed exit.md
var exitPage string

func breakLoop(c *command.Call) int { return leaveLoop(c, command.Shell.Break) }

func continueLoop(c *command.Call) int { return leaveLoop(c, command.Shell.Continue) }

// leaveLoop is break and continue: a count beyond the outermost loop means
// the outermost (XCU break).
func leaveLoop(c *command.Call, leave func(command.Shell, int)) int {
	n, status := countOperand(c, 1)
	if status != 0 {
		return status
	}
	if n < 1 {
		return c.Usage("the count of loops begins at 1")
	}
	if c.State.Loops == 0 {
		return c.Errorf(0, "no loop to leave: it means something inside for, while and until only")
	}
	leave(c.Shell, min(n, c.State.Loops))
	return 0
}

func returnStatus(c *command.Call) int {
	n, status := countOperand(c, c.State.ReturnStatus())
	if status != 0 {
		return status
	}
	if c.State.Depth == 0 && c.State.Sourced == 0 {
		return c.Errorf(1, "neither a function nor a dot script is running; exit leaves the shell")
	}
	c.Shell.Return(n & 0xff)
	return n & 0xff
}

func exitShell(c *command.Call) int {
	n, status := countOperand(c, c.State.ExitStatus())
	if status != 0 {
		return status
	}
	c.Shell.Exit(n & 0xff)
	return n & 0xff
}

// countOperand reads the one optional operand, a number. The status is not 0
// where it was reported to be wrong.
func countOperand(c *command.Call, absent int) (n, status int) {
	args := c.Args
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return absent, 0
	}
	if len(args) > 1 {
		return 0, c.Usage("one operand at most")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return 0, c.Usage("%s is not a number", args[0])
	}
	return n, 0
}
