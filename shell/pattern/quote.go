package pattern

import "strings"

// special are the characters that mean something in a pattern or inside a
// bracket expression.
const special = `*?[]\!^-()|`

// Escape turns quoted text into a pattern that stands for just that text. It
// returns s itself when there is nothing to escape.
func Escape(s string) string {
	if !strings.ContainsAny(s, special) {
		return s
	}
	return string(AppendEscaped(make([]byte, 0, len(s)+8), s))
}

// AppendEscaped appends Escape(s) to dst.
func AppendEscaped(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if isSpecial(s[i]) {
			dst = append(dst, '\\')
		}
		dst = append(dst, s[i])
	}
	return dst
}

func isSpecial(c byte) bool {
	switch c {
	case '*', '?', '[', ']', '\\', '!', '^', '-', '(', ')', '|':
		return true
	}
	return false
}

// HasMeta reports whether p, a word or a part of one, has an unquoted * ? or
// [.
func HasMeta(p string) bool {
	return !plain(p)
}

// IsPattern is HasMeta for a whole word, of which a [ makes a pattern only
// when a ] stands somewhere behind it.
func IsPattern(p string) bool {
	open := false
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '*', '?':
			return true
		case '[':
			open = true
		case ']':
			if open {
				return true
			}
		case '\\':
			i++
		}
	}
	return false
}

// plain reports that no character of p means more than itself or quotes the
// next.
func plain(p string) bool {
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '*', '?', '[':
			return false
		case '\\':
			i++
		}
	}
	return true
}

// Unescape returns the text that a pattern without meta characters stands
// for.
func Unescape(p string) string {
	i := strings.IndexByte(p, '\\')
	if i < 0 {
		return p
	}
	b := append(make([]byte, 0, len(p)), p[:i]...)
	for ; i < len(p); i++ {
		if p[i] == '\\' && i+1 < len(p) {
			i++
		}
		b = append(b, p[i])
	}
	return string(b)
}
