package builtins

import "unicode/utf8"

// escapes says which backslash escapes a text may hold.
type escapes uint8

const (
	// inFormat: \ddd of one to three octal digits, \" and \' (XBD 5, printf).
	inFormat escapes = iota
	// inArgument: \0ddd of up to three digits after the 0, \ddd, \c (printf %b).
	inArgument
	// inEcho: \0ddd and \c, but no \ddd (XCU echo, XSI).
	inEcho
)

// appendEscape appends what the escape at the beginning of s stands for. s
// begins behind the backslash; n is how much of it the escape takes. stop is
// true for \c: nothing may follow. An unknown escape stands for itself.
func appendEscape(dst []byte, s string, set escapes) (out []byte, n int, stop bool) {
	if s == "" {
		return append(dst, '\\'), 0, false
	}
	if b := simpleEscape(s[0]); b != 0 {
		return append(dst, b), 1, false
	}
	switch c := s[0]; {
	case c == 'c' && set != inFormat:
		return dst, 1, true
	case set == inFormat && (c == '"' || c == '\''):
		return append(dst, c), 1, false
	case c == '0' && set != inFormat:
		v, n := digits(s[1:], 3, 8)
		return append(dst, byte(v)), 1 + n, false
	case c >= '0' && c <= '7' && set != inEcho:
		v, n := digits(s, 3, 8)
		return append(dst, byte(v)), n, false
	case c == 'x':
		if v, n := digits(s[1:], 2, 16); n > 0 {
			return append(dst, byte(v)), 1 + n, false
		}
	case c == 'u' || c == 'U':
		width := 4
		if c == 'U' {
			width = 8
		}
		if v, n := digits(s[1:], width, 16); n > 0 {
			return utf8.AppendRune(dst, rune(v)), 1 + n, false
		}
	}
	return append(dst, '\\', s[0]), 1, false
}

// simpleEscape is the byte of a one-letter escape, 0 when c is none.
func simpleEscape(c byte) byte {
	switch c {
	case 'a':
		return '\a'
	case 'b':
		return '\b'
	case 'e', 'E':
		return 0x1b
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'v':
		return '\v'
	case '\\':
		return '\\'
	}
	return 0
}

// digits reads at most limit digits of a base (8 or 16) and counts them.
func digits(s string, limit int, base uint32) (v uint32, n int) {
	for n < limit && n < len(s) {
		d := digit(s[n])
		if d >= base {
			break
		}
		v = v*base + d
		n++
	}
	return v, n
}

// digit is the value of a hexadecimal digit, 16 for any other byte.
func digit(c byte) uint32 {
	switch {
	case c >= '0' && c <= '9':
		return uint32(c - '0')
	case c >= 'a' && c <= 'f':
		return uint32(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return uint32(c-'A') + 10
	}
	return 16
}
