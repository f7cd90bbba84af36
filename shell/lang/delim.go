package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// quoteDelims puts quotes around the whole of a here-document's word that is
// quoted in its beginning only: the parser goes by the last part, and a quote in
// any part makes the body literal (POSIX 2.7.4).
func (s *segment) quoteDelims(lo, hi int) {
	t := s.src.text
	for at := lo; ; {
		i := strings.Index(t[at:hi], "<<")
		if i < 0 {
			return
		}
		at += i + len("<<")
		if at < hi && t[at] == '-' {
			at++
		}
		for at < hi && blank(t[at]) {
			at++
		}
		word := firstWord(t[at:hi])
		last := word[strings.LastIndexAny(word, "'\"\\")+1:]
		if len(last) == len(word) || last == "" || word[len(word)-len(last)-1] == '\\' {
			continue
		}
		plain := unquoted(word)
		whole := "'" + plain + "'"
		if strings.ContainsAny(plain, "$`") || len(whole) > len(word) {
			continue
		}
		s.edit(edit{at, at + len(word), whole + strings.Repeat(" ", len(word)-len(whole)), delim})
		at += len(word)
	}
}

// unquoted is word without its quotes and backslashes.
func unquoted(word string) string {
	return strings.Map(func(r rune) rune {
		if r == '\'' || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, word)
}

// firstWord is the word that t begins with, quotes included; "" for none.
func firstWord(t string) string {
	i := 0
	for i < len(t) && strings.IndexByte(" \t\n;&|()<>", t[i]) < 0 {
		n := skip(t, i)
		if n < 0 {
			return ""
		}
		i = n
	}
	return t[:i]
}

// endsEscaped reports whether a line ends in a backslash that is not itself
// escaped, so that the next one goes on with it.
func endsEscaped(line string) bool {
	n := len(line) - len(strings.TrimRight(line, `\`))
	return n%2 == 1
}

// stripTabs takes the tabs that begin the lines of <<- here-documents out of the
// tree (POSIX 2.7.4): the parser leaves them in.
func (s *segment) stripTabs() {
	s.walk(func(n syntax.Node) bool {
		r, ok := n.(*syntax.Redirect)
		if !ok || r.Op != syntax.DashHdoc || r.Hdoc == nil {
			return true
		}
		literal := r.Word.Lit() == "" || strings.IndexByte(r.Word.Lit(), '\\') >= 0
		for _, part := range r.Hdoc.Parts {
			lit, ok := part.(*syntax.Lit)
			if !ok {
				continue
			}
			before := s.src.text[:s.textOffset(lit.ValuePos)]
			fresh := strings.HasSuffix(before, "\n") && (literal || !endsEscaped(before[:len(before)-1]))
			lines := strings.Split(lit.Value, "\n")
			for i := range lines {
				if i > 0 {
					fresh = literal || !endsEscaped(lines[i-1])
				}
				if fresh {
					lines[i] = strings.TrimLeft(lines[i], "\t")
				}
			}
			lit.Value = strings.Join(lines, "\n")
		}
		return true
	})
}
