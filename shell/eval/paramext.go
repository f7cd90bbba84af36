package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/lang"
)

// The parameter expansions that bash adds to POSIX's.

// slice is ${x:offset:length}, in characters; a negative one counts from the
// end.
func (c *compiler) slice(p parameter, s *syntax.Slice) func(*Shell) string {
	get := plainText(p)
	from, count := c.arithmPart(s.Offset), c.arithmPart(s.Length)
	return func(sh *Shell) string {
		v := get(sh)
		n := int64(characters(v))
		lo := from(sh)
		if lo < 0 {
			lo += n
		}
		if lo < 0 || lo > n {
			return ""
		}
		hi := n
		if count != nil {
			if k := count(sh); k < 0 {
				hi = n + k
			} else {
				hi = min(n, lo+k)
			}
			if hi < lo {
				sh.failf("%s: the length reaches before the offset", p.name)
				return ""
			}
		}
		if n == int64(len(v)) {
			return v[lo:hi]
		}
		return v[byteOf(v, lo):byteOf(v, hi)]
	}
}

// byteOf is the offset of the n-th character.
func byteOf(s string, n int64) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// replace is ${x/pattern/text}, ${x//…}, ${x/#…}, ${x/%…}.
func (c *compiler) replace(p parameter, r *syntax.Replace) func(*Shell) string {
	get, with := plainText(p), c.text(r.With)
	parts := c.parts(r.Orig, inPattern)
	anchor := byte(0)
	if !r.All && len(parts) > 0 && parts[0].constant && !parts[0].quoted && parts[0].glob != "" {
		if a := parts[0].glob[0]; a == '#' || a == '%' {
			anchor = a
			parts[0].glob = parts[0].glob[1:]
		}
	}
	pat := patternOf(parts)
	return func(sh *Shell) string {
		v := get(sh)
		m := pat(sh)
		w := with(sh)
		switch anchor {
		case '#':
			if rest := m.TrimPrefix(v, true); len(rest) < len(v) || m.Match("") {
				return w + rest
			}
			return v
		case '%':
			if rest := m.TrimSuffix(v, true); len(rest) < len(v) || m.Match("") {
				return rest + w
			}
			return v
		}
		var b strings.Builder
		for i := 0; i < len(v); {
			if rest := m.TrimPrefix(v[i:], true); len(rest) < len(v)-i {
				b.WriteString(w)
				i = len(v) - len(rest)
				if !r.All {
					return b.String() + v[i:]
				}
				continue
			}
			_, size := utf8.DecodeRuneInString(v[i:])
			b.WriteString(v[i : i+size])
			i += size
		}
		return b.String()
	}
}

// changeCase is ${x^p} ${x^^p} ${x,p} ${x,,p}.
func (c *compiler) changeCase(p parameter, e *syntax.Expansion) func(*Shell) string {
	get := plainText(p)
	to := unicode.ToUpper
	if e.Op == syntax.LowerFirst || e.Op == syntax.LowerAll {
		to = unicode.ToLower
	}
	all := e.Op == syntax.UpperAll || e.Op == syntax.LowerAll
	pat := c.pattern(e.Word)
	any := e.Word == nil || len(e.Word.Parts) == 0
	return func(sh *Shell) string {
		v := get(sh)
		m := pat(sh)
		var b strings.Builder
		for i, r := range v {
			if (all || i == 0) && (any || m.Match(string(r))) {
				r = to(r)
			}
			b.WriteRune(r)
		}
		return b.String()
	}
}

// transform is ${x@Q} and its kin.
func (c *compiler) transform(p parameter, e *syntax.Expansion) func(*Shell) string {
	get := plainText(p)
	op := ""
	if e.Word != nil {
		op = e.Word.Lit()
	}
	text := lang.Text(c.chunk, e.Word)
	return func(sh *Shell) string {
		v := get(sh)
		switch op {
		case "Q":
			return quote(v)
		case "U":
			return strings.ToUpper(v)
		case "L":
			return strings.ToLower(v)
		case "E":
			return ansiC(v)
		}
		sh.failf("${%s@%s}: there is no such transformation", p.name, text)
		return ""
	}
}
