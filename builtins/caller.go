package builtins

import (
	_ "embed" // the help page
	"strconv"

	"cosh/shell/command"
)

//go:embed caller.md
var callerPage string

// caller prints where the running function was called from.
func caller(c *command.Call) int {
	words, bad := operands(c.Args)
	level := 0
	switch {
	case bad != "":
		return c.Usage("%s", bad)
	case len(words) > 1:
		return c.Usage("one operand at most")
	case len(words) == 1:
		n, err := strconv.Atoi(words[0])
		if err != nil || n < 0 {
			return c.Usage("%s is not a number", words[0])
		}
		level = n
	}
	frames := c.State.Frames
	if len(words) == 0 && len(frames) == 0 {
		c.Print("0 NULL\n") // as bash says it
		return 0
	}
	if level >= len(frames) {
		return 1
	}
	line, name, file := callSite(c, level)
	if len(words) == 0 {
		c.Print(strconv.Itoa(line) + " " + file + "\n")
		return 0
	}
	c.Print(strconv.Itoa(line) + " " + name + " " + file + "\n")
	return 0
}

// callSite is where the call of the running function, or of one level further out,
// stands: the line, the function it is in and its file.
func callSite(c *command.Call, level int) (line int, function, file string) {
	frames := c.State.Frames
	i := len(frames) - 1 - level
	line, function, file = frames[i].Line, "main", c.State.Name
	if i > 0 {
		function = frames[i-1].Func.Name
		if script := frames[i-1].Func.Script; script != "" {
			file = script
		}
	}
	return line, function, file
}
