package pattern

import (
	"strings"
	"unicode/utf8"
)

// strayByte plus b is the code of a byte b that is part of no UTF-8 sequence:
// above all characters, in the order of the bytes.
const strayByte rune = utf8.MaxRune + 1

// set is a bracket expression (XBD 9.3.5).
type set struct {
	negated bool
	ascii   [2]uint64   // the characters below 128, one bit each
	ranges  []codeRange // the others
	classes []class     // asked for those that are not ASCII
}

type codeRange struct{ lo, hi rune }

func (s *set) add(lo, hi rune) {
	for c := lo; c <= hi && c < 128; c++ {
		s.ascii[c>>6] |= 1 << (c & 63)
	}
	if hi >= 128 && lo <= hi {
		s.ranges = append(s.ranges, codeRange{max(lo, 128), hi})
	}
}

func (s *set) addClass(c class) {
	for r := rune(0); r < 128; r++ {
		if c.has(r) {
			s.add(r, r)
		}
	}
	s.classes = append(s.classes, c)
}

// has reports whether the set matches the character r.
func (s *set) has(r rune) bool {
	in := false
	if r < 128 {
		in = s.ascii[r>>6&1]>>(r&63)&1 != 0
	} else {
		in = s.hasWide(r)
	}
	return in != s.negated
}

func (s *set) hasWide(r rune) bool {
	for _, c := range s.ranges {
		if c.lo <= r && r <= c.hi {
			return true
		}
	}
	for _, c := range s.classes {
		if r < strayByte && c.has(r) {
			return true
		}
	}
	return false
}

// parseBracket reads the bracket expression that begins at p[i], a '[', and
// returns where it ends. An expression that nothing ends is none: nil.
func parseBracket(p string, i int) (*set, int) {
	i++
	s := &set{}
	if i < len(p) && (p[i] == '!' || p[i] == '^') {
		s.negated = true
		i++
	}
	for first := true; i < len(p); first = false {
		if p[i] == ']' && !first {
			return s, i + 1
		}
		if strings.HasPrefix(p[i:], "[:") {
			if name, end := delimited(p, i); end > 0 {
				if c := classOf(name); c != noClass {
					s.addClass(c)
				}
				i = end
				continue
			}
		}
		lo, next, ok := member(p, i)
		if next > len(p) {
			break
		}
		i = next
		hi := lo
		if i+1 < len(p) && p[i] == '-' && p[i+1] != ']' {
			var okHi bool
			hi, i, okHi = member(p, i+1)
			ok = ok && okHi
		}
		if ok {
			s.add(lo, hi)
		}
	}
	return nil, 0
}

// member reads one end of a range or a single character: itself, quoted, or
// written [.x.] or [=x=]. ok is false for an element of several characters,
// which nothing matches; next is beyond p when a last backslash quotes
// nothing.
func member(p string, i int) (r rune, next int, ok bool) {
	switch {
	case p[i] == '\\':
		if i++; i == len(p) {
			return 0, i + 1, false
		}
	case strings.HasPrefix(p[i:], "[.") || strings.HasPrefix(p[i:], "[="):
		if text, end := delimited(p, i); end > 0 {
			r, size := decode(text)
			return r, end, size > 0 && size == len(text)
		}
	}
	r, size := decode(p[i:])
	return r, i + size, true
}

// delimited returns what stands in [:here:], [.here.] or [=here=] at p[i],
// and where it ends: 0 when it does not.
func delimited(p string, i int) (text string, end int) {
	closing := [2]byte{p[i+1], ']'}
	n := strings.Index(p[i+2:], string(closing[:]))
	if n < 0 || n == 0 && p[i+1] == ':' {
		return "", 0
	}
	// [.].] and [=]=] hold a bracket.
	return p[i+2 : i+2+n], i + 2 + n + 2
}

// decode returns the first character of s, or the code of a stray byte, and
// its length.
func decode(s string) (rune, int) {
	if s == "" {
		return 0, 0
	}
	if c := s[0]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return strayByte + rune(s[0]), 1
	}
	return r, size
}

// decodeLast is decode for the last character.
func decodeLast(s string) (rune, int) {
	if s == "" {
		return 0, 0
	}
	if c := s[len(s)-1]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	r, size := utf8.DecodeLastRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return strayByte + rune(s[len(s)-1]), 1
	}
	return r, size
}
