package builtins

import (
	"cosh/shell/command"
	"cosh/shell/session"
)

// declaration is export, readonly: a property that variables are given.
type declaration struct {
	flag session.Flag
	// word begins each line of the listing.
	word string
}

// declare gives the operands from the place first on the property, after
// assigning where a value is given.
func (d declaration) declare(c *command.Call, first int, with session.Flag) int {
	t := typeset{call: c, on: d.flag | with, first: first}
	return t.operands()
}

// list prints every variable that has the property so that the shell can read
// it again.
func (d declaration) list(c *command.Call) int {
	c.State.Each(d.flag, func(id session.ID, name, value string, flags session.Flag) {
		switch {
		case flags&session.Arrays != 0:
			kind := " -a "
			if flags&session.Assoc != 0 {
				kind = " -A "
			}
			c.Print(d.word + kind + name)
			if flags&session.Set != 0 {
				c.Print("=" + c.State.Compound(id))
			}
			c.Print("\n")
		case flags&session.Set != 0:
			c.SetOut(appendAssignment(c.Out(), d.word+" ", name, value))
		default:
			c.Print(d.word + " " + name + "\n")
		}
	})
	return 0
}
