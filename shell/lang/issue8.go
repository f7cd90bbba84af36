package lang

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// POSIX.1-2024 has taken `;&` and $'…' over from ksh; the parser's POSIX grammar
// is older. In its copy the first is `;;` and the second a plain quoted string
// of the same length; the tree gets back what they are.

// maskIssue8 hides both in new text.
func (s *segment) maskIssue8(lo, hi int) {
	t := s.src.text
	for at := lo; at < hi; at++ {
		i := strings.IndexAny(t[at:hi], ";$")
		if i < 0 {
			return
		}
		at += i
		switch rest := t[at:]; {
		case strings.HasPrefix(rest, ";&"):
			s.edit(edit{at, at + 2, ";;", fall})
		case strings.HasPrefix(rest, ";;"):
			at++
		case strings.HasPrefix(rest, "$'") && (at == 0 || t[at-1] != '\\') && !quotedOnLine(t, at):
			if end := dollarQuoted(t, at); end > 0 {
				s.edit(edit{at, end, "'" + blanked(t[at+1:end-1]) + "'", quote})
			}
		}
	}
}

// quotedOnLine reports that t[at] is inside a string that begins on its line.
func quotedOnLine(t string, at int) bool {
	for i := strings.LastIndexByte(t[:at], '\n') + 1; i < at; {
		next := i + 1
		if strings.IndexByte(`'"\`, t[i]) >= 0 {
			next = skip(t, i)
		}
		if next < 0 || next > at {
			return true
		}
		i = next
	}
	return false
}

// dollarQuoted is the end of the $'…' at t[at:], -1 for none.
func dollarQuoted(t string, at int) int {
	for i := at + len("$'"); i < len(t); i++ {
		switch t[i] {
		case '\\':
			i++
		case '\'':
			return i + 1
		}
	}
	return -1
}

// blanked is a text of x with the newlines of t.
func blanked(t string) string {
	b := []byte(t)
	for i := range b {
		if b[i] != '\n' {
			b[i] = 'x'
		}
	}
	return string(b)
}

// withdrawQuote gives up what was taken for the last $'…' before the place of an
// error: it may be the end of a quoted string, as in 's/x$//;s/y$'.
func (s *segment) withdrawQuote(at int) bool {
	last := -1
	for i, e := range s.edits {
		if e.kind == quote && (last < 0 || e.at <= at) {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	s.edits = slices.Delete(s.edits, last, last+1)
	return true
}

// issue8 gives the tree back what maskIssue8 has hidden.
func (s *segment) issue8(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.CaseItem:
		if n.Op == syntax.Break && strings.HasPrefix(s.src.text[s.textOffset(n.OpPos):], ";&") {
			n.Op = syntax.Fallthrough
		}
	case *syntax.SglQuoted:
		at := s.textOffset(n.Left)
		if end := dollarQuoted(s.src.text, at); end > 0 && !n.Dollar && strings.HasPrefix(s.src.text[at:], "$'") {
			n.Dollar, n.Value = true, s.src.text[at+len("$'"):end-1]
		}
	}
	return true
}
