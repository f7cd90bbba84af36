package session

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// attributed is a value as a variable with these properties takes it.
func (s *Session) attributed(flags Flag, text string, n int64, f Flag) (string, int64, Flag, error) {
	if flags&Integer != 0 {
		if f&HasNum != 0 || s.Language == nil {
			return text, n, f, nil
		}
		n, err := s.Language.Arithmetic(text)
		return "", n, Set | HasNum, err
	}
	if f&HasStr == 0 || flags&(Lower|Upper) == 0 {
		return text, n, f, nil
	}
	if flags&Lower != 0 {
		return strings.ToLower(text), 0, Set | HasStr, nil
	}
	return strings.ToUpper(text), 0, Set | HasStr, nil
}

// appendHooked is Append to a variable with properties.
func (s *Session) appendHooked(id ID, text string) error {
	v := s.at(id)
	switch {
	case v.flags&NameRef != 0:
		target, sub, elem := s.Resolve(id)
		if elem {
			at, err := s.Subscript(target, sub)
			if err != nil {
				return err
			}
			return s.AppendElem(target, at, text)
		}
		if target != id {
			return s.Append(target, text)
		}
		return s.Set(id, text)
	case v.flags&Arrays != 0:
		return s.AppendElem(id, Sub{Key: "0"}, text)
	}
	old, _ := s.Get(id)
	return s.Set(id, old+text)
}

// Declaration is the command that makes the variable again, as declare -p
// prints it.
func (s *Session) Declaration(id ID) string {
	v := s.peek(id)
	if v.flags&Special != 0 {
		v = s.current(v, id)
	}
	text := "declare -" + s.Letters(id) + " " + s.Names.Name(id)
	if s.Letters(id) == "" {
		text = "declare -- " + s.Names.Name(id)
	}
	switch {
	case v.flags&NameRef != 0:
		if v.array != nil && v.array.target != "" {
			text += "=" + QuoteDouble(v.array.target)
		}
	case v.flags&Arrays != 0:
		if v.flags&Set != 0 {
			text += "=" + s.Compound(id)
		}
	default:
		if value, ok := s.Get(id); ok {
			text += "=" + QuoteDouble(value)
		}
	}
	return text
}

// Compound is an array's value as ([subscript]="value" …).
func (s *Session) Compound(id ID) string {
	var b strings.Builder
	b.WriteByte('(')
	kind := s.Kind(id)
	first := true
	s.EachElem(id, func(sub Sub, text string) {
		if !first {
			b.WriteByte(' ')
		}
		first = false
		b.WriteByte('[')
		b.WriteString(SubText(sub, kind))
		b.WriteString("]=")
		b.WriteString(QuoteDouble(text))
	})
	if kind == Assoc && !first {
		b.WriteByte(' ')
	}
	b.WriteByte(')')
	return b.String()
}

// SubText is a subscript as it is written between brackets.
func SubText(sub Sub, kind Flag) string {
	if kind&Assoc == 0 {
		return strconv.FormatInt(sub.N, 10)
	}
	for i := 0; i < len(sub.Key); i++ {
		c := sub.Key[i]
		if c < 0x80 && c != '_' && c != '-' && c != '.' && c != '/' && c != ',' && c != '+' && c != ':' && c != '%' && c != '=' && c != '#' &&
			(c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return QuoteDouble(sub.Key)
		}
	}
	if sub.Key == "" {
		return `""`
	}
	return sub.Key
}

// Letters are the options of declare that stand for a variable's properties.
func (s *Session) Letters(id ID) string {
	f := s.peek(id).flags
	var b []byte
	for _, l := range [...]struct {
		flag   Flag
		letter byte
	}{
		{Indexed, 'a'}, {Assoc, 'A'}, {Integer, 'i'}, {NameRef, 'n'}, {Readonly, 'r'}, {Exported, 'x'}, {Lower, 'l'}, {Upper, 'u'},
	} {
		if f&l.flag != 0 {
			b = append(b, l.letter)
		}
	}
	return string(b)
}

// QuoteDouble writes a value in double quotes, or as $'…' when it has a
// control character, so that the shell reads it back.
func QuoteDouble(s string) string {
	if Control(s) {
		return QuoteDollar(s)
	}
	b := make([]byte, 0, len(s)+2)
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"', '$', '`', '\\':
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return string(append(b, '"'))
}

// QuoteSingle writes a value in single quotes, or as $'…' when it has a
// control character.
func QuoteSingle(s string) string {
	if Control(s) {
		return QuoteDollar(s)
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// Control reports a character that does not print, or a byte that is none.
func Control(s string) bool {
	for _, r := range s {
		if r < ' ' || r == 0x7f || r >= 0x80 && !unicode.IsPrint(r) || r == utf8.RuneError {
			return true
		}
	}
	return false
}

// QuoteDollar writes a value as $'…'.
func QuoteDollar(s string) string {
	b := append(make([]byte, 0, len(s)+8), "$'"...)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b = append(b, '\\', c)
		case c >= 7 && c <= 13:
			b = append(b, '\\', "abtnvfr"[c-7])
		case c == 0x1b:
			b = append(b, '\\', 'E')
		case c < ' ' || c == 0x7f || size == 1 && r == utf8.RuneError:
			b = append(b, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		default:
			b = append(b, s[i:i+size]...)
		}
		i += size
	}
	return string(append(b, '\''))
}
