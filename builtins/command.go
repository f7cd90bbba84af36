package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed command.md
var commandPage string

var commandFlags = []command.Flag{
	{Name: "path", Letter: 'p', Help: "search the path of the standard utilities"},
	{Name: "identify", Letter: 'v', Help: "print what would run, in short"},
	{Name: "describe", Letter: 'V', Help: "say what would run"},
}

// runCommand is command: it runs a command past the functions, or says what a
// name means (XCU command).
func runCommand(c *command.Call) int {
	o := options{flags: commandFlags, words: c.Args}
	var how command.RunOptions
	var ask byte
	for o.next() {
		if o.letter == 'p' {
			how.DefaultPath = true
		} else {
			ask = o.letter
		}
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) == 0:
		return 0
	case ask == 0:
		return c.Shell.Run(o.words, how)
	}
	how.Functions = true
	status := 0
	for _, name := range o.words {
		found := c.Shell.Find(name, how)
		switch {
		case ask == 'V' && found.Kind == command.NotFound:
			status = notFound(c, name)
		case ask == 'V':
			describe(c, name, found)
		case found.Kind == command.NotFound:
			status = 1
		default:
			identify(c, name, found)
		}
	}
	return status
}

// identify prints the short form of command -v: a path, an alias's definition
// or the name.
func identify(c *command.Call, name string, found command.Found) {
	switch found.Kind {
	case command.FoundFile:
		c.Print(found.Path + "\n")
	case command.FoundAlias:
		c.SetOut(appendAssignment(c.Out(), "alias ", name, found.Path))
	default:
		c.Print(name + "\n")
	}
}
