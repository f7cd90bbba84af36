package builtins

import (
	"sort"
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
)

// list shows variables: those named, or all that have the properties.
func (t *typeset) list() int {
	c := t.call
	if t.first == len(c.Args) {
		if !t.print && t.on == 0 && t.call.Name != "local" {
			listAll(c)
			return 0
		}
		t.listWith()
		return 0
	}
	status := 0
	for _, name := range c.Args[t.first:] {
		id := c.State.Names.Lookup(name)
		if id == 0 || !known(c.State, id) {
			status = c.Errorf(1, "%s: not found", name)
			continue
		}
		c.Print(c.State.Declaration(id) + "\n")
	}
	return status
}

// known reports a variable that has a value or properties.
func known(s *session.Session, id session.ID) bool {
	if s.FlagsOf(id)&^session.Special != 0 {
		return true
	}
	_, ok := s.Get(id)
	return ok
}

const shown = session.Set | session.Exported | session.Readonly | session.Integer | session.Lower | session.Upper |
	session.Arrays | session.NameRef | session.Local | session.Declared

func (t *typeset) listWith() {
	c := t.call
	with := shown
	if t.call.Name == "local" {
		with = session.Local
	}
	c.State.Each(with, func(id session.ID, _, _ string, flags session.Flag) {
		if flags&t.on == t.on {
			c.Print(c.State.Declaration(id) + "\n")
		}
	})
}

// listAll is set without arguments: variables, arrays among them.
func listAll(c *command.Call) {
	c.State.Each(session.Set, func(id session.ID, name, value string, flags session.Flag) {
		if flags&session.Arrays != 0 {
			c.Print(name + "=" + c.State.Compound(id) + "\n")
			return
		}
		c.SetOut(appendAssignment(c.Out(), "", name, value))
	})
}

// functions is declare -f and -F.
func (t *typeset) functions() int {
	c := t.call
	if t.first == len(c.Args) {
		var list []*session.Function
		c.State.Funcs(func(f *session.Function) { list = append(list, f) })
		sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
		for _, f := range list {
			if t.names {
				c.Print("declare -f " + f.Name + "\n")
			} else {
				c.Print(strings.TrimRight(c.Shell.FunctionText(f), "\n") + "\n")
			}
		}
		return 0
	}
	status := 0
	for _, name := range c.Args[t.first:] {
		f := c.State.Func(c.State.Names.Lookup(name))
		switch {
		case f == nil:
			status = 1
		case t.names:
			c.Print(name + "\n")
		case t.on == 0:
			c.Print(strings.TrimRight(c.Shell.FunctionText(f), "\n") + "\n")
		}
	}
	return status
}
