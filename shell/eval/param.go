package eval

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/session"
)

// parameter is what a parameter expansion reads: a variable, a positional
// parameter or a special one.
type parameter struct {
	name  string
	id    session.ID // a variable
	index int        // a positional parameter, -1: none; 0 is $0
	list  byte       // '@' or '*'

	// of is the variable that an element or a list of elements belongs to.
	of session.ID
	// elems appends the values of a list, nil for $@ and $*; count is how many.
	elems func(*Shell, []string) []string
	count func(*Shell) int
	// assign is ${a[i]=word}, nil where id says it all.
	assign func(*Shell, string) error

	// get returns the value and whether the parameter is set.
	get func(*Shell) (string, bool)
}

func (c *compiler) parameter(name string) parameter {
	p := parameter{name: name, index: -1}
	switch {
	case name == "@" || name == "*":
		p.list = name[0]
		join := joinParams(name[0])
		p.get = func(sh *Shell) (string, bool) { return join(sh), len(sh.Params) > 0 }
	case name[0] >= '0' && name[0] <= '9':
		n, err := strconv.Atoi(name)
		if err != nil {
			n = 1 << 30
		}
		p.index = n
		p.get = positional(n)
	case session.Valid(name):
		id := c.names.ID(name)
		p.id = id
		p.get = func(sh *Shell) (string, bool) { return sh.Get(id) }
	default:
		p.get = special(name[0])
	}
	return p
}

func positional(n int) func(*Shell) (string, bool) {
	if n == 0 {
		return func(sh *Shell) (string, bool) { return sh.Name, true }
	}
	return func(sh *Shell) (string, bool) {
		if n > len(sh.Params) {
			return "", false
		}
		return sh.Params[n-1], true
	}
}

// special is the value of $# $? $- $$ $!.
func special(ch byte) func(*Shell) (string, bool) {
	switch ch {
	case '#':
		return func(sh *Shell) (string, bool) { return strconv.Itoa(len(sh.Params)), true }
	case '?':
		return func(sh *Shell) (string, bool) { return strconv.Itoa(sh.Status), true }
	case '-':
		return func(sh *Shell) (string, bool) { return sh.Options.Letters(), true }
	case '$':
		return func(sh *Shell) (string, bool) { return strconv.Itoa(sh.Pid), true }
	case '!':
		return func(sh *Shell) (string, bool) {
			if sh.Background == 0 {
				return "", false
			}
			return strconv.Itoa(sh.Background), true
		}
	}
	return func(*Shell) (string, bool) { return "", false }
}

// joinParams is "$*" (joined by IFS's first character) or, where fields
// cannot be made, "$@" (joined by a space).
func joinParams(list byte) func(*Shell) string {
	if list == '*' {
		return func(sh *Shell) string { return strings.Join(sh.Params, sh.IFS().First) }
	}
	return func(sh *Shell) string { return strings.Join(sh.Params, " ") }
}

// param compiles a parameter expansion.
func (c *compiler) param(e *syntax.ParamExp, quoted bool) part {
	if e.Param == nil || e.Width || e.IsSet || e.Flags != nil {
		f := c.refuse(e)
		return part{quoted: quoted, text: func(sh *Shell) string { f(sh); sh.failf("expansion failed"); return "" }}
	}
	if e.Excl {
		return c.excl(e, quoted)
	}
	if text, ok := c.chunk.BadSubstitution(e); ok {
		return part{quoted: quoted, text: func(sh *Shell) string { sh.failf("%s: bad substitution", text); return "" }}
	}
	p := c.parameter(e.Param.Value)
	if raw, ok := c.chunk.Subscript(e); ok {
		p = c.element(p, raw)
	}
	return c.expansion(p, e, quoted)
}

// expansion compiles what e does with the parameter p.
func (c *compiler) expansion(p parameter, e *syntax.ParamExp, quoted bool) part {
	switch {
	case e.Length:
		return c.length(p, quoted)
	case e.Slice != nil:
		return c.slice(p, e.Slice, quoted)
	case e.Repl != nil:
		return c.replace(p, e.Repl, quoted)
	case e.Exp != nil:
		return c.operation(p, e, quoted)
	case p.elems != nil:
		return listPart(p.list, quoted, p.elems)
	case p.list != 0:
		return part{quoted: quoted, params: p.list, text: joinParams(p.list), emit: emitParams(p.list, quoted)}
	}
	out := part{quoted: quoted, text: plainText(p)}
	if p.id != 0 && !quoted && p.id != session.RANDOM && p.id != session.SRANDOM {
		out.id = p.id
	}
	return out
}

// plainText is $x, with -u's error when it is unset.
func plainText(p parameter) func(*Shell) string {
	if id := p.id; id != 0 {
		return func(sh *Shell) string {
			v, ok := sh.Get(id)
			if !ok && sh.Options&session.NoUnset != 0 {
				sh.failf("%s: parameter not set", p.name)
			}
			return v
		}
	}
	return func(sh *Shell) string {
		v, ok := p.get(sh)
		if !ok && p.list == 0 && sh.Options&session.NoUnset != 0 {
			sh.failf("%s: parameter not set", p.name)
		}
		return v
	}
}

// emitParams adds $@ or $* to a field list. Quoted "$*" is one text; "$@" is a
// field each, the first and last joined to what stands beside them.
func emitParams(list byte, quoted bool) func(*Shell, *builder) {
	if quoted && list == '*' {
		return func(sh *Shell, b *builder) { b.quoted(joinParams('*')(sh)) }
	}
	return func(sh *Shell, b *builder) {
		for i, v := range sh.Params {
			if i > 0 {
				b.end()
			}
			if quoted {
				b.quoted(v)
			} else {
				b.split(v)
			}
		}
	}
}

func (c *compiler) length(p parameter, quoted bool) part {
	n := func(sh *Shell) int64 {
		switch {
		case p.count != nil:
			return int64(p.count(sh))
		case p.list != 0:
			return int64(len(sh.Params))
		}
		v, ok := p.get(sh)
		if !ok && sh.Options&session.NoUnset != 0 {
			sh.failf("%s: parameter not set", p.name)
		}
		return int64(sh.characters(v))
	}
	return part{quoted: quoted, number: n, text: func(sh *Shell) string { return itoa(n(sh)) }}
}

// characters counts characters; a byte that is not UTF-8 is one.
func characters(s string) int {
	if n := ascii(s); n < len(s) {
		return n + utf8.RuneCountInString(s[n:])
	}
	return len(s)
}

// operation compiles ${x-w} and kin, ${x#p} and kin, ${x^^p} and kin.
func (c *compiler) operation(p parameter, e *syntax.ParamExp, quoted bool) part {
	switch e.Exp.Op {
	case syntax.RemSmallPrefix, syntax.RemLargePrefix, syntax.RemSmallSuffix, syntax.RemLargeSuffix:
		if p.list != 0 {
			return c.trimEach(p, e.Exp, quoted)
		}
		return part{quoted: quoted, text: c.trim(p, e.Exp)}
	case syntax.UpperFirst, syntax.UpperAll, syntax.LowerFirst, syntax.LowerAll:
		return c.changeCase(p, e, quoted)
	case syntax.OtherParamOps:
		return c.transform(p, e.Exp, quoted)
	}
	return c.alternative(p, e.Exp, quoted)
}

func (c *compiler) trim(p parameter, e *syntax.Expansion) func(*Shell) string {
	pat := c.pattern(e.Word)
	get := plainText(p)
	suffix := e.Op == syntax.RemSmallSuffix || e.Op == syntax.RemLargeSuffix
	longest := e.Op == syntax.RemLargePrefix || e.Op == syntax.RemLargeSuffix
	if suffix {
		return func(sh *Shell) string { v := get(sh); return pat(sh).TrimSuffix(v, longest) }
	}
	return func(sh *Shell) string { v := get(sh); return pat(sh).TrimPrefix(v, longest) }
}

// alternative compiles - = ? + with and without a colon.
func (c *compiler) alternative(p parameter, e *syntax.Expansion, quoted bool) part {
	where := inWord
	if quoted {
		where = inBraces
	}
	parts := c.parts(e.Word, where)
	word := joinText(parts)
	null := false // an empty value counts as unset
	switch e.Op {
	case syntax.AlternateUnsetOrNull, syntax.DefaultUnsetOrNull, syntax.ErrorUnsetOrNull, syntax.AssignUnsetOrNull:
		null = true
	}
	has := func(sh *Shell) (string, bool) {
		v, ok := p.get(sh)
		return v, ok && !(null && v == "")
	}
	switch e.Op {
	case syntax.ErrorUnset, syntax.ErrorUnsetOrNull:
		return part{quoted: quoted, text: c.orError(p, has, e.Word, word, null)}
	case syntax.AssignUnset, syntax.AssignUnsetOrNull:
		return part{quoted: quoted, text: orAssign(p, has, word)}
	}
	plus := e.Op == syntax.AlternateUnset || e.Op == syntax.AlternateUnsetOrNull
	out := part{quoted: quoted, text: func(sh *Shell) string {
		v, ok := has(sh)
		switch {
		case ok && !plus:
			return v
		case ok == plus:
			return word(sh)
		}
		return ""
	}}
	out.emit = func(sh *Shell, b *builder) {
		v, ok := has(sh)
		switch {
		case ok == plus:
			b.started = b.started || quoted // even for "$@" without parameters
			b.alternative(parts)
		case !ok: // ${x+w} of an unset x
			b.started = b.started || quoted
		case p.elems != nil && !(quoted && p.list == '*'):
			b.list(p.elems(sh, nil), quoted)
		case p.elems == nil && p.list != 0:
			emitParams(p.list, quoted)(sh, b)
		case quoted:
			b.quoted(v)
		default:
			b.split(v)
		}
	}
	return out
}

// alternative adds the word of ${x-word}: unlike in a word of its own, its
// unquoted literal text is split.
func (b *builder) alternative(parts []part) {
	for i := range parts {
		if p := &parts[i]; p.constant && !p.quoted && p.plain == p.glob && !p.meta {
			b.split(p.plain)
		} else {
			b.parts(parts[i : i+1])
		}
	}
}

func (c *compiler) orError(p parameter, has func(*Shell) (string, bool), w *syntax.Word, word func(*Shell) string, null bool) func(*Shell) string {
	return func(sh *Shell) string {
		v, ok := has(sh)
		if ok {
			return v
		}
		msg := "parameter not set"
		if null {
			msg = "parameter null or not set"
		}
		if w != nil && len(w.Parts) > 0 {
			msg = word(sh)
		}
		sh.failf("%s: %s", p.name, msg)
		return ""
	}
}

func orAssign(p parameter, has func(*Shell) (string, bool), word func(*Shell) string) func(*Shell) string {
	return func(sh *Shell) string {
		v, ok := has(sh)
		if ok {
			return v
		}
		v = word(sh)
		if p.assign != nil {
			if sh.fault == nil {
				if err := p.assign(sh, v); err != nil {
					sh.fail(err)
				}
			}
			return v
		}
		if p.id == 0 {
			sh.failf("%s: a special or positional parameter cannot be assigned this way", p.name)
			return ""
		}
		if sh.fault == nil {
			sh.assign(p.id, v)
			v, _ = p.get(sh) // as -i, -l and -u have made it
		}
		return v
	}
}
