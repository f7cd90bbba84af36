package builtins

// appendQuoted appends s in single quotes, so that the shell reads it back as
// one word. A quote in it closes the quotes, stands alone behind a backslash
// and opens them again.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '\'')
	for i := 0; i < len(s); i++ {
		if s[i] == '\'' {
			dst = append(dst, `'\''`...)
		} else {
			dst = append(dst, s[i])
		}
	}
	return append(dst, '\'')
}

// appendAssignment appends prefix NAME='value' and a newline.
func appendAssignment(dst []byte, prefix, name, value string) []byte {
	dst = append(dst, prefix...)
	dst = append(dst, name...)
	dst = append(dst, '=')
	dst = appendQuoted(dst, value)
	return append(dst, '\n')
}

// appendWord appends s quoted only where it has to be, as printf %q does.
func appendWord(dst []byte, s string) []byte {
	if s == "" {
		return append(dst, "''"...)
	}
	for i := 0; i < len(s); i++ {
		if !plain(s[i]) {
			return appendQuoted(dst, s)
		}
	}
	return append(dst, s...)
}

// plain reports that c means nothing to the shell anywhere in a word.
func plain(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c >= 0x80:
		return true
	}
	switch c {
	case '_', '-', '+', '/', '.', ',', ':', '@', '%':
		return true
	}
	return false
}
