// Package pattern matches the shell's patterns (XCU 2.14): case, ${x#p} and
// pathname expansion.
//
// A character is one UTF-8 sequence; a byte that is part of none stands for
// itself alone. A pattern is compiled once; matching takes no memory, and
// time at most the product of both lengths, since of two stars the first
// never has to be tried again.
package pattern

import (
	"strings"
	"unicode/utf8"
)

// Pattern is a compiled pattern. The zero value matches the empty string.
type Pattern struct {
	kind kind
	lit  string // the text of all kinds but general, anything and anyone
	// segments are what stands between the stars of a general pattern: one
	// more than there are stars, first and last perhaps empty.
	segments [][]element
	// tree is an extended pattern; fold compares letters in either case.
	tree []item
	fold bool
}

type kind uint8

const (
	literal  kind = iota // x
	prefix               // x*
	suffix               // *x
	contains             // *x*
	anything             // *
	anyone               // ?
	general
	extended // see CompileMode
)

// element is a part of a pattern without stars: a text, or what stands for
// one character.
type element struct {
	text string // a literal text, unless it is empty
	set  *set   // a bracket expression, unless it is nil; both empty: ?
}

// Compile reads a pattern in which a backslash quotes the next character. A
// last backslash stands for itself.
func Compile(p string) Pattern {
	first := strings.IndexAny(p, `*?[\`)
	if first < 0 {
		return Pattern{lit: p}
	}
	if p == "?" {
		return Pattern{kind: anyone}
	}
	if simple, ok := classify(p); ok {
		return simple
	}
	all := segments(p)
	if len(all) == 1 && len(all[0]) == 1 && all[0][0].text != "" {
		return Pattern{lit: all[0][0].text} // a [ that nothing closes
	}
	return Pattern{kind: general, segments: all}
}

// classify recognises x, x*, *x, *x* and * with a literal x.
func classify(p string) (Pattern, bool) {
	middle := strings.TrimLeft(p, "*")
	leading := len(middle) < len(p)
	whole := middle
	for strings.HasSuffix(middle, "*") && !endsQuoting(middle[:len(middle)-1]) {
		middle = middle[:len(middle)-1]
	}
	trailing := len(middle) < len(whole)
	if middle == "" {
		return Pattern{kind: anything}, true
	}
	if !plain(middle) {
		return Pattern{}, false
	}
	lit := Unescape(middle)
	switch {
	case !leading && !trailing:
		return Pattern{lit: lit}, true
	case !utf8.ValidString(lit):
		return Pattern{}, false // it could match inside a character
	case !trailing:
		return Pattern{kind: suffix, lit: lit}, true
	case !leading:
		return Pattern{kind: prefix, lit: lit}, true
	}
	return Pattern{kind: contains, lit: lit}, true
}

// endsQuoting reports that the last byte of p is a backslash that quotes what
// follows.
func endsQuoting(p string) bool {
	n := 0
	for n < len(p) && p[len(p)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// segments reads a pattern of any form.
func segments(p string) [][]element {
	var (
		all  [][]element
		cur  []element
		text []byte // the literal that is being collected
	)
	flush := func() {
		cur = appendText(cur, text)
		text = text[:0]
	}
	for i := 0; i < len(p); {
		switch c := p[i]; c {
		case '*':
			flush()
			all, cur = append(all, cur), nil
			for i < len(p) && p[i] == '*' {
				i++
			}
			continue
		case '?':
			flush()
			cur = append(cur, element{})
		case '[':
			set, end := parseBracket(p, i)
			if set != nil {
				flush()
				cur = append(cur, element{set: set})
				i = end
				continue
			}
			text = append(text, c)
		case '\\':
			if i+1 < len(p) {
				i++
			}
			text = append(text, p[i])
		default:
			text = append(text, c)
		}
		i++
	}
	flush()
	return append(all, cur)
}

// appendText adds a literal as elements that begin and end with whole
// characters: valid text in one, every other byte in a set of its own, so
// that neither matches a part of a character.
func appendText(dst []element, text []byte) []element {
	for len(text) > 0 {
		n := 0
		for n < len(text) {
			r, size := utf8.DecodeRune(text[n:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			n += size
		}
		if n > 0 {
			dst = append(dst, element{text: string(text[:n])})
			text = text[n:]
			continue
		}
		s := &set{}
		s.add(strayByte+rune(text[0]), strayByte+rune(text[0]))
		dst = append(dst, element{set: s})
		text = text[1:]
	}
	return dst
}

// Literal returns the text that p stands for when p matches just one.
func (p *Pattern) Literal() (string, bool) { return p.lit, p.kind == literal }

// OfText is the pattern that matches text alone, whatever characters it has.
func OfText(text string) Pattern { return Pattern{kind: literal, lit: text} }
