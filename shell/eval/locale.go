package eval

// characters is the length of a text in the locale: in that of C or POSIX a
// byte is a character (XBD 7.2), in any other one a UTF-8 sequence is. With no
// locale named it is UTF-8 as well.
func (sh *Shell) characters(s string) int {
	if n := characters(s); n == len(s) || !sh.byteLocale() {
		return n
	}
	return len(s)
}

// byteLocale reports that LC_ALL, LC_CTYPE or LANG, the first that is not empty,
// names the locale C or POSIX.
func (sh *Shell) byteLocale() bool {
	for _, name := range [...]string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v, _ := sh.Get(sh.names.ID(name)); v != "" {
			return v == "C" || v == "POSIX"
		}
	}
	return false
}
