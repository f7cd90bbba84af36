package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// quoteDelims puts quotes around the whole of a here-document's word that is
// quoted in its beginning only: the parser goes by the last part, and a quote in
// any part makes the body literal (POSIX 2.7.4). So it does where the parser
// would leave a backslash in, or refuse an expansion: only quotes are removed from
// the word, nothing in it is expanded.
func (s *segment) quoteDelims(lo, hi int) {
	if strings.HasSuffix(s.src.text[lo:hi], "<<\\\n") {
		s.readOn(hi)
	}
	t := s.src.text
	for at := lo; ; {
		i := strings.Index(t[at:hi], "<<")
		if i < 0 {
			return
		}
		op := at + i
		at = op + len("<<")
		if at < hi && t[at] == '-' {
			at++
		} else if end := splitMatch(t, op, "<<-"); end > op {
			s.edit(edit{op, end, "<<-" + continuations(end-op-len("<<-")), delim})
			if at = end; at >= hi {
				return
			}
		}
		for at < hi && blank(t[at]) {
			at++
		}
		word := firstWord(t[at:hi])
		last := word[strings.LastIndexAny(word, "'\"\\")+1:]
		plain := unquoted(word)
		literal := strings.ContainsAny(plain, "$`\\")
		if len(last) == len(word) || !literal && (last == "" || word[len(word)-len(last)-1] == '\\') ||
			strings.ContainsAny(plain, "'\n") || strings.HasPrefix(word, "$'") {
			continue
		}
		s.replaceDelim(at, word, "'"+plain+"'")
		at += len(word)
	}
}

// replaceDelim puts whole in the place of the word at the offset.
func (s *segment) replaceDelim(at int, word, whole string) {
	end := at + len(word)
	if n := len(word) - len(whole); n >= 0 {
		s.edit(edit{at, end, whole + strings.Repeat(" ", n), delim})
		return
	}
	s.edit(edit{at, end, whole[:len(word)], delim})
	s.edit(edit{end, end, whole[len(word):], extra})
	s.chunk.shifts = shifts(s.edits)
}

// unquoted is word after quote removal (POSIX 2.6.7).
func unquoted(word string) string {
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote == 0 && c == '$' && i+1 < len(word) && (word[i+1] == '\'' || word[i+1] == '"'):
		case c == '\\' && quote != '\'' && i+1 < len(word) && (quote == 0 || strings.IndexByte("$`\"\\\n", word[i+1]) >= 0):
			if i++; word[i] != '\n' {
				b.WriteByte(word[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// joinTerminator makes the line whole that ends the here-document of the word,
// whose operator is at the offset, and has line continuations in it: where no
// part of the word is quoted they go before the line is looked at (POSIX 2.7.4).
func (s *segment) joinTerminator(at int, word string) bool {
	t := s.src.text
	lo := at + strings.IndexByte(t[at:]+"\n", '\n') + 1
	if strings.ContainsAny(t[at:min(lo, len(t))], "'\"\\") {
		return false
	}
	for lo < len(t) {
		hi := lo + strings.IndexByte(t[lo:]+"\n", '\n')
		joins := 0
		for ; hi < len(t)-1 && endsEscaped(t[lo:hi]); joins++ {
			hi += 1 + strings.IndexByte(t[hi+1:]+"\n", '\n')
		}
		if joins > 0 && strings.TrimLeft(strings.ReplaceAll(t[lo:hi], "\\\n", ""), "\t") == word {
			blanks := strings.Repeat(" ", hi-lo-len(word)-joins)
			return s.edit(edit{lo, hi, word + strings.Repeat("\n", joins) + blanks, joined})
		}
		lo = hi + 1
	}
	return false
}

// joinedAcross reports that lines have been joined across the offset.
func (s *segment) joinedAcross(at int) bool {
	i := s.firstEdit(at)
	return i > 0 && s.edits[i-1].end > at && s.edits[i-1].kind == joined
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
