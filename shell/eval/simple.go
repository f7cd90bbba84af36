package eval

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/command"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// simple is a compiled simple command.
type simple struct {
	line    int
	name    string // the command's name when it is constant, else ""
	id      session.ID
	builtin *command.Builtin // what name is unless a function hides it
	assigns []assignment
	words   words
	redirs  []redir
	block   *block // behind a wrapper
	tail    bool   // nothing follows it in this process
	text    string // source, for jobs
}

// assignment is NAME=word or NAME+=word before or instead of a command.
type assignment struct {
	id     session.ID
	text   func(*Shell) string
	number func(*Shell) int64 // instead of text, when the word is one integer
	add    bool
	grow   bool // v=$v…: text is what comes behind the old value

	sub    *subscript // NAME[subscript]=word
	list   []arrayElem
	isList bool // NAME=(…)
}

func (c *compiler) simple(cmd *syntax.CallExpr, s *syntax.Stmt) node {
	return c.simpleCommand(cmd, s).node()
}

// simpleCommand compiles a call without deciding how it is run.
func (c *compiler) simpleCommand(cmd *syntax.CallExpr, s *syntax.Stmt) *simple {
	out := &simple{line: c.line(s), redirs: c.redirs(s.Redirs), text: lang.Text(c.chunk, s), tail: c.tail[cmd]}
	for _, a := range cmd.Assigns {
		out.assigns = append(out.assigns, c.assignment(a))
	}
	args := c.braces(cmd.Args)
	if len(args) == 0 {
		return out
	}
	if name, ok := c.constantWord(args[0]); ok && name != "" {
		out.name, out.id = name, c.names.ID(name)
		out.builtin = c.sh.registry.Lookup(name)
	}
	if out.builtin != nil && out.builtin.Declares {
		out.words = c.declared(args)
	} else {
		out.words = c.separate(args)
	}
	return out
}

// declared compiles the words of a declaration utility: NAME=word expands as
// an assignment does (XCU 2.9.1.1).
func (c *compiler) declared(args []*syntax.Word) words {
	ws := make(words, len(args))
	for i, w := range args {
		if lit, ok := firstLit(w); ok {
			if eq := strings.IndexByte(lit, '='); eq > 0 && session.Valid(strings.TrimSuffix(lit[:eq], "+")) {
				text := joinText(c.parts(w, inAssign))
				ws[i] = func(sh *Shell) { sh.args = append(sh.args, text(sh)) }
				continue
			}
		}
		ws[i] = c.fields(w)
	}
	return ws
}

func firstLit(w *syntax.Word) (string, bool) {
	if len(w.Parts) == 0 {
		return "", false
	}
	lit, ok := w.Parts[0].(*syntax.Lit)
	if !ok {
		return "", false
	}
	return lit.Value, true
}

// declaration compiles export, readonly, local, which the parser knows as
// clauses of their own.
func (c *compiler) declaration(cmd *syntax.DeclClause, s *syntax.Stmt) node {
	name := cmd.Variant.Value
	out := &simple{line: c.line(s), redirs: c.redirs(s.Redirs), text: lang.Text(c.chunk, s),
		name: name, id: c.names.ID(name), builtin: c.sh.registry.Lookup(name)}
	out.words = words{func(sh *Shell) { sh.args = append(sh.args, name) }}
	for _, a := range cmd.Args {
		switch {
		case a.Array != nil && a.Name != nil:
			out.words = append(out.words, c.compoundArg(a))
		case a.Index != nil:
			out.words = append(out.words, c.elementArg(a))
		case a.Naked && a.Value != nil:
			out.words = append(out.words, c.fields(a.Value))
		case a.Naked:
			text := a.Name.Value
			out.words = append(out.words, func(sh *Shell) { sh.args = append(sh.args, text) })
		default:
			prefix := a.Name.Value + "="
			if a.Append {
				prefix = a.Name.Value + "+="
			}
			text := joinText(c.assigned(a.Value))
			out.words = append(out.words, func(sh *Shell) { sh.args = append(sh.args, prefix+text(sh)) })
		}
	}
	return out.node()
}

func (c *compiler) assignment(a *syntax.Assign) assignment {
	if a.Array != nil || a.Index != nil {
		return c.elementAssignment(a)
	}
	parts := c.assigned(a.Value)
	out := assignment{id: c.names.ID(a.Name.Value), add: a.Append, text: joinText(parts)}
	if len(parts) == 1 && parts[0].number != nil && !a.Append {
		out.number = parts[0].number
	}
	if !a.Append && len(parts) > 1 && parts[0].id == out.id {
		// v=$v… grows in place.
		out.grow, out.text = true, joinText(parts[1:])
	}
	return out
}

// node chooses the way to run the command.
func (s *simple) node() node {
	if len(s.words) == 0 && len(s.redirs) == 0 {
		return s.assignOnly()
	}
	if t := s.testNode(); t != nil {
		return t
	}
	return s.run
}

// assignOnly is a command that consists of assignments.
func (s *simple) assignOnly() node {
	if len(s.assigns) == 1 && s.assigns[0].number != nil && s.assigns[0].sub == nil {
		id, number, line := s.assigns[0].id, s.assigns[0].number, s.line
		return func(sh *Shell) ctl {
			sh.Line = line
			sh.last = 0
			n := number(sh)
			if sh.fault == nil {
				if err := sh.SetNumber(id, n); err != nil {
					sh.fail(err)
				}
			}
			if sh.fault != nil {
				return sh.fatal()
			}
			sh.Status = sh.last
			sh.alone()
			if sh.Options&session.XTrace != 0 {
				sh.traceAssigns(s.assigns)
			}
			return sh.errexit(ctlNext)
		}
	}
	return func(sh *Shell) ctl {
		sh.Line = s.line
		sh.last = 0
		if !sh.assignAll(s.assigns) {
			return sh.fatal()
		}
		sh.Status = sh.last
		sh.alone()
		if sh.Status != 0 {
			return sh.errexit(ctlNext)
		}
		return ctlNext
	}
}

// assignAll performs assignments that are a command of their own.
func (sh *Shell) assignAll(as []assignment) bool {
	if !sh.perform(as) {
		return false
	}
	if sh.Options&session.XTrace != 0 {
		sh.traceAssigns(as)
	}
	return true
}

// perform assigns, in order. It is false at the first fault.
func (sh *Shell) perform(as []assignment) bool {
	for i := range as {
		a := &as[i]
		switch {
		case a.sub != nil || a.isList:
			sh.performElement(a)
		case a.number != nil:
			if n := a.number(sh); sh.fault == nil {
				if err := sh.SetNumber(a.id, n); err != nil {
					sh.fail(err)
				}
			}
		case a.add:
			if v := a.text(sh); sh.fault == nil {
				if err := sh.Add(a.id, v); err != nil {
					sh.fail(err)
				}
			}
		case a.grow:
			if v := a.text(sh); sh.fault == nil {
				if err := sh.Append(a.id, v); err != nil {
					sh.fail(err)
				}
			}
		default:
			if v := a.text(sh); sh.fault == nil {
				sh.assign(a.id, v)
			}
		}
		if sh.fault != nil {
			return false
		}
	}
	return true
}

// run is the general way.
func (s *simple) run(sh *Shell) ctl {
	sh.Line = s.line
	if sh.process.pending.Load() != 0 {
		if r := sh.takeSignals(); r != ctlNext {
			return r
		}
	}
	sh.last = 0
	base := len(sh.args)
	if !sh.expand(s.words) {
		sh.args = sh.args[:base]
		return sh.fatal()
	}
	argv := sh.args[base:len(sh.args):len(sh.args)]
	r := s.dispatch(sh, argv)
	sh.args = sh.args[:base]
	sh.alone()
	return r
}

// dispatch runs an expanded command: special builtin, function, builtin,
// program, in this order (XCU 2.9.1.4).
func (s *simple) dispatch(sh *Shell, argv []string) ctl {
	if len(argv) == 0 {
		return s.noCommand(sh)
	}
	b, id := s.builtin, s.id
	if s.name == "" {
		b, id = sh.registry.Lookup(argv[0]), sh.names.Lookup(argv[0])
	}
	if b != nil && b.Kind == command.Special {
		return s.special(sh, b, argv)
	}
	base := len(sh.saved)
	if !sh.redirect(s.redirs) {
		sh.restore(base)
		return sh.unredirected()
	}
	outer := sh.undone
	sh.undone = base
	r := s.ordinary(sh, b, id, argv)
	sh.undone = outer
	sh.restore(base)
	if r == ctlNext && sh.Status != 0 {
		return sh.errexit(r)
	}
	return r
}

// ordinary runs what is not a special builtin; redirections stand already.
func (s *simple) ordinary(sh *Shell, b *command.Builtin, id session.ID, argv []string) ctl {
	fn := sh.Func(id)
	if fn == nil && b == nil {
		return sh.external(s, argv)
	}
	undo, ok := sh.temporary(s.assigns)
	if !ok {
		sh.untemporary(undo)
		return sh.fatal()
	}
	sh.trace(s.assigns, argv)
	var r ctl
	switch {
	case fn != nil:
		r = sh.call(fn, argv[1:])
	case b.Kind == command.Wrapper:
		r = sh.wrapper(s, argv)
	default:
		r = sh.builtin(b, argv, s.block)
	}
	sh.untemporary(undo)
	return r
}

// special runs a special builtin: assignments before it persist, and an error
// in a redirection ends a script (XCU 2.15, 2.8.1).
func (s *simple) special(sh *Shell, b *command.Builtin, argv []string) ctl {
	base := len(sh.saved)
	if !sh.redirect(s.redirs) {
		sh.restore(base)
		sh.Status = 2
		return sh.abort()
	}
	if !sh.perform(s.assigns) {
		sh.restore(base)
		return sh.fatal()
	}
	if argv[0] == "exec" && len(argv) > 1 {
		for i := range s.assigns {
			sh.Mark(s.assigns[i].id, session.Exported)
		}
	}
	outer := sh.undone
	sh.undone = base
	sh.trace(s.assigns, argv)
	sh.undone = outer
	permanent := argv[0] == "exec" && len(argv) == 1
	r := sh.builtin(b, argv, s.block)
	if permanent && sh.Status == 0 {
		sh.keep(base)
	} else {
		sh.restore(base)
	}
	return sh.errexit(r)
}

// noCommand is a command without a name: its redirections are performed and
// undone, its assignments persist.
func (s *simple) noCommand(sh *Shell) ctl {
	base := len(sh.saved)
	ok := sh.redirect(s.redirs)
	sh.restore(base)
	if !ok {
		return sh.unredirected()
	}
	if !sh.assignAll(s.assigns) {
		return sh.fatal()
	}
	sh.Status = sh.last
	return sh.errexit(ctlNext)
}

// temporary performs assignments that last for one function or builtin; they
// are exported meanwhile.
func (sh *Shell) temporary(as []assignment) (undo []session.Saved, ok bool) {
	for i := range as {
		undo = append(undo, sh.Save(as[i].id))
		if !sh.perform(as[i : i+1]) {
			return undo, false
		}
		sh.Mark(as[i].id, session.Exported)
	}
	return undo, true
}

func (sh *Shell) untemporary(undo []session.Saved) {
	for i := len(undo) - 1; i >= 0; i-- {
		sh.Restore(undo[i])
	}
}
