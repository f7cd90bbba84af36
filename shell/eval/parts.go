package eval

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/expand"
	"cosh/shell/lang"
	"cosh/shell/pattern"
	"cosh/shell/session"
)

// place is where a word stands, as far as its quoting depends on it.
type place uint8

const (
	inWord    place = iota
	inAssign        // the value of an assignment: tildes after colons
	inPattern       // a pattern operand
	inQuotes        // between double quotes
	inHere          // a here-document: like quotes, but " is an ordinary character
	inBraces        // the word of a quoted ${x-word}: like quotes, and } is quoted too
)

// parts flattens a word. A quoted empty string keeps a part of its own, so
// that it makes a field.
func (c *compiler) parts(w *syntax.Word, where place) []part {
	if w == nil {
		return nil
	}
	var out []part
	for i, wp := range w.Parts {
		if lit, ok := wp.(*syntax.Lit); ok && where <= inPattern {
			value := lit.Value
			if i == 0 || where == inAssign {
				last := i == len(w.Parts)-1
				out, value = c.tilde(out, value, where, i == 0, last)
			}
			out = appendLiteral(out, value)
			continue
		}
		out = c.part(out, wp, where)
	}
	return out
}

// tilde takes tilde prefixes (XCU 2.6.1) off a literal.
func (c *compiler) tilde(out []part, s string, where place, first, last bool) ([]part, string) {
	at := first
	for {
		if at && strings.HasPrefix(s, "~") {
			end := strings.IndexAny(s, "/:\\")
			if where != inAssign {
				end = strings.IndexAny(s, "/\\")
			}
			if end < 0 && last {
				end = len(s)
			}
			if end > 0 && (end == len(s) || s[end] != '\\') {
				out = append(out, tildePart(s[1:end]))
				s = s[end:]
			}
		}
		if where != inAssign {
			return out, s
		}
		colon := strings.Index(s, ":~")
		if colon < 0 {
			return out, s
		}
		out = appendLiteral(out, s[:colon+1])
		s, at = s[colon+1:], true
		if end := strings.IndexAny(s, "/:\\"); end < 0 && !last || end >= 0 && s[end] == '\\' {
			return out, s
		}
	}
}

func tildePart(user string) part {
	return part{quoted: true, text: func(sh *Shell) string {
		if v, ok := sh.visited(user); ok {
			return v
		}
		dir, ok := expand.Tilde(user, func() (string, bool) { return sh.Get(session.HOME) })
		if !ok {
			return "~" + user
		}
		return dir
	}}
}

// visited is what ~+ and ~- stand for in bash: the working directory, and the one
// before it.
func (sh *Shell) visited(user string) (dir string, ok bool) {
	switch {
	case sh.posix():
	case user == "+":
		return sh.Get(session.PWD)
	case user == "-":
		return sh.Get(session.OLDPWD)
	}
	return "", false
}

// appendLiteral adds an unquoted literal, whose backslashes quote.
func appendLiteral(out []part, s string) []part {
	if s == "" {
		return out
	}
	if strings.IndexByte(s, '\\') < 0 {
		return append(out, part{constant: true, plain: s, glob: s, meta: pattern.HasMeta(s)})
	}
	var plain, glob []byte
	for i := 0; i < len(s); i++ {
		ch := s[i]
		if ch == '\\' && i+1 < len(s) {
			i++
			if s[i] == '\n' {
				continue
			}
			plain = append(plain, s[i])
			glob = append(glob, '\\', s[i])
			continue
		}
		plain = append(plain, ch)
		if ch == '\\' {
			glob = append(glob, '\\')
		}
		glob = append(glob, ch)
	}
	g := string(glob)
	// A backslash quotes, so the text makes a field even when it is empty.
	return append(out, part{constant: true, plain: string(plain), glob: g, meta: pattern.HasMeta(g)})
}

func quotedText(s string) part {
	return part{constant: true, quoted: true, plain: s, glob: pattern.Escape(s)}
}

// part adds one part of a word.
func (c *compiler) part(out []part, wp syntax.WordPart, where place) []part {
	quoted := where >= inQuotes
	switch wp := wp.(type) {
	case *syntax.Lit:
		if !quoted {
			return appendLiteral(out, wp.Value)
		}
		return append(out, quotedText(unescape(wp.Value, where)))
	case *syntax.SglQuoted:
		switch {
		case wp.Dollar:
			return append(out, quotedText(ansiC(wp.Value)))
		case quoted:
			return c.apostrophes(out, wp, where)
		}
		return append(out, quotedText(wp.Value))
	case *syntax.DblQuoted:
		return c.doubleQuoted(out, wp, where)
	case *syntax.ParamExp:
		return append(out, c.param(wp, quoted))
	case *syntax.CmdSubst:
		return append(out, part{quoted: quoted, text: c.substitution(wp)})
	case *syntax.ArithmExp:
		n := c.arithm(c.chunk.Arith(wp))
		return append(out, part{quoted: quoted, number: n, text: func(sh *Shell) string { return itoa(n(sh)) }})
	}
	switch wp := wp.(type) {
	case *syntax.ExtGlob:
		return c.extGlob(out, wp)
	case *syntax.ProcSubst:
		return append(out, part{quoted: true, text: c.processSubstitution(wp)})
	}
	err := c.refuse(wp)
	return append(out, part{quoted: quoted, text: func(sh *Shell) string { err(sh); sh.failf("expansion failed"); return "" }})
}

// doubleQuoted adds "…"; without parts it is an empty quoted text.
func (c *compiler) doubleQuoted(out []part, q *syntax.DblQuoted, where place) []part {
	if len(q.Parts) == 0 {
		return append(out, quotedText(""))
	}
	if where != inBraces {
		where = inQuotes
	}
	for _, wp := range q.Parts {
		out = c.part(out, wp, where)
	}
	return out
}

// apostrophes adds what the parser takes for '…' between double quotes: there
// they are ordinary characters, and what they hold is expanded (XCU 2.6.2).
func (c *compiler) apostrophes(out []part, q *syntax.SglQuoted, where place) []part {
	chunk, err := lang.Document(c.chunk.Name, "'"+q.Value+"'", c.sh.lang)
	if err != nil {
		return append(out, quotedText("'"+q.Value+"'"))
	}
	inner := *c
	inner.chunk = chunk
	return append(out, inner.parts(chunk.Word, where)...)
}

// unescape takes the backslashes of a double-quoted text away (XCU 2.2.3); in
// a here-document a double quote is ordinary.
func unescape(s string, where place) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			switch n := s[i+1]; {
			case n == '\n':
				i++
				continue
			case n == '$' || n == '`' || n == '\\' || n == '"' && where != inHere || n == '}' && where == inBraces:
				i++
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}
