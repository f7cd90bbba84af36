package lang

import "strings"

// The head of a parameter expansion, ${ and the parameter, may have line
// continuations anywhere in it (XCU 2.2.1); the parser takes them behind the name
// only. In its copy they stand there.

// joinedHead is the head of the ${…} at t[at:] without its line continuations, and
// where it ends with those behind it; -1 where there is none.
func joinedHead(t string, at int) (end int, head string) {
	var b []byte
	take := func(ok func(byte) bool) bool {
		next := pastContinuations(t, at)
		if next == len(t) || !ok(t[next]) {
			return false
		}
		b = append(b, t[next])
		at = next + 1
		return true
	}
	if !take(is("$")) || !take(is("{")) {
		return -1, ""
	}
	take(is("#!"))
	if !take(nameByte) {
		take(is("@*?-$#!"))
	}
	for take(nameByte) {
	}
	return pastContinuations(t, at), string(b)
}

// is tells whether a byte is one of list.
func is(list string) func(byte) bool {
	return func(c byte) bool { return strings.IndexByte(list, c) >= 0 }
}

// pastContinuations is the index of what stands at t[i:] behind line continuations.
func pastContinuations(t string, i int) int {
	for strings.HasPrefix(t[i:], "\\\n") {
		i += len("\\\n")
	}
	return i
}

// joinHead makes the head of the ${…} at the offset whole.
func (s *segment) joinHead(at int) {
	if end, head := joinedHead(s.src.text, at); end > at+len(head) {
		s.edit(edit{at, end, head + continuations(end-at-len(head)), dollar})
	}
}

// readOn reads the lines that the one ending at hi goes on in.
func (s *segment) readOn(hi int) {
	for hi == len(s.src.text) && strings.HasSuffix(s.src.text, "\\\n") && s.src.more() {
		hi = len(s.src.text)
	}
}

// continuations are line continuations of n bytes in all.
func continuations(n int) string { return strings.Repeat("\\\n", n/len("\\\n")) }

// countOperation mends ${##word}, ${#-word} and ${#?word} at the place of an
// error: the parser takes the # for the operator of a length and not for $#, of
// which it then knows only as ${@#word}.
func (s *segment) countOperation(at int) bool {
	t := s.src.text
	name := at - 2
	if name < 2 || t[name-2:name+1] != "${#" || strings.IndexByte("#-?", t[name+1]) < 0 || !s.once(bang, name) {
		return false
	}
	s.renamed = true
	return s.edit(edit{name, name + 1, "@", bang})
}

// nameFunction mends `function name for …` at the place of an error: without
// parentheses, the parser knows no body but a block or a subshell.
func (s *segment) nameFunction(at int) bool {
	t := s.src.text
	const word = "function"
	if !strings.HasPrefix(t[at:], word) {
		return false
	}
	at += len(word)
	for at < len(t) && blank(t[at]) {
		at++
	}
	at += len(firstWord(t[at:]))
	return s.once(extra, at) && s.edit(edit{at, at, "()", extra})
}
