package builtins

import (
	_ "embed" // the help page
	"fmt"
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed declare.md
var declarePage string

//go:embed typeset.md
var typesetPage string

var declareFlags = []command.Flag{
	{Name: "array", Letter: 'a', Help: "indexed arrays"},
	{Name: "associative", Letter: 'A', Help: "associative arrays"},
	{Name: "functions", Letter: 'f', Help: "the names are functions; show them"},
	{Name: "function-names", Letter: 'F', Help: "the names are functions; show their names"},
	{Name: "global", Letter: 'g', Help: "the global variables, even in a function"},
	{Name: "integer", Letter: 'i', Help: "what is assigned is an arithmetic expression"},
	{Name: "lower", Letter: 'l', Help: "what is assigned becomes lower case"},
	{Name: "reference", Letter: 'n', Help: "another name for the variable that the value names"},
	{Name: "print", Letter: 'p', Help: "show the variables so that they can be read again"},
	{Name: "readonly", Letter: 'r', Help: "assigning to them is an error"},
	{Name: "upper", Letter: 'u', Help: "what is assigned becomes upper case"},
	{Name: "export", Letter: 'x', Help: "part of the environment of commands"},
}

// attribute is the property that an option of declare gives, 0 for others.
func attribute(letter byte) session.Flag {
	switch letter {
	case 'a':
		return session.Indexed
	case 'A':
		return session.Assoc
	case 'i':
		return session.Integer
	case 'l':
		return session.Lower
	case 'n':
		return session.NameRef
	case 'r':
		return session.Readonly
	case 'u':
		return session.Upper
	case 'x':
		return session.Exported
	}
	return 0
}

// typeset is declare, typeset, local, export or readonly, taken apart.
type typeset struct {
	call    *command.Call
	on, off session.Flag
	local   bool // the variables become the running function's
	global  bool // -g
	print   bool // -p
	funcs   bool // -f
	names   bool // -F
	bad     string
	first   int // the place of the first operand in Args
}

// parse reads the options, which may begin with +, off the front of Args. Only
// the letters in allowed count.
func (t *typeset) parse(allowed string) {
	args := t.call.Args
	for t.first < len(args) {
		w := args[t.first]
		if w == "--" {
			t.first++
			return
		}
		if len(w) < 2 || w[0] != '-' && w[0] != '+' || w[0] == '+' && !strings.Contains(allowed, "i") {
			return
		}
		for i := 1; i < len(w); i++ {
			if strings.IndexByte(allowed, w[i]) < 0 {
				t.bad = w[:1] + string(rune(w[i])) + " is not an option"
				return
			}
			t.option(w[i], w[0] == '-')
		}
		t.first++
	}
}

func (t *typeset) option(letter byte, on bool) {
	switch f := attribute(letter); {
	case f != 0 && on:
		t.on |= f
		const both = session.Lower | session.Upper
		if f&both != 0 {
			t.off |= both &^ f
		}
		if t.on&both == both {
			t.on &^= both
		}
	case f != 0:
		t.off |= f
	case letter == 'g':
		t.global = true
	case letter == 'p':
		t.print = true
	case letter == 'f':
		t.funcs = true
	case letter == 'F':
		t.funcs, t.names = true, true
	}
}

// declare makes variables and gives them properties (bash); in a function they
// are local to it. typeset is its other name.
func declare(c *command.Call) int {
	t := typeset{call: c, local: c.State.Depth > 0}
	t.parse("aAfFgilnprtux")
	t.local = t.local && !t.global
	switch {
	case t.bad != "":
		return c.Usage("%s", t.bad)
	case t.funcs:
		return t.functions()
	case t.print || t.first == len(c.Args):
		return t.list()
	}
	return t.operands()
}

// operands handles the NAME and NAME=VALUE arguments. A wrong one does not
// keep the others from being done.
func (t *typeset) operands() int {
	status := 0
	for i := t.first; i < len(t.call.Args); i++ {
		if s := t.operand(i); s != 0 {
			status = s
		}
	}
	return status
}

// operand handles the argument i and returns the status.
func (t *typeset) operand(i int) int {
	c := t.call
	if name, value, assign := strings.Cut(c.Args[i], "="); t.local && t.on|t.off == 0 && len(c.Compounds) == 0 && session.Valid(name) {
		if err := plainLocal(c.State, c.State.Names.ID(name), value, assign); err != nil {
			return c.Errorf(1, "%v", err)
		}
		return 0
	}
	if c.Args[i] == "-" && c.Name == "local" {
		c.State.KeepOptions()
		return 0
	}
	o := parseOperand(c.Args[i])
	if o.name == "" {
		return c.Errorf(t.fault(), "%s is not a name", c.Args[i])
	}
	id := c.State.Names.ID(o.name)
	do := func() error { return t.perform(id, &o, c.Compound(i)) }
	var err error
	if t.global {
		err = c.State.Global(id, do)
	} else {
		err = do()
	}
	if err != nil {
		return c.Errorf(t.fault(), "%v", err)
	}
	return 0
}

// fault is the status of an error: of a special builtin, one that ends a
// script (XCU 2.8.1).
func (t *typeset) fault() int {
	if t.call.Name == "export" || t.call.Name == "readonly" {
		return 2
	}
	return 1
}

// perform makes the variable, gives it its properties and then its value.
func (t *typeset) perform(id session.ID, o *operand, compound func(session.ID) error) error {
	s := t.call.State
	if t.local {
		if err := newLocal(s, id); err != nil {
			return err
		}
	}
	if (t.on|t.off)&session.NameRef != 0 {
		return t.reference(id, o)
	}
	target, sub, elem := s.Resolve(id)
	if elem && !o.elem {
		o.sub, o.elem = sub, true
	}
	id = target
	if s.FlagsOf(id)&session.Readonly != 0 && (o.assign || t.off&session.Readonly != 0 || t.on&session.Arrays&^s.FlagsOf(id) != 0) {
		return &session.ReadonlyError{Name: s.Names.Name(id)}
	}
	for _, kind := range [...]session.Flag{session.Assoc, session.Indexed} {
		if t.on&kind != 0 {
			if err := s.MakeArray(id, kind); err != nil {
				return err
			}
			break
		}
	}
	const plain = session.Exported | session.Integer | session.Lower | session.Upper
	s.Unmark(id, t.off&plain)
	s.Mark(id, t.on&plain)
	var err error
	switch {
	case compound != nil:
		err = compound(id)
	case o.assign && !o.elem && s.Kind(id) != 0 && strings.HasPrefix(o.value, "(") && strings.HasSuffix(o.value, ")"):
		err = t.reread(id, o)
	case o.elem && o.assign:
		err = assignElement(s, id, o)
	case o.elem:
		err = makeSome(s, id)
	case o.assign && o.add:
		err = s.Add(id, o.value)
	case o.assign:
		err = s.Set(id, o.value)
	}
	if !o.assign && t.off == 0 {
		s.Mark(id, session.Declared)
	}
	if err == nil {
		s.Mark(id, t.on&session.Readonly)
	}
	return err
}

// reread is declare -a 'NAME=(…)': the quoted text is read as the script's own.
func (t *typeset) reread(id session.ID, o *operand) error {
	op := "="
	if o.add {
		op = "+="
	}
	name := t.call.State.Names.Name(id)
	if t.call.Shell.Eval(name+op+o.value) != 0 {
		return fmt.Errorf("%s: the value is no list", name)
	}
	return nil
}

func assignElement(s *session.Session, id session.ID, o *operand) error {
	at, err := s.Subscript(id, o.sub)
	switch {
	case err != nil:
		return err
	case o.add:
		return s.AppendElem(id, at, o.value)
	}
	return s.SetElem(id, at, o.value)
}

// reference makes a name reference, or undoes one.
func (t *typeset) reference(id session.ID, o *operand) error {
	s := t.call.State
	if t.off&session.NameRef != 0 {
		target, ok := s.Target(id)
		if !ok {
			return nil
		}
		if err := s.Dereference(id); err != nil {
			return err
		}
		return s.Set(id, target)
	}
	target := o.value
	if !o.assign {
		target, _ = s.Get(id)
		if old, ok := s.Target(id); ok {
			target = old
		}
	}
	if err := s.Refer(id, target); err != nil {
		return err
	}
	s.Mark(id, t.on&(session.Readonly|session.Exported))
	return nil
}
