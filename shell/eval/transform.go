package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/session"
)

// changeCase is ${x^p} ${x^^p} ${x,p} ${x,,p} ${x~p} ${x~~p}.
func (c *compiler) changeCase(p parameter, e *syntax.ParamExp, quoted bool) part {
	to := unicode.ToUpper
	switch c.chunk.CaseOperator(e) {
	case ',':
		to = unicode.ToLower
	case '~':
		to = toggle
	}
	all := e.Exp.Op == syntax.UpperAll || e.Exp.Op == syntax.LowerAll
	pat := c.pattern(e.Exp.Word)
	any := e.Exp.Word == nil || len(e.Exp.Word.Parts) == 0
	return c.each(p, quoted, func(sh *Shell) func(string) string {
		m := pat(sh)
		return func(v string) string {
			b := make([]byte, 0, len(v))
			for i := 0; i < len(v); {
				r, size := utf8.DecodeRuneInString(v[i:])
				if (r != utf8.RuneError || size > 1) && (all || i == 0) && (any || m.Match(v[i:i+size])) {
					b = utf8.AppendRune(b, to(r))
				} else {
					b = append(b, v[i:i+size]...)
				}
				i += size
			}
			return string(b)
		}
	})
}

func toggle(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToLower(r)
	}
	return unicode.ToUpper(r)
}

// transform is ${x@Q} and its kin.
func (c *compiler) transform(p parameter, e *syntax.Expansion, quoted bool) part {
	op := byte(0)
	if lit := e.Word.Lit(); len(lit) == 1 {
		op = lit[0]
	}
	id := p.id
	if id == 0 {
		id = p.of
	}
	switch op {
	case 'A':
		return c.assignmentOf(p, id, quoted)
	case 'a':
		letters := func(sh *Shell) string {
			if id == 0 {
				return ""
			}
			target, _, _ := sh.Resolve(id)
			return sh.Letters(target)
		}
		if p.list == 0 { // an unset variable has attributes as well
			return part{quoted: quoted, text: letters}
		}
		return c.each(p, quoted, func(sh *Shell) func(string) string {
			text := letters(sh)
			return func(string) string { return text }
		})
	case 'K', 'k':
		if p.list != 0 && p.elems != nil {
			return pairs(p, op, quoted)
		}
		op = 'Q'
	}
	if op == 'Q' && p.list == 0 {
		return part{quoted: quoted, text: quotedValue(p)}
	}
	return c.each(p, quoted, func(sh *Shell) func(string) string {
		switch op {
		case 'Q':
			return session.QuoteSingle
		case 'U':
			return strings.ToUpper
		case 'u':
			return func(v string) string {
				r, size := utf8.DecodeRuneInString(v)
				if size == 0 || r == utf8.RuneError {
					return v
				}
				return string(unicode.ToUpper(r)) + v[size:]
			}
		case 'L':
			return strings.ToLower
		case 'E':
			return ansiC
		case 'P':
			return sh.ExpandPrompt
		}
		sh.failf("${%s@%s}: bad substitution", p.name, e.Word.Lit())
		return func(string) string { return "" }
	})
}

// quotedValue is ${x@Q}: nothing at all when x is unset.
func quotedValue(p parameter) func(*Shell) string {
	return func(sh *Shell) string {
		v, ok := p.get(sh)
		if ok {
			return session.QuoteSingle(v)
		}
		if sh.Options&session.NoUnset != 0 {
			sh.failf("%s: parameter not set", p.name)
		}
		return ""
	}
}

// assignmentOf is ${x@A}: the command that makes the variable what it is.
func (c *compiler) assignmentOf(p parameter, id session.ID, quoted bool) part {
	if id == 0 && p.list != 0 {
		return part{quoted: quoted, text: func(sh *Shell) string {
			text := "set --"
			for _, v := range sh.Params {
				text += " " + session.QuoteSingle(v)
			}
			return text
		}}
	}
	if id == 0 {
		return c.each(p, quoted, func(*Shell) func(string) string { return func(v string) string { return v } })
	}
	return part{quoted: quoted, text: func(sh *Shell) string {
		target, _, _ := sh.Resolve(id)
		if p.list != 0 && sh.Kind(target) != 0 {
			return sh.Declaration(target)
		}
		name, letters := sh.names.Name(target), sh.Letters(target)
		v, ok := p.get(sh)
		switch {
		case !ok && letters == "":
			return ""
		case !ok:
			return "declare -" + letters + " " + name
		case letters == "":
			return name + "=" + session.QuoteSingle(v)
		}
		return "declare -" + letters + " " + name + "=" + session.QuoteSingle(v)
	}}
}

// pairs is ${a[@]@K}, the subscripts and quoted values as one text, and
// ${a[@]@k}, each a field of its own.
func pairs(p parameter, op byte, quoted bool) part {
	if op == 'k' {
		return listPart(p.list, quoted, func(sh *Shell, dst []string) []string {
			assoc := sh.Kind(p.of) == session.Assoc
			sh.EachElem(p.of, func(sub session.Sub, text string) {
				key := sub.Key
				if !assoc {
					key = itoa(sub.N)
				}
				dst = append(dst, key, text)
			})
			return dst
		})
	}
	return part{quoted: quoted, text: func(sh *Shell) string {
		var b strings.Builder
		kind := sh.Kind(p.of)
		sh.EachElem(p.of, func(sub session.Sub, text string) {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(session.SubText(sub, kind) + " " + session.QuoteDouble(text))
		})
		if kind == session.Assoc {
			b.WriteByte(' ')
		}
		return b.String()
	}}
}
