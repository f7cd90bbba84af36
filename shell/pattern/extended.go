package pattern

import (
	"slices"
	"strings"
	"unicode"
)

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

// walker matches an extended pattern by following the set of all positions
// that it can be at; backward it reads items and text from their ends. The
// work is at most the product of the lengths, and that times the length again
// for *( +( and !(.
type walker struct {
	s        string
	fold     bool
	backward bool
}

// sequence is the positions that can be reached from those in at, sorted and
// each once.
func (w *walker) sequence(seq []item, at []int) []int {
	for i := range seq {
		if len(at) == 0 {
			return nil
		}
		k := i
		if w.backward {
			k = len(seq) - 1 - i
		}
		at = w.item(&seq[k], at)
	}
	return at
}

func (w *walker) item(it *item, at []int) []int {
	switch {
	case it.star:
		return w.beyond(at)
	case it.op == 0:
		var out []int
		for _, p := range at {
			if q, ok := w.element(&it.elem, p); ok {
				out = append(out, q)
			}
		}
		return out
	case it.op == '@':
		return w.any(it.alts, at)
	case it.op == '?':
		return merge(at, w.any(it.alts, at))
	case it.op == '!':
		return w.except(it.alts, at)
	}
	reached := at
	if it.op == '+' {
		reached = w.any(it.alts, at)
	}
	reached = slices.Clone(reached) // to be added to in place
	for fresh := reached; len(fresh) > 0; {
		fresh = minus(w.any(it.alts, fresh), reached)
		if len(fresh) > 0 && len(reached) > 0 && fresh[0] > reached[len(reached)-1] {
			reached = append(reached, fresh...)
		} else {
			reached = merge(reached, fresh)
		}
	}
	return reached
}

// beyond is every position from the nearest of at on: what * reaches.
func (w *walker) beyond(at []int) []int {
	var out []int
	if w.backward {
		for p := 0; p <= at[len(at)-1]; {
			out = append(out, p)
			_, n := decode(w.s[p:])
			p += max(n, 1)
		}
		return out
	}
	for p := at[0]; p <= len(w.s); {
		out = append(out, p)
		_, n := decode(w.s[p:])
		p += max(n, 1)
	}
	return out
}

func (w *walker) any(alts [][]item, at []int) []int {
	var out []int
	for _, alt := range alts {
		out = merge(out, w.sequence(alt, at))
	}
	return out
}

// except is what !( ) reaches: from each place every other one between which
// none of the patterns matches.
func (w *walker) except(alts [][]item, at []int) []int {
	var out []int
	for i := range at {
		one := at[i : i+1]
		out = merge(out, minus(w.beyond(one), w.any(alts, one)))
	}
	return out
}

// element matches one character or text at p and returns where it leads.
func (w *walker) element(e *element, p int) (int, bool) {
	if e.text != "" {
		n := len(e.text)
		lo, hi := p, p+n
		if w.fold {
			return w.foldText(e.text, p)
		}
		if w.backward {
			lo, hi = p-n, p
		}
		if lo < 0 || hi > len(w.s) || w.s[lo:hi] != e.text {
			return 0, false
		}
		return lo + hi - p, true
	}
	r, n := w.char(p)
	if n == 0 || e.set != nil && !w.has(e.set, r) {
		return 0, false
	}
	if w.backward {
		n = -n
	}
	return p + n, true
}

func (w *walker) char(p int) (rune, int) {
	if w.backward {
		return decodeLast(w.s[:p])
	}
	return decode(w.s[p:])
}

func (w *walker) has(s *set, r rune) bool {
	if !w.fold || r >= strayByte {
		return s.has(r)
	}
	if s.negated {
		return s.has(r) && s.has(unicode.ToLower(r)) && s.has(unicode.ToUpper(r))
	}
	return s.has(r) || s.has(unicode.ToLower(r)) || s.has(unicode.ToUpper(r))
}

// foldText matches a text without regard to case.
func (w *walker) foldText(text string, p int) (int, bool) {
	for text != "" {
		a, n := decode(text)
		if w.backward {
			a, n = decodeLast(text)
		}
		b, m := w.char(p)
		if m == 0 || a != b && (a >= strayByte || b >= strayByte || unicode.ToLower(a) != unicode.ToLower(b)) {
			return 0, false
		}
		if w.backward {
			text, p = text[:len(text)-n], p-m
		} else {
			text, p = text[n:], p+m
		}
	}
	return p, true
}

// merge is the union of two sorted lists.
func merge(a, b []int) []int {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	out := make([]int, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// minus is what of the sorted list a is not in b.
func minus(a, b []int) []int {
	if len(a) == 0 || len(b) == 0 || a[0] > b[len(b)-1] {
		return a
	}
	var out []int
	for _, p := range a {
		for len(b) > 0 && b[0] < p {
			b = b[1:]
		}
		if len(b) == 0 || b[0] != p {
			out = append(out, p)
		}
	}
	return out
}

// ends are the places where a match of the whole pattern that begins at 0 can
// end; starts those where one that ends with s can begin.
func (p *Pattern) ends(s string) []int {
	w := walker{s: s, fold: p.fold}
	return w.sequence(p.tree, []int{0})
}

func (p *Pattern) starts(s string) []int {
	w := walker{s: s, fold: p.fold, backward: true}
	return w.sequence(p.tree, []int{len(s)})
}

// matchExtended reports whether an extended pattern matches the whole of s.
func (p *Pattern) matchExtended(s string) bool {
	e := p.ends(s)
	return len(e) > 0 && e[len(e)-1] == len(s)
}

func (p *Pattern) trimPrefixExtended(s string, longest bool) string {
	e := p.ends(s)
	switch {
	case len(e) == 0:
		return s
	case longest:
		return s[e[len(e)-1]:]
	}
	return s[e[0]:]
}

func (p *Pattern) trimSuffixExtended(s string, longest bool) string {
	b := p.starts(s)
	switch {
	case len(b) == 0:
		return s
	case longest:
		return s[:b[0]]
	}
	return s[:b[len(b)-1]]
}
