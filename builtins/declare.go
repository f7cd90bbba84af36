package builtins

import (
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
)

// declaration is export, readonly: a property that variables are given.
type declaration struct {
	flag session.Flag
	// word begins each line of the listing.
	word string
}

// declare marks the named variables, after assigning where a value is given.
// The arguments arrive expanded, NAME=value as one word.
func (d declaration) declare(c *command.Call, names []string) int {
	for _, arg := range names {
		name, value, assign := strings.Cut(arg, "=")
		if !session.Valid(name) {
			return c.Errorf(2, "%s is not a name", arg)
		}
		id := c.State.Names.ID(name)
		if assign {
			if err := c.State.Set(id, value); err != nil {
				return c.Errorf(2, "%v", err)
			}
		}
		c.State.Mark(id, d.flag)
	}
	return 0
}

// list prints every variable that has the property so that the shell can read
// it again.
func (d declaration) list(c *command.Call) int {
	c.State.Each(d.flag, func(_ session.ID, name, value string, flags session.Flag) {
		if flags&session.Set != 0 {
			c.SetOut(appendAssignment(c.Out(), d.word+" ", name, value))
		} else {
			c.Print(d.word + " " + name + "\n")
		}
	})
	return 0
}
