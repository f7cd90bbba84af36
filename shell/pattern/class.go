package pattern

import "unicode"

// class is a character class (XBD 7.3.1), for ASCII and for Unicode.
type class uint8

const (
	noClass class = iota
	alnum
	alpha
	blank
	cntrl
	digit
	graph
	lower
	print
	punct
	space
	upper
	xdigit
)

func classOf(name string) class {
	switch name {
	case "alnum":
		return alnum
	case "alpha":
		return alpha
	case "blank":
		return blank
	case "cntrl":
		return cntrl
	case "digit":
		return digit
	case "graph":
		return graph
	case "lower":
		return lower
	case "print":
		return print
	case "punct":
		return punct
	case "space":
		return space
	case "upper":
		return upper
	case "xdigit":
		return xdigit
	}
	return noClass
}

func (c class) has(r rune) bool {
	switch c {
	case alnum:
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	case alpha:
		return unicode.IsLetter(r)
	case blank:
		return r == ' ' || r == '\t' || r >= 128 && unicode.Is(unicode.Zs, r)
	case cntrl:
		return unicode.IsControl(r)
	case digit:
		return '0' <= r && r <= '9'
	case graph:
		return unicode.IsGraphic(r) && !unicode.IsSpace(r)
	case lower:
		return unicode.IsLower(r)
	case print:
		return unicode.IsGraphic(r)
	case punct:
		// In ASCII punctuation includes what Unicode calls symbols: $ + < = > ^ ` | ~.
		return unicode.IsPunct(r) || unicode.IsSymbol(r)
	case space:
		return unicode.IsSpace(r)
	case upper:
		return unicode.IsUpper(r)
	case xdigit:
		return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'f' && r < 128
	}
	return false
}
