package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// joinBackquoted takes the line continuations out of the '…' in `…`: a shell
// reads the text of such a substitution twice, and the first time knows of no
// quotes in it. Of those inside a second `…` nothing is said.
func (s *segment) joinBackquoted(n syntax.Node) bool {
	cs, ok := n.(*syntax.CmdSubst)
	if !ok || !cs.Backquotes {
		return true
	}
	syntax.Walk(cs, func(n syntax.Node) bool {
		q, ok := n.(*syntax.SglQuoted)
		if !ok || q.Dollar {
			return true
		}
		lo, hi := s.textOffset(q.Left)+1, s.textOffset(q.Right)
		if t := s.src.text; lo <= hi && t[lo-1] == '\'' && strings.Contains(t[lo:hi], "\\\n") {
			q.Value = readOnce(t[lo:hi])
		}
		return true
	})
	return false
}

// readOnce is the text of a `…` as a shell parses it (XCU 2.6.3).
func readOnce(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			switch text[i+1] {
			case '\n':
				i++
				continue
			case '$', '`', '\\':
				i++
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
