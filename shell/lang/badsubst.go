package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// What a shell cannot make of ${…} is an error when it is expanded, not when it is
// read (XCU 2.6.2 leaves it open, all shells agree): a script may hold another
// shell's ${(%):-%x} where it does not come by. In the parser's copy there is a
// parameter of underscores.

// hideExpansion hides the innermost ${…} around the place of an error that the
// parser has not been shown otherwise yet.
func (s *segment) hideExpansion(at int) bool {
	t := s.src.text
	for before := min(at+len("${"), len(t)); !s.opts.Check; {
		open := strings.LastIndex(t[:before], "${")
		if open < 0 {
			return false
		}
		before = open
		end := skipTo(t, open+len("${"), '}')
		if end <= at || substitutes(t[open:at+1]) {
			continue
		}
		if with := nonsense(t[open:end]); with != "" && s.once(bad, open) && s.edit(edit{open, end, with, bad}) {
			return true
		}
	}
	return false
}

// substitutes reports that t ends inside a command substitution.
func substitutes(t string) bool {
	if i := strings.LastIndex(t, "$("); i >= 0 && skipNested(t, i+len("$("), '(', ')') < 0 {
		return true
	}
	return strings.Count(t, "`")%2 == 1
}

// nonsense is a parameter expansion of the length and the lines of text, "" where
// none can be.
func nonsense(text string) string {
	if len(text) == len("${}") {
		return "$__"
	}
	b := []byte(text)
	for i := len("${"); i < len(b)-1; i++ {
		switch {
		case b[i] != '\n':
			b[i] = '_'
		case i < len("${__") || b[i-1] == '\n':
			return ""
		default:
			b[i-1] = '\\'
		}
	}
	return string(b)
}

// BadSubstitution is the text of a ${…} that is none; ok is false for all others.
func (c *Chunk) BadSubstitution(e *syntax.ParamExp) (text string, ok bool) {
	if e.Param == nil || strings.Trim(e.Param.Value, "_") != "" || e.Excl || e.Length {
		return "", false
	}
	open, name := c.offset(e.Dollar), c.offset(e.Param.Pos())
	if open >= len(c.Src) || strings.HasPrefix(c.Src[name:], e.Param.Value) || !strings.HasPrefix(c.Src[open:], "${") {
		return "", false
	}
	end := skipTo(c.Src, open+len("${"), '}')
	return c.Src[open:max(end, open)], end > open
}
