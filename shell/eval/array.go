package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/command"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// arrayElem is one of the elements in a=(…): words that become as many
// elements as fields, or [subscript]=word.
type arrayElem struct {
	sub    *subscript
	add    bool // [subscript]+=word
	text   func(*Shell) string
	fields func(*Shell)
}

func (c *compiler) arrayElems(a *syntax.ArrayExpr) []arrayElem {
	var out []arrayElem
	for _, e := range a.Elems {
		if raw, ok := c.chunk.Subscript(e); ok {
			out = append(out, arrayElem{sub: c.subscript(raw), add: c.chunk.Appends(e), text: joinText(c.assigned(e.Value))})
			continue
		}
		if e.Value == nil {
			continue
		}
		for _, f := range c.words([]*syntax.Word{e.Value}) {
			out = append(out, arrayElem{fields: f})
		}
	}
	return out
}

// arrayValue is an element whose words have been expanded.
type arrayValue struct {
	sub  *subscript
	text string
	add  bool
}

// expandElems expands the words, all before anything is assigned: in
// a=("${a[@]}" x) the old elements count.
func (sh *Shell) expandElems(elems []arrayElem) []arrayValue {
	base := len(sh.args)
	values := make([]arrayValue, 0, len(elems))
	for i := range elems {
		e := &elems[i]
		if e.sub != nil {
			values = append(values, arrayValue{e.sub, e.text(sh), e.add})
		} else {
			e.fields(sh)
			for _, text := range sh.args[base:] {
				values = append(values, arrayValue{text: text})
			}
			sh.args = sh.args[:base]
		}
		if sh.fault != nil {
			return nil
		}
	}
	return values
}

// assignElems performs a=(…) or, with add, a+=(…).
func (sh *Shell) assignElems(id session.ID, values []arrayValue, add bool) error {
	id, _, _ = sh.Resolve(id)
	if add {
		if kind := sh.Kind(id); kind == 0 {
			if err := sh.MakeArray(id, session.Indexed); err != nil {
				return err
			}
		}
	} else if err := sh.Clear(id); err != nil {
		return err
	}
	if sh.Kind(id)&session.Assoc != 0 {
		return sh.assignPairs(id, values)
	}
	next := sh.Top(id)
	for i := range values {
		v := &values[i]
		at := session.Sub{N: next}
		if v.sub != nil {
			if at = v.sub.at(sh, id); sh.fault != nil {
				return nil
			}
			if at.N < 0 {
				at.N += sh.Top(id)
			}
		}
		if err := sh.storeElem(id, at, v.text, v.add); err != nil {
			return err
		}
		next = at.N + 1
	}
	if len(values) == 0 && add && sh.Count(id) == 0 {
		return sh.Clear(id)
	}
	return nil
}

// assignPairs fills an associative array: elements without a subscript are a
// key and a value in turn.
func (sh *Shell) assignPairs(id session.ID, values []arrayValue) error {
	for i := 0; i < len(values); i++ {
		v := &values[i]
		at := session.Sub{Key: v.text}
		text := ""
		if v.sub != nil {
			if at, text = v.sub.at(sh, id), v.text; sh.fault != nil {
				return nil
			}
		} else if i+1 < len(values) {
			i++
			text = values[i].text
		}
		if err := sh.storeElem(id, at, text, v.add); err != nil {
			return err
		}
	}
	return nil
}

func (sh *Shell) storeElem(id session.ID, at session.Sub, text string, add bool) error {
	if add {
		return sh.AppendElem(id, at, text)
	}
	return sh.SetElem(id, at, text)
}

// elementAssignment is a[i]=word or a=(…).
func (c *compiler) elementAssignment(a *syntax.Assign) assignment {
	out := assignment{id: c.names.ID(a.Name.Value), add: a.Append}
	if a.Array != nil {
		out.isList = true
		out.list = c.arrayElems(a.Array)
		return out
	}
	raw, _ := c.chunk.Subscript(a)
	out.sub = c.subscript(raw)
	parts := c.assigned(a.Value)
	out.text = joinText(parts)
	if len(parts) == 1 && parts[0].number != nil && !a.Append {
		out.number = parts[0].number
	}
	return out
}

// performElement does one assignment of that kind.
func (sh *Shell) performElement(a *assignment) {
	var err error
	switch {
	case a.isList:
		if values := sh.expandElems(a.list); sh.fault == nil {
			err = sh.assignElems(a.id, values, a.add)
		}
	case a.number != nil:
		n := a.number(sh)
		if at := a.sub.at(sh, a.id); sh.fault == nil {
			err = sh.SetElemNumber(a.id, at, n)
		}
	default:
		v := a.text(sh)
		at := a.sub.at(sh, a.id)
		switch {
		case sh.fault != nil:
		case a.add:
			err = sh.AppendElem(a.id, at, v)
		default:
			err = sh.SetElem(a.id, at, v)
		}
	}
	if err != nil {
		sh.fail(err)
	}
}

// assignedText is an assignment as a trace shows it, after it was made.
func (sh *Shell) assignedText(a *assignment) string {
	name := sh.names.Name(a.id)
	switch {
	case a.isList:
		return name + "=" + sh.Compound(a.id)
	case a.sub != nil:
		v, _ := sh.Elem(a.id, a.sub.at(sh, a.id))
		return name + "[" + a.sub.raw + "]=" + quote(v)
	}
	v, _ := sh.Get(a.id)
	return name + "=" + quote(v)
}

// compoundArg is NAME=(…) among the arguments of declare and its kin: the
// words are expanded with the others, the array is assigned when the builtin
// has made the variable what it is to be.
func (c *compiler) compoundArg(a *syntax.Assign) func(*Shell) {
	elems := c.arrayElems(a.Array)
	text := lang.Text(c.chunk, a)
	add := a.Append
	return func(sh *Shell) {
		values := sh.expandElems(elems)
		sh.compounds = append(sh.compounds, compound{len(sh.args), func(id session.ID) error {
			return sh.assignElems(id, values, add)
		}})
		sh.args = append(sh.args, text)
	}
}

// compound is an array value that waits for its builtin; arg is the place of
// its word on the argument stack.
type compound struct {
	arg    int
	assign func(session.ID) error
}

// elementArg is NAME[subscript]=word among such arguments.
func (c *compiler) elementArg(a *syntax.Assign) func(*Shell) {
	raw, _ := c.chunk.Subscript(a)
	sub := c.subscript(raw)
	name := a.Name.Value
	if a.Naked {
		return func(sh *Shell) { sh.args = append(sh.args, name+"["+raw+"]") }
	}
	text := joinText(c.assigned(a.Value))
	op := "]="
	if a.Append {
		op = "]+="
	}
	return func(sh *Shell) {
		v := text(sh)
		sh.args = append(sh.args, name+"["+sub.key(sh)+op+v)
	}
}

// isCompound reports an array value at that place on the argument stack.
func (sh *Shell) isCompound(at int) bool {
	for i := range sh.compounds {
		if sh.compounds[i].arg == at {
			return true
		}
	}
	return false
}

// takeCompounds gives the builtin the array values of its arguments, the
// first of which is at the place first on the argument stack.
func (sh *Shell) takeCompounds(c *command.Call, first int) {
	for _, p := range sh.compounds {
		if i := p.arg - first; i >= 0 && i < len(c.Args) {
			c.Compounds = append(c.Compounds, command.Compound{Arg: i, Assign: p.assign})
		}
	}
	sh.compounds = nil
}

// alone notes that a command ran outside of a pipeline: PIPESTATUS is its
// status.
func (sh *Shell) alone() {
	if sh.Pipe != nil {
		sh.Pipe = nil
	}
}
