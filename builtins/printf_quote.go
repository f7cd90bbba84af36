package builtins

import (
	"strings"

	"cosh/shell/session"
)

// appendEscapedWord appends a text as bash's %q writes it: with a backslash
// before what means something to the shell, or as $'…' where there is what
// cannot be printed.
func appendEscapedWord(dst []byte, s string) []byte {
	switch {
	case s == "":
		return append(dst, "''"...)
	case session.Control(s):
		return append(dst, session.QuoteDollar(s)...)
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case strings.IndexByte(" !\"$&'()*,;<>?[\\]^`{|}", c) >= 0,
			c == '#' && i == 0,
			c == '~' && (i == 0 || s[i-1] == '=' || s[i-1] == ':'):
			dst = append(dst, '\\')
		}
		dst = append(dst, c)
	}
	return dst
}
