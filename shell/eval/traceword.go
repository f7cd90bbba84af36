package eval

import (
	"strings"
	"unicode/utf8"
)

// traced writes a word of a command that is shown under -x: so that it can be
// read back, and with no more quotes than that takes.
func traced(word string, first bool) string {
	if q := quote(word); q == word {
		return word
	}
	plain := utf8.ValidString(word) && word != ""
	for i := 0; i < len(word) && plain; i++ {
		switch c := word[i]; {
		case c >= utf8.RuneSelf, c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case strings.IndexByte("_-./,+:@%]", c) >= 0:
		case c == '[' && len(word) == 1, c == '=' && !first, c == '{' && len(word) == 1, c == '}' && !first:
		default:
			plain = false
		}
	}
	if plain {
		return word
	}
	return quote(word)
}

// traceLevel puts the first character of PS4 before it once more for each command
// substitution and eval that the command is in, as in bash.
func (sh *Shell) traceLevel(ps4 string) string {
	n := sh.level + sh.depth
	if n == 0 || ps4 == "" || sh.posix() {
		return ps4
	}
	_, size := utf8.DecodeRuneInString(ps4)
	return strings.Repeat(ps4[:size], n) + ps4
}
