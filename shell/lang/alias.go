package lang

import (
	"io"
	"strings"
)

// Alias substitution (XCU 2.3.1) rewrites a line before the parser sees it. The
// tokens of a line are told apart by a small automaton (aliasstate.go) that knows
// where a command's first word may stand; there, and behind an alias that
// ends in a blank, a plain word that is an alias is replaced by its text, which
// is read again. Quoted words, reserved words in their place, and an alias inside
// its own text are left alone.

// mostSubstitutions bounds the replacements in one line: aliases that name
// several others could grow without end.
const mostSubstitutions = 10_000

// aliasing substitutes the aliases in the lines of a text.
type aliasing struct {
	names  map[string]string
	posix  bool
	stack  []frame
	docs   []document // here-documents whose bodies come next
	bodies bool       // … and have begun

	in     string // the line, from i on still to be read
	i      int
	out    []byte
	active []region
	carry  bool // the text of an alias ended in a blank: the next word counts
	count  int  // replacements in this line
	added  int  // newlines that aliases have brought in
}

// A region is the text of an alias that is being read.
type region struct {
	name  string
	rest  int  // how much of the input is behind it
	blank bool // its last byte is a blank
}

// A document is a here-document whose body is to come.
type document struct {
	delim string
	tabs  bool // <<-
}

func newAliasing(names map[string]string, posix bool) *aliasing {
	a := &aliasing{names: names, posix: posix}
	a.reset()
	return a
}

// reset begins a new command.
func (a *aliasing) reset() {
	a.stack = append(a.stack[:0], frame{kind: inList})
	a.docs, a.bodies, a.added = nil, false, 0
}

// line substitutes in one line; where that ends in a backslash the lines behind it are
// read and belong to it.
func (a *aliasing) line(text string, next func() (string, error)) string {
	if len(a.names) == 0 && len(a.stack) == 1 && !a.bodies && len(a.docs) == 0 {
		return text
	}
	for strings.HasSuffix(text, "\\\n") && !a.bodies && a.top().kind != inSingle {
		more, err := next()
		text += more
		if err != nil || more == "" {
			break
		}
	}
	a.in, a.i, a.out, a.active, a.carry, a.count = text, 0, nil, a.active[:0], false, 0
	for a.i < len(a.in) {
		if a.bodies {
			a.body()
			continue
		}
		a.step()
	}
	return string(a.out)
}

// body takes one line of a here-document.
func (a *aliasing) body() {
	end := strings.IndexByte(a.in[a.i:], '\n') + 1
	if end == 0 {
		end = len(a.in) - a.i
	}
	text := a.in[a.i : a.i+end]
	a.emit(end)
	text = strings.TrimSuffix(text, "\n")
	if a.docs[0].tabs {
		text = strings.TrimLeft(text, "\t")
	}
	if text == a.docs[0].delim {
		a.docs = a.docs[1:]
		a.bodies = len(a.docs) > 0
	}
}

// emit takes over the next n bytes as they are.
func (a *aliasing) emit(n int) {
	n = min(n, len(a.in)-a.i)
	a.out = append(a.out, a.in[a.i:a.i+n]...)
	a.i += n
}

// settle forgets the aliases whose text has been read.
func (a *aliasing) settle() {
	for len(a.active) > 0 {
		r := a.active[len(a.active)-1]
		if len(a.in)-a.i > r.rest {
			return
		}
		a.carry = a.carry || r.blank
		a.active = a.active[:len(a.active)-1]
	}
}

// replace puts the text of the alias in the place of the word that ends at hi.
func (a *aliasing) replace(name string, hi int) {
	text := a.names[name]
	a.in, a.i = text+a.in[hi:], 0
	a.active = append(a.active, region{
		name: name, rest: len(a.in) - len(text),
		blank: text != "" && blank(text[len(text)-1]),
	})
	a.count++
	a.added += strings.Count(text, "\n")
}

// substitutes reports whether the plain word is an alias, here.
func (a *aliasing) substitutes(word string) bool {
	text, ok := a.names[word]
	if !ok || a.count >= mostSubstitutions {
		return false
	}
	for _, r := range a.active {
		if r.name == word {
			return false
		}
	}
	f := a.top()
	if f.kind == inCase || f.state == atTarget {
		return false
	}
	for _, outer := range a.stack {
		if outer.kind == inBackquotes && strings.ContainsAny(text, "`\\$") {
			return false
		}
	}
	switch {
	case a.carry:
		return true
	case f.state == atCommandWord || f.state == behindCompound:
		return !a.reserved(word)
	}
	return f.state == behindAssignment
}

// reserved reports the reserved words (XCU 2.4).
func (a *aliasing) reserved(word string) bool {
	switch word {
	case "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "then", "until", "while":
		return true
	case "function", "select", "time", "[[", "coproc":
		return !a.posix
	}
	return false
}

// substituted is a whole text with the aliases replaced.
func substituted(text string, o Options) string {
	if len(o.Aliases) == 0 {
		return text
	}
	a := newAliasing(o.Aliases, o.Posix)
	next := linesOf(text)
	var b strings.Builder
	for {
		line, err := next()
		if err != nil {
			return b.String()
		}
		b.WriteString(a.line(line, next))
	}
}

// linesOf gives a text line by line.
func linesOf(text string) func() (string, error) {
	return func() (string, error) {
		if text == "" {
			return "", io.EOF
		}
		end := strings.IndexByte(text, '\n') + 1
		if end == 0 {
			end = len(text)
		}
		line := text[:end]
		text = text[end:]
		return line, nil
	}
}
