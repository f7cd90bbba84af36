package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed unset.md
var unsetPage string

var unsetFlags = []command.Flag{
	{Name: "function", Letter: 'f', Help: "the names are functions"},
	{Name: "variable", Letter: 'v', Help: "the names are variables"},
	{Name: "reference", Letter: 'n', Help: "the names are references, not what they refer to"},
}

// unset removes variables and functions (XCU unset). Without an option a name
// is a variable, or where there is none of that name a function, as in bash.
func unset(c *command.Call) int {
	o := options{flags: unsetFlags, words: c.Args}
	var kind byte
	for o.next() {
		if kind != 0 && kind != o.letter {
			return c.Usage("-f, -n and -v exclude each other")
		}
		kind = o.letter
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	for _, name := range o.words {
		if kind != 'f' && !session.ValidRef(name) {
			return c.Errorf(2, "%s is not a name", name)
		}
		if err := unsetName(c.State, name, kind); err != nil {
			return c.Errorf(2, "%v", err)
		}
	}
	return 0
}

func unsetName(s *session.Session, name string, kind byte) error {
	if kind != 'f' && !session.Valid(name) {
		return s.UnsetRef(name)
	}
	id := s.Names.Lookup(name)
	if id == 0 {
		return nil
	}
	if kind == 'f' || kind == 0 && s.FlagsOf(id)&(session.Set|session.Readonly|session.Arrays|session.NameRef) == 0 && s.Func(id) != nil {
		s.SetFunc(id, nil)
		return nil
	}
	if kind == 'n' {
		return s.Dereference(id)
	}
	return s.Unset(id)
}
