// Package regex matches POSIX extended regular expressions (XBD 9.4), the right
// side of =~, as glibc's regcomp(3) reads them: they are written anew in the
// syntax of Go's engine, which takes linear time, and the leftmost of the
// longest matches wins.
//
// Back-references and collating elements of several characters are refused.
package regex

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Regexp is a compiled expression.
type Regexp struct{ re *regexp.Regexp }

// Compile reads an expression; fold makes letters match in either case. The
// error says what in it is no expression.
func Compile(expr string, fold bool) (*Regexp, error) {
	t := translator{src: expr}
	body, err := t.alternation(0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", expr, err)
	}
	flags := "(?s)"
	if fold {
		flags = "(?si)"
	}
	re, err := regexp.Compile(flags + body)
	if err != nil {
		return nil, fmt.Errorf("%s: not a regular expression that can be matched", expr)
	}
	re.Longest()
	return &Regexp{re}, nil
}

// Match returns the whole match and what each group matched, nil when the
// expression matches nowhere in s. A group that took no part is "".
func (r *Regexp) Match(s string) []string { return r.re.FindStringSubmatch(s) }

// maxNesting bounds the parentheses.
const maxNesting = 500

// maxRepeat is the greatest number in an interval, as Go's engine has it.
const maxRepeat = 1000

// translator reads src from at on and writes it anew.
type translator struct {
	src string
	at  int
}

var (
	errParen    = errors.New("a ( without its )")
	errBracket  = errors.New("a [ without its ]")
	errInterval = errors.New("what stands between { and } is no number of times")
	errNothing  = errors.New("nothing stands there to be repeated")
	errBackRef  = errors.New("back-references are not supported")
	errCollate  = errors.New("there is no such class or character")
	errRange    = errors.New("a range that ends before it begins")
	errEscape   = errors.New("a backslash at the end")
	errDeep     = errors.New("nested too deeply")
)

// alternation reads a|b|c up to the end or, inside parentheses, the ).
func (t *translator) alternation(depth int) (string, error) {
	if depth > maxNesting {
		return "", errDeep
	}
	var b strings.Builder
	for t.at < len(t.src) {
		switch c := t.src[t.at]; {
		case c == '|':
			t.at++
			b.WriteByte('|')
			continue
		case c == ')' && depth > 0:
			return b.String(), nil
		case (c == '*' || c == '+' || c == '?' || c == '{') && bare(b.String()):
			return "", errNothing
		}
		atom, err := t.atom(depth)
		if err != nil {
			return "", err
		}
		if atom, err = t.repeats(atom); err != nil {
			return "", err
		}
		b.WriteString(atom)
	}
	return b.String(), nil
}

// bare reports that nothing stands before the next character in its branch.
func bare(before string) bool {
	return before == "" || strings.HasSuffix(before, "|") && !strings.HasSuffix(before, `\|`)
}

// atom reads one character, bracket expression or group.
func (t *translator) atom(depth int) (string, error) {
	c := t.src[t.at]
	switch c {
	case '(':
		t.at++
		inner, err := t.alternation(depth + 1)
		if err != nil {
			return "", err
		}
		if t.at == len(t.src) {
			return "", errParen
		}
		t.at++
		return "(" + inner + ")", nil
	case '[':
		return t.bracket()
	case '.', '$':
		t.at++
		return string(rune(c)), nil
	case '^':
		t.at++
		return "^", nil
	case '\\':
		return t.escape()
	}
	_, n := utf8.DecodeRuneInString(t.src[t.at:])
	lit := t.src[t.at : t.at+n]
	t.at += n
	return regexp.QuoteMeta(lit), nil
}

// escape reads \x: the character itself, or one of glibc's \w \W \s \S \b \B
// \< \> \` \'.
func (t *translator) escape() (string, error) {
	if t.at+1 == len(t.src) {
		return "", errEscape
	}
	c := t.src[t.at+1]
	if c >= utf8.RuneSelf {
		t.at++
		_, n := utf8.DecodeRuneInString(t.src[t.at:])
		t.at += n
		return regexp.QuoteMeta(t.src[t.at-n : t.at]), nil
	}
	t.at += 2
	switch c {
	case 'w':
		return `[\pL\pN_]`, nil
	case 'W':
		return `[^\pL\pN_]`, nil
	case 's':
		return `[\s\v]`, nil
	case 'S':
		return `[^\s\v]`, nil
	case 'b', '<', '>':
		return `\b`, nil
	case 'B':
		return `\B`, nil
	case '`':
		return `\A`, nil
	case '\'':
		return `\z`, nil
	}
	if c >= '1' && c <= '9' {
		return "", errBackRef
	}
	return regexp.QuoteMeta(string(rune(c))), nil
}

// repeats reads the * + ? {m,n} behind an atom, any number of them.
func (t *translator) repeats(atom string) (string, error) {
	for first := true; t.at < len(t.src); first = false {
		c := t.src[t.at]
		if c != '*' && c != '+' && c != '?' && c != '{' {
			break
		}
		op := string(rune(c))
		t.at++
		if c == '{' {
			var err error
			if op, err = t.interval(); err != nil {
				return "", err
			}
		}
		if !first || atom == "^" || atom == "$" {
			atom = "(?:" + atom + ")"
		}
		atom += op
	}
	return atom, nil
}

// interval reads m}, m,}, ,n} or m,n}.
func (t *translator) interval() (string, error) {
	end := strings.IndexByte(t.src[t.at:], '}')
	if end < 0 {
		return "", errInterval
	}
	low, high, two := strings.Cut(t.src[t.at:t.at+end], ",")
	t.at += end + 1
	m, okLow := times(low)
	n, okHigh := times(high)
	switch {
	case !two:
		n, okHigh = m, okLow && low != ""
	case high == "":
		n, okHigh = maxRepeat, true
	}
	if !okLow || !okHigh || m > n {
		return "", errInterval
	}
	if two && high == "" {
		return fmt.Sprintf("{%d,}", m), nil
	}
	return fmt.Sprintf("{%d,%d}", m, n), nil
}

// times reads a number of an interval; none is 0.
func times(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		if n = n*10 + int(s[i]-'0'); n > maxRepeat {
			return 0, false
		}
	}
	return n, true
}
