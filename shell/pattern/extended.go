package pattern

import "strings"

// Mode widens what a pattern means.
type Mode uint8

const (
	// Extended: ?(a|b) *(…) +(…) @(…) !(…) stand for none or one, any number,
	// one or more, just one, and anything but one of the patterns.
	Extended Mode = 1 << iota
	// FoldCase: letters match in either case.
	FoldCase
)

// CompileMode is Compile for a pattern in which mode holds.
func CompileMode(p string, mode Mode) Pattern {
	if mode&FoldCase == 0 && (mode&Extended == 0 || !HasGroup(p)) {
		return Compile(p)
	}
	r := groupReader{mode: mode}
	return Pattern{kind: extended, tree: r.read(p), fold: mode&FoldCase != 0}
}

// HasGroup reports whether p has a ?( *( +( @( or !( that is not quoted.
func HasGroup(p string) bool {
	for i := 0; i+1 < len(p); i++ {
		switch p[i] {
		case '\\':
			i++
		case '?', '*', '+', '@', '!':
			if p[i+1] == '(' && groupEnd(p, i+2) >= 0 {
				return true
			}
		}
	}
	return false
}

// groupEnd is the index of the ) that ends the group whose inside begins at
// i, -1 when there is none.
func groupEnd(p string, i int) int {
	depth := 1
	for ; i < len(p); i++ {
		switch p[i] {
		case '\\':
			i++
		case '[':
			if _, end := parseBracket(p, i); end > 0 {
				i = end - 1
			}
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// item is a part of an extended pattern.
type item struct {
	op   byte // 0: element; '*' alone: any text; else ?*+@! of a group
	elem element
	star bool
	alts [][]item
}

// groupReader reads an extended pattern.
type groupReader struct {
	mode  Mode
	depth int
}

// maxGroups bounds the nesting of groups.
const maxGroups = 500

// read reads a pattern as a sequence of items.
func (r *groupReader) read(p string) []item {
	var out []item
	var text []byte
	flush := func() {
		for _, e := range appendText(nil, text) {
			out = append(out, item{elem: e})
		}
		text = text[:0]
	}
	for i := 0; i < len(p); {
		c := p[i]
		if r.mode&Extended != 0 && strings.IndexByte("?*+@!", c) >= 0 && i+1 < len(p) && p[i+1] == '(' && r.depth < maxGroups {
			if end := groupEnd(p, i+2); end >= 0 {
				flush()
				out = append(out, item{op: c, alts: r.alternatives(p[i+2 : end])})
				i = end + 1
				continue
			}
		}
		switch c {
		case '*':
			flush()
			if n := len(out); n == 0 || !out[n-1].star {
				out = append(out, item{star: true})
			}
			i++
			continue
		case '?':
			flush()
			out = append(out, item{})
		case '[':
			if set, end := parseBracket(p, i); set != nil {
				flush()
				out = append(out, item{elem: element{set: set}})
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
	return out
}

// alternatives reads what stands between the parentheses of a group.
func (r *groupReader) alternatives(p string) [][]item {
	r.depth++
	defer func() { r.depth-- }()
	var alts [][]item
	start, depth := 0, 0
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '\\':
			i++
		case '[':
			if _, end := parseBracket(p, i); end > 0 {
				i = end - 1
			}
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				alts = append(alts, r.read(p[start:i]))
				start = i + 1
			}
		}
	}
	return append(alts, r.read(p[start:]))
}
