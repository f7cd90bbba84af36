package eval

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/session"
)

// element is the parameter a[i], or the list a[@], a[*].
func (c *compiler) element(p parameter, raw string) parameter {
	sub := c.subscript(raw)
	id := p.id
	if id == 0 {
		return parameter{name: p.name + "[" + raw + "]", index: -1, get: func(sh *Shell) (string, bool) {
			sh.failf("%s[%s]: bad substitution", p.name, raw)
			return "", false
		}}
	}
	if sub.all != 0 {
		return listOf(p.name+"["+raw+"]", id, sub.all)
	}
	out := parameter{name: p.name + "[" + raw + "]", index: -1, of: id}
	out.get = func(sh *Shell) (string, bool) {
		at := sub.at(sh, id)
		if sh.fault != nil {
			return "", false
		}
		v, ok := sh.Elem(id, at)
		if !ok && at.N < -sh.Top(id) && sh.Kind(id) != session.Assoc {
			sh.warn("%s: bad array subscript", p.name)
		}
		return v, ok
	}
	out.assign = func(sh *Shell, text string) error {
		at := sub.at(sh, id)
		if sh.fault != nil {
			return nil
		}
		return sh.SetElem(id, at, text)
	}
	return out
}

// listOf is the parameter ${a[@]} or ${a[*]}.
func listOf(name string, id session.ID, list byte) parameter {
	p := parameter{name: name, index: -1, list: list, of: id}
	p.elems = func(sh *Shell, dst []string) []string { return sh.AppendElems(dst, id) }
	p.count = func(sh *Shell) int { return sh.Count(id) }
	p.get = func(sh *Shell) (string, bool) {
		values := sh.AppendElems(nil, id)
		return joinList(sh, list, values), len(values) > 0
	}
	return p
}

// joinList makes one text of a list: "$*" is joined by the first character of
// IFS, "$@" by a space.
func joinList(sh *Shell, list byte, values []string) string {
	if list == '*' {
		return strings.Join(values, sh.IFS().First)
	}
	return strings.Join(values, " ")
}

// listPart is a part that makes a field of each element.
func listPart(list byte, quoted bool, elems func(*Shell, []string) []string) part {
	out := part{quoted: quoted, text: func(sh *Shell) string { return joinList(sh, list, elems(sh, nil)) }}
	if quoted && list == '*' {
		out.emit = func(sh *Shell, b *builder) { b.quoted(joinList(sh, '*', elems(sh, nil))) }
		return out
	}
	if quoted {
		out.elems = elems
	}
	out.emit = func(sh *Shell, b *builder) { b.list(elems(sh, nil), quoted) }
	return out
}

// list adds the elements, the first and last joined to what stands beside
// them.
func (b *builder) list(values []string, quoted bool) {
	for i, v := range values {
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

// elemsOf appends what a list parameter holds.
func (p *parameter) elemsOf() func(*Shell, []string) []string {
	if p.elems != nil {
		return p.elems
	}
	return func(sh *Shell, dst []string) []string { return append(dst, sh.Params...) }
}

// each compiles an expansion that changes a text, such as ${x#p}: of a list it
// changes every element. f evaluates the operands, and gives the change.
func (c *compiler) each(p parameter, quoted bool, f func(*Shell) func(string) string) part {
	if p.list == 0 {
		get := plainText(p)
		return part{quoted: quoted, text: func(sh *Shell) string {
			v := get(sh)
			if v == "" {
				if _, set := p.get(sh); !set {
					return ""
				}
			}
			return f(sh)(v)
		}}
	}
	elems := p.elemsOf()
	return listPart(p.list, quoted, func(sh *Shell, dst []string) []string {
		n := len(dst)
		dst = elems(sh, dst)
		if len(dst) == n {
			return dst
		}
		change := f(sh)
		for i := n; i < len(dst); i++ {
			dst[i] = change(dst[i])
		}
		return dst
	})
}

// trimEach is ${x#p} and kin of a list.
func (c *compiler) trimEach(p parameter, e *syntax.Expansion, quoted bool) part {
	pat := c.pattern(e.Word)
	suffix := e.Op == syntax.RemSmallSuffix || e.Op == syntax.RemLargeSuffix
	longest := e.Op == syntax.RemLargePrefix || e.Op == syntax.RemLargeSuffix
	return c.each(p, quoted, func(sh *Shell) func(string) string {
		m := pat(sh)
		if suffix {
			return func(v string) string { return m.TrimSuffix(v, longest) }
		}
		return func(v string) string { return m.TrimPrefix(v, longest) }
	})
}
