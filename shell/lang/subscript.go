package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Subscript is the raw text between [ and ] of a parameter expansion, an
// assignment or an element of an array, whether or not the variable is an
// associative array, which only running the script shows. The node's tree may be
// a mask. ok is false without a subscript.
func (c *Chunk) Subscript(n syntax.Node) (text string, ok bool) {
	open := -1
	switch n := n.(type) {
	case *syntax.ParamExp:
		if n.Index != nil && n.Param != nil {
			open = c.offset(n.Param.End())
		}
	case *syntax.Assign:
		if n.Index != nil {
			open = c.offset(n.Name.End())
		}
	case *syntax.ArrayElem:
		if n.Index != nil {
			open = strings.LastIndexByte(c.Src[:c.offset(n.Index.Pos())], '[')
		}
	}
	if open < 0 || open >= len(c.Src) || c.Src[open] != '[' {
		return "", false
	}
	end := skipNested(c.Src, open+1, '[', ']')
	if end < 0 {
		return "", false
	}
	raw := c.Src[open+1 : end]
	if strings.IndexByte(raw, '\\') >= 0 {
		raw = strings.ReplaceAll(raw, "\\\n", "")
		for range c.backquotes(open) {
			raw = unescapeBackquoted(raw)
		}
	}
	return raw, true
}

// CaseOperator is the operator of ${x^}, ${x^^}, ${x,}, ${x,,}, ${x~} and
// ${x~~} as written: the parser does not know the last two.
func (c *Chunk) CaseOperator(e *syntax.ParamExp) byte {
	at := c.offset(e.Param.End())
	if e.Index != nil {
		if end := skipNested(c.Src, at+1, '[', ']'); end >= 0 {
			at = end + 1
		}
	}
	if at < len(c.Src) {
		return c.Src[at]
	}
	return 0
}

// hideSubscript looks for the subscript that holds the place of an error and hides
// its inside from the parser, which takes every one for arithmetic: the key of
// an associative array may be any text.
func (s *segment) hideSubscript(at int) bool {
	t := s.src.text
	if at < len(t) && t[at] == '~' {
		return s.tildes(at)
	}
	if byteAt(t, at) == '[' {
		if end := skipNested(t, at+1, '[', ']'); end >= 0 && strings.HasPrefix(t[end+1:], "+=") {
			return s.appended(end)
		}
	}
	for end := min(at+1, len(t)); ; {
		open := strings.LastIndexByte(t[:end], '[')
		if open < 1 {
			return false
		}
		end = open
		if c := t[open-1]; !nameByte(c) && strings.IndexByte(" \t\n(", c) < 0 {
			continue
		}
		closing := skipNested(t, open+1, '[', ']')
		if closing < 0 || closing < at-1 || closing == open+1 {
			continue
		}
		if strings.Trim(t[open+1:closing], "\n") == "" || strings.IndexByte("=+}:-#%/^,@?~", byteAt(t, closing+1)) < 0 {
			continue
		}
		if s.once(subscript, open+1) && s.edit(edit{open + 1, closing, operand(t[open+1 : closing]), subscript}) {
			return true
		}
	}
}

// appended shows the parser [k ]=v for [k]+=v, whose ] is at end, among the
// elements of an array.
func (s *segment) appended(end int) bool {
	return s.once(subscript, end) && s.edit(edit{end, end + len("]+"), " ]", subscript})
}

// Appends reports an element of an array that is [k]+=v.
func (c *Chunk) Appends(e *syntax.ArrayElem) bool {
	if e.Index == nil {
		return false
	}
	open := strings.LastIndexByte(c.Src[:c.offset(e.Index.Pos())], '[')
	end := skipNested(c.Src, open+1, '[', ']')
	return open >= 0 && end >= 0 && byteAt(c.Src, end+1) == '+'
}

// tildes shows the parser ${x^} for ${x~}.
func (s *segment) tildes(at int) bool {
	end := at + 1
	if byteAt(s.src.text, end) == '~' {
		end++
	}
	return s.once(subscript, at) && s.edit(edit{at, end, "^^"[:end-at], subscript})
}

func byteAt(t string, i int) byte {
	if i < len(t) {
		return t[i]
	}
	return 0
}

// Key makes a word of the subscript of an associative array: quotes and
// expansions in it count, everything else stands for itself. The Chunk has it as
// its Word.
func Key(name, raw string, o Options) (*Chunk, error) {
	o.Posix = false
	c, err := Parse(name, "_="+keyWord(raw), o)
	if err != nil {
		return nil, err
	}
	if len(c.Stmts) == 1 {
		if call, ok := c.Stmts[0].Cmd.(*syntax.CallExpr); ok && len(call.Assigns) == 1 {
			c.Word = call.Assigns[0].Value
		}
	}
	return c, nil
}

// keyWord escapes what would end a word or mean something in one.
func keyWord(raw string) string {
	var b strings.Builder
	for i := 0; i < len(raw); {
		end := i + 1
		switch c := raw[i]; {
		case strings.IndexByte("'\"$`\\", c) >= 0:
			if end = skip(raw, i); end < 0 {
				end = i + 1
				b.WriteByte('\\')
			}
		case c == '\n':
			b.WriteString("'\n'")
			i++
			continue
		case !nameByte(c) && c < 0x80:
			b.WriteByte('\\')
		}
		b.WriteString(raw[i:end])
		i = end
	}
	return b.String()
}
