package eval

import (
	"strings"

	"cosh/shell/arith"
	"cosh/shell/session"
)

// Most texts that scripts give to eval are one assignment or one plain
// command: `a_7=12`, `x=$a_7`, `set -- "$v"`. They are run as they are read,
// without a syntax tree. A text with anything else in it takes the usual way.

// quickLimit is the longest text that is looked at.
const quickLimit = 256

// quick runs text if it is simple enough; ok is false, and nothing has
// happened, when it is not.
func (sh *Shell) quick(text string, line int) (r ctl, ok bool) {
	if len(text) > quickLimit || sh.Aliases != nil || sh.Options&(session.XTrace|session.NoExec|session.Verbose) != 0 {
		return 0, false
	}
	q := quickText{text: text}
	if !q.scan() || q.arithm && sh.texts.again(textKey{text, line}) {
		return 0, false // an expression that comes again is worth compiling
	}
	sh.last = 0
	for i := range q.count {
		if r := q.list[i].run(sh); r != ctlNext {
			return r, true
		}
	}
	return ctlNext, true
}

// quickText is a text split into assignments, or the words of one command.
type quickText struct {
	text  string
	list  [8]quickWord
	count int
	// arithm: one of them has a $(( )).
	arithm bool
}

// quickWord is NAME=value or a word of a command.
type quickWord struct {
	name  string // of an assignment; "" for a word
	value string
	kind  quickKind
}

type quickKind uint8

const (
	quickLiteral quickKind = iota // value is the text
	quickParam                    // value names a parameter, to be split in a word
	quickQuoted                   // the same between double quotes
	quickArithm                   // value is the inside of $(( ))
)

// scan splits the text; it is false for anything unusual. Only texts that are
// all assignments come out (commands have too many ways to be special).
func (q *quickText) scan() bool {
	t := strings.Trim(q.text, " \t\n")
	for t != "" {
		if q.count == len(q.list) {
			return false
		}
		w := &q.list[q.count]
		q.count++
		eq := strings.IndexByte(t, '=')
		if eq < 1 || !session.Valid(t[:eq]) {
			return false
		}
		w.name, t = t[:eq], t[eq+1:]
		var ok bool
		if t, ok = w.operand(t); !ok {
			return false
		}
		q.arithm = q.arithm || w.kind == quickArithm
		next := strings.TrimLeft(t, " \t;\n")
		if next != "" && len(next) == len(t) {
			return false // the word goes on
		}
		if strings.Count(t[:len(t)-len(next)], ";") > 1 {
			return false
		}
		t = next
	}
	return q.count > 0
}

// operand reads one value off the front of t.
func (w *quickWord) operand(t string) (rest string, ok bool) {
	switch {
	case strings.HasPrefix(t, "$(("):
		end := strings.Index(t, "))")
		if end < 0 || !plainArithm(t[3:end]) {
			return t, false
		}
		w.kind, w.value = quickArithm, t[3:end]
		return t[end+2:], true
	case strings.HasPrefix(t, `"$`):
		n := nameLen(t[2:])
		if n == 0 || len(t) < n+3 || t[n+2] != '"' {
			return t, false
		}
		w.kind, w.value = quickQuoted, t[2:n+2]
		return t[n+3:], true
	case strings.HasPrefix(t, "$"):
		n := nameLen(t[1:])
		w.kind, w.value = quickParam, t[1:n+1]
		return t[n+1:], n > 0
	case strings.HasPrefix(t, "'"):
		end := strings.IndexByte(t[1:], '\'')
		if end < 0 {
			return t, false
		}
		w.value = t[1 : end+1]
		return t[end+2:], true
	}
	n := 0
	for n < len(t) && safe(t[n]) {
		n++
	}
	w.value = t[:n]
	return t[n:], true
}

// safe bytes mean themselves anywhere in a value.
func safe(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '_' || c == '.' || c == '/' || c == ',' || c == '+' || c == '-' || c == '%' || c == '@' || c == ':'
}

// nameLen is the length of the name that s begins with.
func nameLen(s string) int {
	n := 0
	for n < len(s) && (s[n] == '_' || s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z' || n > 0 && s[n] >= '0' && s[n] <= '9') {
		n++
	}
	return n
}

// plainArithm: names, numbers and operators, without parentheses.
func plainArithm(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !safe(c) && c != ' ' && c != '*' || c == '.' || c == '@' || c == ':' || c == ',' {
			return false
		}
	}
	return true
}

// run performs the assignment.
func (w *quickWord) run(sh *Shell) ctl {
	id := sh.names.ID(w.name)
	value := w.value
	switch w.kind {
	case quickArithm:
		e, err := arith.Parse(w.value, sh.names)
		if err == nil {
			var n int64
			if n, err = e.Eval(sh.Session); err == nil {
				err = sh.SetNumber(id, n)
			}
		}
		if err != nil {
			sh.fail(err)
			return sh.fatal()
		}
		sh.Status = 0
		return ctlNext
	case quickParam, quickQuoted:
		from := sh.names.Lookup(w.value)
		if n, ok := sh.Number(from); ok {
			if err := sh.SetNumber(id, n); err != nil {
				sh.fail(err)
				return sh.fatal()
			}
			sh.Status = 0
			return ctlNext
		}
		v, set := sh.Get(from)
		if !set && sh.Options&session.NoUnset != 0 {
			sh.failf("%s: parameter not set", w.value)
			return sh.fatal()
		}
		value = v
	}
	sh.assign(id, value)
	if sh.fault != nil {
		return sh.fatal()
	}
	sh.Status = 0
	return ctlNext
}
