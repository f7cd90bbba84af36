package lang

import "strings"

// skip is the index behind what begins at t[i]: an escaped byte, a quoted string,
// a substitution, else one byte. It is -1 where that has no end in t.
func skip(t string, i int) int {
	switch t[i] {
	case '\\':
		if i+1 < len(t) {
			return i + 2
		}
		return -1
	case '\'':
		if n := strings.IndexByte(t[i+1:], '\''); n >= 0 {
			return i + n + 2
		}
		return -1
	case '"', '`':
		return skipTo(t, i+1, t[i])
	case '$':
		if i+1 < len(t) && t[i+1] == '(' {
			return behind(skipNested(t, i+2, '(', ')'))
		}
		if i+1 < len(t) && t[i+1] == '{' {
			return skipTo(t, i+2, '}')
		}
	}
	return i + 1
}

// skipTo is the index behind the next end that is neither escaped nor in
// something nested. In a string, only substitutions nest.
func skipTo(t string, i int, end byte) int {
	for i >= 0 && i < len(t) {
		switch c := t[i]; {
		case c == end:
			return i + 1
		case c == '\\' || c == '$', end == '}' && (c == '\'' || c == '"' || c == '`'), end == '"' && c == '`':
			i = skip(t, i)
		default:
			i++
		}
	}
	return -1
}

// skipNested is the index of the bracket shut that closes an open one before i.
func skipNested(t string, i int, open, shut byte) int {
	depth := 1
	for i >= 0 && i < len(t) {
		switch t[i] {
		case open:
			depth++
		case shut:
			if depth--; depth == 0 {
				return i
			}
		case '\\', '\'', '"', '`', '$':
			i = skip(t, i)
			continue
		}
		i++
	}
	return -1
}

// behind is the index after i, and -1 for -1.
func behind(i int) int {
	if i < 0 {
		return i
	}
	return i + 1
}

// blank reports the bytes that separate words on a line.
func blank(c byte) bool { return c == ' ' || c == '\t' }
