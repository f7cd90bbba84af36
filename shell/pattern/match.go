package pattern

import (
	"strings"
	"unicode/utf8"
)

// Match reports whether p matches the whole of s.
func (p *Pattern) Match(s string) bool {
	switch p.kind {
	case literal:
		return s == p.lit
	case prefix:
		return strings.HasPrefix(s, p.lit)
	case suffix:
		return strings.HasSuffix(s, p.lit)
	case contains:
		return strings.Contains(s, p.lit)
	case anything:
		return true
	case anyone:
		_, n := decode(s)
		return n > 0 && n == len(s)
	}
	if p.kind == extended {
		return p.matchExtended(s)
	}
	return matchSegments(p.segments, s)
}

// matchSegments matches the first segment at the beginning, the last at the
// end, and each of the others at the first place behind the one before it:
// a later place would leave less for the rest.
func matchSegments(segments [][]element, s string) bool {
	last := len(segments) - 1
	at, ok := forward(segments[0], s, 0)
	if !ok {
		return false
	}
	if last == 0 {
		return at == len(s)
	}
	end, ok := backward(segments[last], s, len(s))
	if !ok || end < at {
		return false
	}
	for _, seg := range segments[1:last] {
		if _, at, ok = findFirst(seg, s[:end], at); !ok {
			return false
		}
	}
	return true
}

// forward matches seg at s[at:] and returns where the match ends.
func forward(seg []element, s string, at int) (end int, ok bool) {
	for i := range seg {
		e := &seg[i]
		if e.text != "" {
			if !strings.HasPrefix(s[at:], e.text) {
				return 0, false
			}
			at += len(e.text)
			continue
		}
		r, n := decode(s[at:])
		if n == 0 || e.set != nil && !e.set.has(r) {
			return 0, false
		}
		at += n
	}
	return at, true
}

// backward matches seg so that it ends at end, and returns where the match
// begins.
func backward(seg []element, s string, end int) (start int, ok bool) {
	for i := len(seg) - 1; i >= 0; i-- {
		e := &seg[i]
		if e.text != "" {
			if !strings.HasSuffix(s[:end], e.text) {
				return 0, false
			}
			end -= len(e.text)
			continue
		}
		r, n := decodeLast(s[:end])
		if n == 0 || e.set != nil && !e.set.has(r) {
			return 0, false
		}
		end -= n
	}
	return end, true
}

// findFirst returns the first match of seg that begins at from or later.
func findFirst(seg []element, s string, from int) (start, end int, ok bool) {
	for at := from; ; {
		if len(seg) > 0 {
			n := seg[0].index(s[at:])
			if n < 0 {
				return 0, 0, false
			}
			at += n
		}
		if end, ok := forward(seg, s, at); ok {
			return at, end, true
		}
		_, n := decode(s[at:])
		if n == 0 {
			return 0, 0, false
		}
		at += n
	}
}

// findLast returns the last match of seg that ends at to or earlier and
// begins at from or later.
func findLast(seg []element, s string, from, to int) (start, end int, ok bool) {
	for at := to; ; {
		if n := len(seg); n > 0 {
			end := seg[n-1].lastEnd(s[from:at])
			if end < 0 {
				return 0, 0, false
			}
			at = from + end
		}
		if start, ok := backward(seg, s, at); ok && start >= from {
			return start, at, true
		}
		_, n := decodeLast(s[from:at])
		if n == 0 {
			return 0, 0, false
		}
		at -= n
	}
}

// index is where the first thing that e matches begins in s, -1 when there is
// none.
func (e *element) index(s string) int {
	switch {
	case e.text != "":
		return strings.Index(s, e.text)
	case e.set == nil:
		return 0
	}
	for at := 0; at < len(s); {
		r, n := rune(s[at]), 1
		if r >= utf8.RuneSelf {
			r, n = decode(s[at:])
		}
		if e.set.has(r) {
			return at
		}
		at += n
	}
	return -1
}

// lastEnd is where the last thing that e matches ends in s, -1 when there is
// none.
func (e *element) lastEnd(s string) int {
	switch {
	case e.text != "":
		i := strings.LastIndex(s, e.text)
		if i < 0 {
			return -1
		}
		return i + len(e.text)
	case e.set == nil:
		return len(s)
	}
	for end := len(s); end > 0; {
		r, n := rune(s[end-1]), 1
		if r >= utf8.RuneSelf {
			r, n = decodeLast(s[:end])
		}
		if e.set.has(r) {
			return end
		}
		end -= n
	}
	return -1
}
