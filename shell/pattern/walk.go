package pattern

import (
	"slices"
	"unicode"
)

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
