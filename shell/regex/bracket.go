package regex

import (
	"strings"
	"unicode/utf8"
)

// bracket reads a bracket expression (XBD 9.3.5), in which a backslash is an
// ordinary character.
func (t *translator) bracket() (string, error) {
	var b strings.Builder
	b.WriteByte('[')
	t.at++
	if t.at < len(t.src) && t.src[t.at] == '^' {
		b.WriteByte('^')
		t.at++
	}
	for first := true; ; first = false {
		if t.at >= len(t.src) {
			return "", errBracket
		}
		if t.src[t.at] == ']' && !first {
			t.at++
			return b.String() + "]", nil
		}
		if strings.HasPrefix(t.src[t.at:], "[:") {
			class, err := t.class()
			if err != nil {
				return "", err
			}
			b.WriteString(class)
			continue
		}
		lo, err := t.member()
		if err != nil {
			return "", err
		}
		hi := lo
		if t.at+1 < len(t.src) && t.src[t.at] == '-' && t.src[t.at+1] != ']' {
			t.at++
			if hi, err = t.member(); err != nil {
				return "", err
			}
		}
		if lo > hi {
			return "", errRange
		}
		b.WriteString(spelled(lo))
		if hi != lo {
			b.WriteString("-" + spelled(hi))
		}
	}
}

// member reads a character, plain or as [.x.] or [=x=].
func (t *translator) member() (rune, error) {
	rest := t.src[t.at:]
	if strings.HasPrefix(rest, "[.") || strings.HasPrefix(rest, "[=") {
		text, ok := t.delimited(rest[1])
		r, n := utf8.DecodeRuneInString(text)
		if !ok || n == 0 || n != len(text) {
			return 0, errCollate
		}
		return r, nil
	}
	r, n := utf8.DecodeRuneInString(rest)
	if n == 0 {
		return 0, errBracket
	}
	t.at += n
	return r, nil
}

// delimited reads [x here x].
func (t *translator) delimited(kind byte) (text string, ok bool) {
	closing := string([]byte{kind, ']'})
	text, _, ok = strings.Cut(t.src[t.at+2:], closing)
	if ok {
		t.at += 2 + len(text) + 2
	}
	return text, ok
}

// class reads [:name:], which holds the characters of all scripts.
func (t *translator) class() (string, error) {
	name, ok := t.delimited(':')
	if !ok {
		return "", errBracket
	}
	switch name {
	case "alpha":
		return `\p{L}`, nil
	case "alnum":
		return `\p{L}\p{N}`, nil
	case "upper":
		return `\p{Lu}`, nil
	case "lower":
		return `\p{Ll}`, nil
	case "digit":
		return `0-9`, nil
	case "xdigit":
		return `0-9A-Fa-f`, nil
	case "space":
		return `\s\v`, nil
	case "blank":
		return `\t `, nil
	case "punct":
		return `\p{P}\p{S}`, nil
	case "cntrl":
		return `\p{Cc}`, nil
	case "graph":
		return `\p{L}\p{M}\p{N}\p{P}\p{S}`, nil
	case "print":
		return `\p{L}\p{M}\p{N}\p{P}\p{S} `, nil
	}
	return "", errCollate
}

// spelled writes a character of a set so that it stands for itself.
func spelled(r rune) string {
	if r < utf8.RuneSelf && strings.ContainsRune(`\]^-[&~`, r) {
		return `\` + string(r)
	}
	return string(r)
}
