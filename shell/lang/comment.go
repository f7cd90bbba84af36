package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// endComments hides the backslash that ends a comment's line: to the parser it
// continues the line, to the shell it is part of the comment (POSIX 2.3).
func (s *segment) endComments(lo, hi int) {
	t := s.src.text
	for at := lo; ; {
		i := strings.Index(t[at:hi], "\\\n")
		if i < 0 {
			return
		}
		at += i
		line := strings.LastIndexByte(t[:at], '\n') + 1
		if startsComment(t[line:at]) {
			s.edit(edit{at, at + 1, placeholder, comment})
		}
		at += len("\\\n")
	}
}

// startsComment reports whether an unquoted # begins a word in line, which is
// taken to begin outside of quotes; the tree has the last word (see verify).
func startsComment(line string) bool {
	for i := 0; i >= 0 && i < len(line); {
		if line[i] == '#' && (i == 0 || strings.IndexByte(" \t;&|()", line[i-1]) >= 0) {
			return true
		}
		i = skip(line, i)
	}
	return false
}

// inText notes the edits for comments that turn out to be in a node's text.
func (j *joiner) inText(n syntax.Node) {
	lo, hi := j.s.textOffset(n.Pos()), j.s.textOffset(n.End())
	for i := j.s.firstEdit(lo); i < len(j.s.edits) && j.s.edits[i].at < hi; i++ {
		if e := j.s.edits[i]; e.kind == comment {
			j.text[e.at] = true
		}
	}
}
