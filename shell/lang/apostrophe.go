package lang

import "strings"

// Between double quotes, and in a here-document, the apostrophe of "${x:-can't}"
// is a character like any other (XCU 2.6.2); the parser looks for the one that
// closes it.

// maskApostrophes hides those that stand alone in the words of parameter
// expansions, once, and reports whether there are any. The text has a quote that
// is not closed.
func (s *segment) maskApostrophes() bool {
	t := s.src.text
	if !s.once(mask, -1) {
		return false
	}
	found := false
	for at := 0; ; {
		i := strings.Index(t[at:], "${")
		if i < 0 {
			return found
		}
		at += i + len("${")
		word := alternativeWord(t[at:])
		if strings.Count(word, "'")%2 == 0 {
			continue
		}
		from := at + strings.Index(t[at:], word)
		for k := range len(word) {
			if word[k] == '\'' {
				found = s.mask(from+k) || found
			}
		}
	}
}

// alternativeWord is what stands in t, the text behind ${, from the operator
// of ${x-word}, ${x=word}, ${x?word} or ${x+word} to the first brace; "" for other
// expansions.
func alternativeWord(t string) string {
	i := 0
	for i < len(t) && (nameByte(t[i]) || i == 0 && strings.IndexByte("@*#?$!-", t[i]) >= 0) {
		i++
	}
	op := i
	if i < len(t) && t[i] == ':' {
		i++
	}
	if i == len(t) || op == 0 || strings.IndexByte("-=?+", t[i]) < 0 {
		return ""
	}
	end := strings.IndexByte(t[i:], '}')
	if end < 0 {
		return ""
	}
	return t[op : i+end]
}
