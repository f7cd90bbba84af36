package eval

import (
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/pattern"
)

// replace is ${x/pattern/text}, ${x//…}, ${x/#…}, ${x/%…}. An unquoted & in
// the text is what the pattern matched, as in bash 5.2.
func (c *compiler) replace(p parameter, r *syntax.Replace, quoted bool) part {
	c.slashes(r)
	parts := c.parts(r.Orig, inPattern)
	anchor := byte(0)
	if !r.All && len(parts) > 0 && parts[0].constant && !parts[0].quoted && parts[0].glob != "" {
		if a := parts[0].glob[0]; a == '#' || a == '%' {
			anchor = a
			parts[0].glob = parts[0].glob[1:]
		}
	}
	pat := patternOf(parts)
	with := c.replacement(r.With)
	return c.each(p, quoted, func(sh *Shell) func(string) string {
		m, w := pat(sh), with(sh)
		return func(v string) string { return w.replace(v, m, anchor, r.All) }
	})
}

// slashes mends ${x////y} and ${x///b/y}, where the pattern begins with a slash:
// the parser takes it for an empty one. The next slash that is not quoted ends it.
func (c *compiler) slashes(r *syntax.Replace) {
	if !r.All || r.Orig != nil && len(r.Orig.Parts) > 0 || r.With == nil || len(r.With.Parts) == 0 {
		return
	}
	at := r.With.Pos()
	orig := []syntax.WordPart{&syntax.Lit{ValuePos: at, ValueEnd: at, Value: "/"}}
	for i, p := range r.With.Parts {
		if lit, ok := p.(*syntax.Lit); ok {
			if slash := unquotedSlash(lit.Value); slash >= 0 {
				before, after := *lit, *lit
				before.Value, after.Value = lit.Value[:slash], lit.Value[slash+1:]
				r.Orig = &syntax.Word{Parts: append(orig, &before)}
				r.With = &syntax.Word{Parts: append([]syntax.WordPart{&after}, r.With.Parts[i+1:]...)}
				return
			}
		}
		orig = append(orig, p)
	}
	r.Orig, r.With = &syntax.Word{Parts: orig}, nil
}

// unquotedSlash is where the first slash without a backslash stands, -1 for nowhere.
func unquotedSlash(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '/':
			return i
		}
	}
	return -1
}

// replacement is a text in which some places stand for the match.
type replacement struct {
	text string
	at   []int // offsets in text where the match goes
}

// replacement compiles the text behind the second slash.
func (c *compiler) replacement(w *syntax.Word) func(*Shell) replacement {
	if w == nil {
		return func(*Shell) replacement { return replacement{} }
	}
	parts := c.parts(w, inWord)
	constant := true
	for i := range parts {
		constant = constant && parts[i].constant
	}
	if constant {
		r := replacementOf(nil, parts)
		return func(*Shell) replacement { return r }
	}
	return func(sh *Shell) replacement { return replacementOf(sh, parts) }
}

func replacementOf(sh *Shell, parts []part) (r replacement) {
	var b strings.Builder
	for i := range parts {
		p := &parts[i]
		text, escapes := p.plain, true
		switch {
		case p.constant && p.quoted:
			b.WriteString(text)
			continue
		case p.constant:
			text = p.glob
		case p.quoted:
			b.WriteString(p.text(sh))
			continue
		default:
			text, escapes = p.text(sh), false
		}
		for i := 0; i < len(text); i++ {
			switch c := text[i]; {
			case c == '\\' && i+1 < len(text) && (escapes || text[i+1] == '&' || text[i+1] == '\\'):
				i++
				b.WriteByte(text[i])
			case c == '&':
				r.at = append(r.at, b.Len())
			default:
				b.WriteByte(c)
			}
		}
	}
	r.text = b.String()
	return r
}

// append appends the text for one match.
func (r *replacement) append(dst []byte, match string) []byte {
	from := 0
	for _, at := range r.at {
		dst = append(dst, r.text[from:at]...)
		dst = append(dst, match...)
		from = at
	}
	return append(dst, r.text[from:]...)
}

// replace puts the text for the matches in v.
func (r *replacement) replace(v string, m *pattern.Pattern, anchor byte, all bool) string {
	switch anchor {
	case '#':
		rest := m.TrimPrefix(v, true)
		if len(rest) == len(v) && !m.Match("") {
			return v
		}
		return string(append(r.append(nil, v[:len(v)-len(rest)]), rest...))
	case '%':
		rest := m.TrimSuffix(v, true)
		if len(rest) == len(v) && !m.Match("") {
			return v
		}
		return string(r.append([]byte(rest), v[len(rest):]))
	}
	if v == "" && m.Match("") {
		return string(r.append(nil, ""))
	}
	var out []byte
	from := 0 // what is before this has been copied
	for i := 0; i < len(v); {
		rest := m.TrimPrefix(v[i:], true)
		if n := len(v) - i - len(rest); n > 0 {
			out = append(out, v[from:i]...)
			out = r.append(out, v[i:i+n])
			i += n
			from = i
			if !all {
				break
			}
			continue
		}
		_, size := utf8.DecodeRuneInString(v[i:])
		i += size
	}
	if from == 0 {
		return v
	}
	return string(append(out, v[from:]...))
}
