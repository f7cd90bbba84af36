package arith

import "strings"

// number reads an integer constant as it stands in an expression: decimal,
// 0 and octal digits, 0x and hexadecimal digits, or base#digits with a base
// of 2 to 64 and the digits 0-9 a-z A-Z @ _ (upper case is lower case up to
// base 36). Too large values wrap. The reason is "" when it is a number.
func number(s string) (n int64, reason string) {
	base, digits := uint64(10), s
	switch hash := strings.IndexByte(s, '#'); {
	case hash > 0:
		b, reason := number(s[:hash])
		if reason != "" || b < 2 || b > 64 || s[0] == '0' {
			return 0, "invalid base " + s[:hash]
		}
		base, digits = uint64(b), s[hash+1:]
	case len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x':
		base, digits = 16, s[2:]
	case len(s) > 1 && s[0] == '0':
		base, digits = 8, s[1:]
	}
	if digits == "" {
		return 0, "invalid number " + s
	}
	var v uint64
	for i := 0; i < len(digits); i++ {
		d := digitValue(digits[i], base)
		if d >= base {
			if base == 8 && digits[0] != '#' && d < 10 && !strings.Contains(s, "#") {
				return 0, "invalid octal number " + s
			}
			return 0, "invalid number " + s
		}
		v = v*base + d
	}
	return int64(v), ""
}

// digitValue is the value of a digit, at least base when it is none.
func digitValue(c byte, base uint64) uint64 {
	switch {
	case '0' <= c && c <= '9':
		return uint64(c - '0')
	case 'a' <= c && c <= 'z':
		return uint64(c-'a') + 10
	case 'A' <= c && c <= 'Z' && base <= 36:
		return uint64(c-'A') + 10
	case 'A' <= c && c <= 'Z':
		return uint64(c-'A') + 36
	case c == '@':
		return 62
	case c == '_':
		return 63
	}
	return 64
}

// plainNumber reads a value that is just a constant, with blanks around it
// and one sign: what variables hold most often that is not canonical.
func plainNumber(s string) (int64, bool) {
	s = strings.Trim(s, " \t\n")
	sign := int64(1)
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	if s == "" || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	n, reason := number(s)
	return sign * n, reason == ""
}
