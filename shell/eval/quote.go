package eval

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// quote writes s so that the shell reads it back as one word.
func quote(s string) string {
	if s == "" {
		return "''"
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '_' && c != '-' && c != '.' && c != '/' && c != ',' && c != '+' && c != ':' && c != '@' && c != '%' &&
			(c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}

// ansiC is the text of $'…' (XCU 2.2.4).
func ansiC(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b = append(b, s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case 'a':
			b = append(b, 7)
		case 'b':
			b = append(b, 8)
		case 'e', 'E':
			b = append(b, 27)
		case 'f':
			b = append(b, 12)
		case 'n':
			b = append(b, 10)
		case 'r':
			b = append(b, 13)
		case 't':
			b = append(b, 9)
		case 'v':
			b = append(b, 11)
		case 'c':
			if i+1 < len(s) {
				i++
				b = append(b, control(s[i]))
				if strings.HasPrefix(s[i:], `\\`) {
					i++ // \c\\ is one character
				}
			}
		case 'x':
			i = escapeDigits(&b, s, i+1, 16, 2, false)
		case 'u':
			i = escapeDigits(&b, s, i+1, 16, 4, true)
		case 'U':
			i = escapeDigits(&b, s, i+1, 16, 8, true)
		case '0', '1', '2', '3', '4', '5', '6', '7':
			i = escapeDigits(&b, s, i, 8, 3, false)
		case '\\', '\'', '"', '?':
			b = append(b, c)
		default:
			b = append(b, '\\', c)
		}
		// A NUL cannot be part of a word: the text ends there.
		if len(b) > 0 && b[len(b)-1] == 0 {
			return string(b[:len(b)-1])
		}
	}
	return string(b)
}

// control is the character that Ctrl and c make on a terminal.
func control(c byte) byte {
	if c == '?' {
		return 0x7f
	}
	return c & 0x1f
}

// escapeDigits reads at most limit digits at s[i:] and appends the byte or
// character; it returns the index of the last one read.
func escapeDigits(b *[]byte, s string, i, base, limit int, char bool) int {
	end := i
	for end < len(s) && end < i+limit {
		if _, err := strconv.ParseUint(s[end:end+1], base, 8); err != nil {
			break
		}
		end++
	}
	n, err := strconv.ParseUint(s[i:end], base, 32)
	if err != nil {
		*b = append(*b, '\\', s[i-1])
		return i - 1
	}
	if char {
		*b = utf8.AppendRune(*b, rune(n))
	} else {
		*b = append(*b, byte(n))
	}
	return end - 1
}
