package builtins

import (
	_ "embed" // the help page
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed local.md
var localPage string

// local makes variables that last until the function returns. POSIX has none;
// as in bash a variable without a value is unset, and stays exported if it was.
func local(c *command.Call) int {
	names, bad := operands(c.Args)
	switch {
	case bad != "":
		return c.Usage("%s", bad)
	case c.State.Depth == 0:
		return c.Errorf(1, "no function is running: an ordinary assignment does it here")
	case len(names) == 0:
		return listLocals(c)
	}
	for _, arg := range names {
		name, value, assign := strings.Cut(arg, "=")
		if !session.Valid(name) {
			return c.Errorf(1, "%s is not a name", arg)
		}
		if err := makeLocal(c.State, c.State.Names.ID(name), value, assign); err != nil {
			return c.Errorf(1, "%v", err)
		}
	}
	return 0
}

func makeLocal(s *session.Session, id session.ID, value string, assign bool) error {
	fresh, err := s.MakeLocal(id)
	switch {
	case err != nil:
		return err
	case assign:
		return s.Set(id, value)
	case !fresh:
		return nil
	}
	exported := s.FlagsOf(id) & session.Exported
	if err := s.Unset(id); err != nil {
		return err
	}
	s.Mark(id, exported)
	return nil
}

func listLocals(c *command.Call) int {
	c.State.Each(session.Local, func(_ session.ID, name, value string, flags session.Flag) {
		if flags&session.Set != 0 {
			c.SetOut(appendAssignment(c.Out(), "", name, value))
		}
	})
	return 0
}
