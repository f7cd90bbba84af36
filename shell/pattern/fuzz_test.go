package pattern

import (
	"testing"
	"unicode/utf8"
)

// naive is the definition of matching, by trying everything: elements are a
// star ('*'), a set or a character's code.
func naive(p []any, s string) bool {
	if len(p) == 0 {
		return s == ""
	}
	if p[0] == nil {
		for {
			if naive(p[1:], s) {
				return true
			}
			if s == "" {
				return false
			}
			_, n := decode(s)
			s = s[n:]
		}
	}
	r, n := decode(s)
	if n == 0 {
		return false
	}
	switch e := p[0].(type) {
	case *set:
		if e != nil && !e.has(r) {
			return false
		}
	case rune:
		if e != r {
			return false
		}
	}
	return naive(p[1:], s[n:])
}

// parseNaive reads a pattern into naive's form.
func parseNaive(p string) (elements []any) {
	var text []byte
	flush := func() {
		for s := string(text); s != ""; {
			r, n := decode(s)
			elements = append(elements, r)
			s = s[n:]
		}
		text = text[:0]
	}
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '*':
			flush()
			elements = append(elements, nil)
			continue
		case '?':
			flush()
			elements = append(elements, (*set)(nil))
			continue
		case '[':
			if s, end := parseBracket(p, i); s != nil {
				flush()
				elements = append(elements, s)
				i = end - 1
				continue
			}
		case '\\':
			if i+1 < len(p) {
				i++
			}
		}
		text = append(text, p[i])
	}
	flush()
	return elements
}

// boundaries are the offsets between the characters of s.
func boundaries(s string) []int {
	at := []int{0}
	for i := 0; i < len(s); {
		_, n := decode(s[i:])
		i += n
		at = append(at, i)
	}
	return at
}

func FuzzPattern(f *testing.F) {
	for _, c := range matches {
		f.Add(c.pattern, c.text)
	}
	for _, c := range trims {
		f.Add(c.pattern, c.text)
	}
	f.Add("*[!é]?\xff*", "aé\xff\xfe")
	f.Fuzz(func(t *testing.T, pat, s string) {
		if len(pat) > 12 || len(s) > 16 {
			return
		}
		p, n := Compile(pat), parseNaive(pat)
		if got, want := p.Match(s), naive(n, s); got != want {
			t.Fatalf("%q against %q: %v, want %v", pat, s, got, want)
		}
		if lit, ok := p.Literal(); ok && !utf8.ValidString(lit) {
			return // trimmed byte by byte
		}
		at := boundaries(s)
		short, long, tail, longTail := -1, 0, len(s)+1, len(s)
		for _, i := range at {
			if naive(n, s[:i]) {
				if short < 0 {
					short = i
				}
				long = i
			}
			if naive(n, s[i:]) {
				tail = i
				longTail = min(longTail, i)
			}
		}
		if tail > len(s) {
			tail = len(s)
		}
		for _, c := range []struct{ got, want string }{
			{p.TrimPrefix(s, false), s[max(short, 0):]},
			{p.TrimPrefix(s, true), s[long:]},
			{p.TrimSuffix(s, false), s[:tail]},
			{p.TrimSuffix(s, true), s[:longTail]},
		} {
			if c.got != c.want {
				t.Fatalf("trim %q of %q: %q, want %q", pat, s, c.got, c.want)
			}
		}
	})
}
