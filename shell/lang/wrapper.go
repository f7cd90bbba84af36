package lang

import "strings"

// farthest is how far behind its wrapper a block may begin, in bytes.
const farthest = 16 << 10

// propose puts a semicolon before what may be a wrapper's block, for the
// wrappers whose word stands in the text from lo to hi.
func (s *segment) propose(lo, hi int) {
	waiting := s.waiting
	s.waiting = nil
	for _, at := range waiting {
		s.proposeFrom(at)
	}
	for word := range s.opts.Wrappers {
		for at := lo; ; at += len(word) {
			i := strings.Index(s.src.text[at:hi], word)
			if i < 0 {
				break
			}
			at += i
			if isWord(s.src.text, at, at+len(word)) && atCommand(s.src.text, at) {
				s.proposeFrom(at + len(word))
			}
		}
	}
}

// proposeFrom looks for the block of the wrapper whose word ends at the offset.
// Where the command goes on in lines not yet read, it waits for them.
func (s *segment) proposeFrom(end int) {
	t := s.src.text[:min(len(s.src.text), end+farthest)]
	at, more := blockAt(t, end)
	if more && s.src.next != nil {
		s.waiting = append(s.waiting, end)
	}
	if at < 0 || s.proposed(at) {
		return
	}
	s.edit(edit{at, at + 1, ";", proposal})
}

// proposed reports whether a block is proposed at the offset.
func (s *segment) proposed(at int) bool {
	for i := s.firstEdit(at); i < len(s.edits) && s.edits[i].at == at; i++ {
		if s.edits[i].kind == proposal {
			return true
		}
	}
	return false
}

// isWord reports whether t[lo:hi] is not part of a longer word.
func isWord(t string, lo, hi int) bool {
	if lo > 0 && strings.IndexByte(" \t\n;&|(){`", t[lo-1]) < 0 {
		return false
	}
	return hi < len(t) && (blank(t[hi]) || strings.HasPrefix(t[hi:], "\\\n"))
}

// blockAt is the offset of the blank before the block in the simple command whose
// words go on at i, -1 where it has none. more says that t ends before the command.
func blockAt(t string, i int) (at int, more bool) {
	for i < len(t) {
		switch c := t[i]; c {
		case ' ', '\t':
			if opensBlock(t, i+1) && !strings.ContainsRune("<>", rune(lastOf(t[:i]))) {
				return i, false
			}
			if i+1 < len(t) && t[i+1] == '#' {
				return -1, false
			}
		case '\n', ';', '|', ')':
			return -1, false
		case '&':
			if i+1 < len(t) && t[i+1] == '>' || strings.IndexByte("<>", t[i-1]) >= 0 {
				break
			}
			return -1, false
		case '(': // <(…), @(…); () makes it a function definition
			if !opensBlock(t, i) {
				return -1, false
			}
			if i = behind(skipNested(t, i+1, '(', ')')); i < 0 {
				return -1, true
			}
			continue
		case '\\', '\'', '"', '`', '$':
			if i = skip(t, i); i < 0 {
				return -1, true
			}
			continue
		}
		i++
	}
	return -1, true
}

// opensBlock reports whether t[i:] begins with { as a word of its own, or with
// ( that is not the () of a function definition.
func opensBlock(t string, i int) bool {
	if i >= len(t) {
		return false
	}
	rest := t[i+1:]
	switch t[i] {
	case '{':
		return rest == "" || strings.IndexByte(" \t\n(", rest[0]) >= 0 || strings.HasPrefix(rest, "\\\n")
	case '(':
		return !strings.HasPrefix(strings.TrimLeft(rest, " \t"), ")")
	}
	return false
}

// lastOf is the last byte of t that is not blank, a newline for none.
func lastOf(t string) byte {
	t = strings.TrimRight(t, " \t")
	if t == "" {
		return '\n'
	}
	return t[len(t)-1]
}

// atCommand reports whether a command's first word may stand at t[i], as far as
// the words before it on the line tell: it need not be right in strings, comments
// and here-documents.
func atCommand(t string, i int) bool {
	for {
		t = strings.TrimRight(t[:i], " \t")
		if rest, ok := strings.CutSuffix(t, "\\\n"); ok {
			t, i = rest, len(rest)
			continue
		}
		if t == "" || strings.IndexByte("\n;&|()`", t[len(t)-1]) >= 0 {
			return true
		}
		word := lastWord(t)
		i = len(t) - len(word)
		switch {
		case startsCommand(word):
			return true
		case word == "command" || word == "exec" || isAssignment(word):
			continue
		}
		before := strings.TrimRight(t[:i], " \t") // of a redirection?
		rest := strings.TrimRight(strings.TrimRight(before, "<>&|"), "0123456789")
		if len(strings.TrimRight(before, "<>")) == len(before) || word == "" {
			return false
		}
		i = len(rest)
	}
}

// lastWord is the word that ends t, without operators before it; quoted blanks
// are part of it where one pair of quotes ends it.
func lastWord(t string) string {
	end := len(t) - 1
	if q := t[end]; (q == '"' || q == '\'') && end > 0 {
		if open := strings.LastIndexByte(t[:end], q); open >= 0 {
			end = open
		}
	}
	return t[strings.LastIndexAny(t[:end+1], " \t\n;&|()<>`")+1:]
}

// startsCommand reports the reserved words behind which a command begins.
func startsCommand(word string) bool {
	switch word {
	case "if", "then", "elif", "else", "while", "until", "do", "{", "!", "time":
		return true
	}
	return false
}

// isAssignment reports name=….
func isAssignment(word string) bool {
	name, _, ok := strings.Cut(word, "=")
	return ok && isName(strings.TrimSuffix(name, "+"))
}

// isName reports a POSIX name: letters, digits and _, no digit first.
func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		if !nameByte(s[i]) || i == 0 && s[0] <= '9' {
			return false
		}
	}
	return s != ""
}

// nameByte reports the bytes of a name.
func nameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
