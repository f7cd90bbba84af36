package session

// Separators says for every byte whether it separates fields, and whether it
// is IFS white space (XCU 2.6.5). It is made anew when IFS is assigned.
type Separators struct {
	class [256]uint8
	// First is IFS's first character, which joins "$*"; "" when IFS is null.
	First string
	// Any is false when IFS is null: no splitting at all.
	Any bool
	// Digits reports that a digit or '-' is in IFS, so that even a number is
	// split.
	Digits bool
}

const (
	sepOther uint8 = 1
	sepSpace uint8 = 2
)

func makeSeparators(ifs string) Separators {
	var s Separators
	for i := 0; i < len(ifs); i++ {
		switch c := ifs[i]; c {
		case ' ', '\t', '\n':
			s.class[c] = sepSpace
		default:
			s.class[c] = sepOther
			if c == '-' || c >= '0' && c <= '9' {
				s.Digits = true
			}
		}
	}
	if ifs != "" {
		s.Any = true
		s.First = ifs[:runeLen(ifs)]
	}
	return s
}

// runeLen is the length of the first UTF-8 character of s, 1 for a stray byte.
func runeLen(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// Is reports whether c separates fields.
func (s *Separators) Is(c byte) bool { return s.class[c] != 0 }

// Space reports whether c is IFS white space.
func (s *Separators) Space(c byte) bool { return s.class[c] == sepSpace }
