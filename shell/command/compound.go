package command

import "cosh/shell/session"

// Compound is an argument NAME=(…) of a declaration utility. Its words have
// been expanded; Assign makes the elements once the variable is what it is to
// be, for the subscripts mean one thing in an indexed array and another in an
// associative one.
type Compound struct {
	Arg    int // its place in Call.Args
	Assign func(session.ID) error
}

// Compound returns the array value of the argument i, nil when it has none.
func (c *Call) Compound(i int) func(session.ID) error {
	for _, p := range c.Compounds {
		if p.Arg == i {
			return p.Assign
		}
	}
	return nil
}
