package pattern

import "strings"

// TrimPrefix returns s without its shortest or longest prefix that p matches:
// ${s#p} and ${s##p}. The result is a part of s. A literal pattern that is not
// valid UTF-8 is compared byte by byte, and may cut a character.
func (p *Pattern) TrimPrefix(s string, longest bool) string {
	switch p.kind {
	case literal:
		return strings.TrimPrefix(s, p.lit)
	case anything:
		if longest {
			return ""
		}
		return s
	case anyone:
		_, n := decode(s)
		return s[n:]
	case prefix:
		switch {
		case !strings.HasPrefix(s, p.lit):
			return s
		case longest:
			return ""
		}
		return s[len(p.lit):]
	case suffix:
		i := index(s, p.lit, longest)
		if i < 0 {
			return s
		}
		return s[i+len(p.lit):]
	case contains:
		i := strings.Index(s, p.lit)
		switch {
		case i < 0:
			return s
		case longest:
			return ""
		}
		return s[i+len(p.lit):]
	}
	if p.kind == extended {
		return p.trimPrefixExtended(s, longest)
	}
	if end, ok := p.prefixEnd(s, longest); ok {
		return s[end:]
	}
	return s
}

// TrimSuffix returns s without its shortest or longest suffix that p matches:
// ${s%p} and ${s%%p}. The result is a part of s.
func (p *Pattern) TrimSuffix(s string, longest bool) string {
	switch p.kind {
	case literal:
		return strings.TrimSuffix(s, p.lit)
	case anything:
		if longest {
			return ""
		}
		return s
	case anyone:
		_, n := decodeLast(s)
		return s[:len(s)-n]
	case suffix:
		switch {
		case !strings.HasSuffix(s, p.lit):
			return s
		case longest:
			return ""
		}
		return s[:len(s)-len(p.lit)]
	case prefix:
		i := index(s, p.lit, !longest)
		if i < 0 {
			return s
		}
		return s[:i]
	case contains:
		i := strings.LastIndex(s, p.lit)
		switch {
		case i < 0:
			return s
		case longest:
			return ""
		}
		return s[:i]
	}
	if p.kind == extended {
		return p.trimSuffixExtended(s, longest)
	}
	if start, ok := p.suffixStart(s, longest); ok {
		return s[:start]
	}
	return s
}

func index(s, text string, last bool) int {
	if last {
		return strings.LastIndex(s, text)
	}
	return strings.Index(s, text)
}

// prefixEnd returns the end of the shortest or longest prefix of s that a
// general pattern matches.
func (p *Pattern) prefixEnd(s string, longest bool) (end int, ok bool) {
	at, ok := forward(p.segments[0], s, 0)
	last := len(p.segments) - 1
	if !ok || last == 0 {
		return at, ok
	}
	for _, seg := range p.segments[1:last] {
		if _, at, ok = findFirst(seg, s, at); !ok {
			return 0, false
		}
	}
	if longest {
		_, end, ok = findLast(p.segments[last], s, at, len(s))
	} else {
		_, end, ok = findFirst(p.segments[last], s, at)
	}
	return end, ok
}

// suffixStart returns the start of the shortest or longest suffix of s that a
// general pattern matches.
func (p *Pattern) suffixStart(s string, longest bool) (start int, ok bool) {
	last := len(p.segments) - 1
	at, ok := backward(p.segments[last], s, len(s))
	if !ok || last == 0 {
		return at, ok
	}
	for i := last - 1; i > 0; i-- {
		if at, _, ok = findLast(p.segments[i], s, 0, at); !ok {
			return 0, false
		}
	}
	if longest {
		start, _, ok = findFirst(p.segments[0], s[:at], 0)
	} else {
		start, _, ok = findLast(p.segments[0], s, 0, at)
	}
	return start, ok
}
