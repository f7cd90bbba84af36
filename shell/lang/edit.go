package lang

import (
	"slices"
	"strings"
)

// An edit is a difference between the text and the parser's copy of it.
type edit struct {
	at, end int    // this range of the text …
	with    string // … is this in the copy
	kind    kind
}

// A kind says what an edit is for.
type kind uint8

const (
	mask      kind = iota // the placeholder for a byte
	proposal              // a ; before a wrapper's block
	delim                 // the quoted word of a here-document, quoted as a whole
	arith                 // harmless text for an arithmetic expression
	subscript             // harmless text for a subscript, or the operator of ${x~}
	extra                 // bytes that are not in the text
	comment               // the placeholder for the backslash that ends a comment
	bang                  // an @ for the ! of ${!-word}
	joined                // an operator without the line continuations in it
	dollar                // such a one that begins with $
	fall                  // the ;& of a posix shell
	quote                 // the $'…' of a posix shell
	bad                   // a parameter in the place of a ${…} that is none
)

// A mark names an edit.
type mark struct {
	kind kind
	at   int
}

// edit puts e in its place, instead of those wholly inside it. One that is inside
// another, or overlaps it, is not made.
func (s *segment) edit(e edit) bool {
	i := s.firstEdit(e.at)
	if i > 0 && s.edits[i-1].end > e.at || i < len(s.edits) && s.edits[i] == e {
		return false
	}
	n := i
	for n < len(s.edits) && s.edits[n].at < e.end {
		if s.edits[n].end > e.end || s.edits[n].end == e.end && s.edits[n].at == e.at {
			return false
		}
		n++
	}
	s.edits = slices.Replace(s.edits, i, n, e)
	return true
}

// firstEdit is the index of the first edit at or behind the offset.
func (s *segment) firstEdit(at int) int {
	i, _ := slices.BinarySearchFunc(s.edits, at, func(e edit, at int) int { return e.at - at })
	return i
}

// shifts are where the edits make the copy longer than the text.
func shifts(edits []edit) (list []shift) {
	by := 0
	for _, e := range edits {
		if e.kind == extra {
			list = append(list, shift{e.at + by, len(e.with)})
			by += len(e.with)
		}
	}
	return list
}

// copyOf is the parser's copy of the text from lo to hi.
func (s *segment) copyOf(lo, hi int) string {
	for s.cursor < len(s.edits) && s.edits[s.cursor].end < lo {
		s.cursor++
	}
	text := s.src.text
	if s.cursor == len(s.edits) || s.edits[s.cursor].at >= hi {
		return text[lo:hi]
	}
	var b strings.Builder
	at := lo
	for _, e := range s.edits[s.cursor:] {
		if e.at >= hi {
			break
		}
		if e.kind == extra {
			if e.at >= lo {
				b.WriteString(text[at:e.at])
				b.WriteString(e.with)
				at = e.at
			}
			continue
		}
		from, to := max(e.at, lo), min(e.end, hi)
		if from >= to {
			continue
		}
		b.WriteString(text[at:from])
		b.WriteString(e.with[from-e.at : to-e.at])
		at = to
	}
	b.WriteString(text[at:hi])
	return b.String()
}
