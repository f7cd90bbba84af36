package lang

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// placeholder stands in the parser's copy for a byte that would lead it astray:
// a control character, which it takes for a letter like any other. Its own
// occurrences in the text are told apart by their place.
const placeholder = "\x01"

// A care is a set of things in a text that ask for a closer look at its lines.
type care uint16

const (
	careWrapper   care = 1 << iota // the word of a wrapper
	careHash                       // a # that may be inside a word
	careBytes                      // carriage returns, or bytes that are not UTF-8
	careLet                        // the word let
	careDelim                      // here-documents
	careParens                     // () that is not behind a name
	careTabs                       // here-documents without their tabs
	careComment                    // a line with a # that ends in a backslash
	careBang                       // ${!
	careDollar                     // $ before a line continuation
	careBackquote                  // line continuations, perhaps in a `…`
	careIssue8                     // what the parser's POSIX grammar lacks
)

// examine finds what text holds that needs care.
func examine(text string, o Options) (c care) {
	for word := range o.Wrappers {
		if strings.Contains(text, word) {
			c |= careWrapper
			break
		}
	}
	if strings.IndexByte(text, '#') >= 0 {
		c |= careHash
		if strings.Contains(text, "\\\n") {
			c |= careComment
		}
	}
	if strings.Contains(text, "$\\\n") || strings.Contains(text, "$(\\\n") ||
		strings.Contains(text, "${\\\n") || strings.Contains(text, "${#\\\n") {
		c |= careDollar
	}
	if strings.Contains(text, ";&") || strings.Contains(text, "$'") {
		c |= careIssue8
	}
	if strings.IndexByte(text, '`') >= 0 && strings.Contains(text, "\\\n") {
		c |= careBackquote
	}
	if strings.Contains(text, "${!") {
		c |= careBang
	}
	if strings.IndexByte(text, '\r') >= 0 || !utf8.ValidString(text) {
		c |= careBytes
	}
	if !o.Posix && strings.Contains(text, "let") {
		c |= careLet
	}
	if strings.Contains(text, "<<") {
		c |= careDelim
	}
	if strings.Contains(text, "<<-") || strings.Contains(text, "<<\\\n") {
		c |= careTabs
	}
	if bareParens(text) {
		c |= careParens
	}
	return c
}

// scan looks at new text for what the parser's copy must have otherwise.
func (s *segment) scan(lo, hi int) {
	c := s.src.care
	if s.src.next != nil {
		c = examine(s.src.text[lo:hi], s.opts)
	}
	if c&careWrapper != 0 || s.waiting != nil {
		s.propose(lo, hi)
	}
	if c&careHash != 0 {
		s.maskHashes(lo, hi)
	}
	if c&careBytes != 0 {
		s.maskBytes(lo, hi)
	}
	if c&careLet != 0 && !s.opts.Posix {
		s.maskLet(lo, hi)
	}
	if c&careDelim != 0 {
		s.quoteDelims(lo, hi)
	}
	if c&careComment != 0 {
		s.endComments(lo, hi)
	}
	if c&careBang != 0 {
		s.nameBangs(lo, hi)
	}
	if c&careDollar != 0 {
		s.joinDollars(lo, hi)
	}
	if c&careIssue8 != 0 && s.opts.Posix {
		s.maskIssue8(lo, hi)
	}
}

// mask puts the placeholder for the byte at the offset.
func (s *segment) mask(at int) bool { return s.edit(edit{at, at + 1, placeholder, mask}) }

// maskHashes hides the # that goes on a word behind an expansion or a quote, as
// in $v#x: outside of plain commands the parser takes it for a comment.
func (s *segment) maskHashes(lo, hi int) {
	t := s.src.text
	for at := lo; at < hi; at++ {
		i := strings.IndexByte(t[at:hi], '#')
		if i < 0 {
			return
		}
		if at += i; at > 0 && endsExpansion(t[:at]) {
			s.mask(at)
		}
	}
}

// endsExpansion reports whether t ends in a quote, a brace or $name.
func endsExpansion(t string) bool {
	i := len(t) - 1
	switch c := t[i]; {
	case c == '}' || c == '"' || c == '\'':
		return true
	case strings.IndexByte("?*@!-$", c) >= 0:
		return i > 0 && t[i-1] == '$'
	}
	for i >= 0 && nameByte(t[i]) {
		i--
	}
	return i >= 0 && i < len(t)-1 && t[i] == '$'
}

// maskBytes hides carriage returns, which the parser drops or takes for blanks,
// and bytes that are not UTF-8, which it refuses. Both are ordinary characters
// of a word in POSIX.
func (s *segment) maskBytes(lo, hi int) {
	t := s.src.text[:hi]
	for at := lo; at < hi; {
		if t[at] < utf8.RuneSelf {
			if t[at] == '\r' {
				s.mask(at)
			}
			at++
			continue
		}
		r, n := utf8.DecodeRuneInString(t[at:])
		if r == utf8.RuneError && n == 1 {
			s.mask(at)
		}
		at += n
	}
}

// maskLet makes the reserved word let an ordinary command: `let x 1>&2`, where
// let is a function, is no arithmetic, and as a builtin it wants its words
// expanded like any other.
func (s *segment) maskLet(lo, hi int) {
	const word = "let"
	t := s.src.text
	for at := lo; ; at += len(word) {
		i := strings.Index(t[at:hi], word)
		if i < 0 {
			return
		}
		at += i
		if end := at + len(word); isWord(t, at, end) || end == len(t) || strings.IndexByte("\n;&|()<>", t[end]) >= 0 {
			s.mask(at)
		}
	}
}

// restore gives the tree the bytes that stand behind the placeholders.
func (s *segment) restore() {
	if !slices.ContainsFunc(s.edits, func(e edit) bool { return e.kind == mask }) {
		return
	}
	c := s.chunk
	c.Src = s.src.text
	at := s.placeholders()
	value := func(v string, pos syntax.Pos) string {
		if !strings.Contains(v, placeholder) {
			return v
		}
		b := []byte(v)
		k, _ := slices.BinarySearch(at, c.offset(pos))
		for i := range b {
			if b[i] == placeholder[0] && k < len(at) {
				b[i] = c.Src[at[k]]
				k++
			}
		}
		return string(b)
	}
	s.walk(func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Lit:
			n.Value = value(n.Value, n.ValuePos)
		case *syntax.SglQuoted:
			n.Value = value(n.Value, n.Left)
		}
		return true
	})
}

// placeholders are the places of all placeholders in the parser's copy, put
// there or the text's own.
func (s *segment) placeholders() (at []int) {
	for _, e := range s.edits {
		if e.kind == mask {
			at = append(at, e.at)
		}
	}
	t := s.src.text[:s.fed]
	for i := 0; i < len(t); i++ {
		n := strings.IndexByte(t[i:], placeholder[0])
		if n < 0 {
			break
		}
		i += n
		at = append(at, i)
	}
	slices.Sort(at)
	return at
}

// walk visits the nodes of the complete lines, blocks of wrappers included.
func (s *segment) walk(f func(syntax.Node) bool) {
	for _, g := range s.groups {
		for _, stmt := range g.stmts {
			s.chunk.walk(stmt, f)
		}
	}
	if s.word != nil {
		s.chunk.walk(s.word, f)
	}
}

// walk is syntax.Walk that also visits the blocks of wrappers.
func (c *Chunk) walk(n syntax.Node, f func(syntax.Node) bool) {
	if len(c.Blocks) == 0 {
		syntax.Walk(n, f)
		return
	}
	syntax.Walk(n, func(n syntax.Node) bool {
		if !f(n) {
			return false
		}
		if stmt, ok := n.(*syntax.Stmt); ok {
			if b := c.Blocks[stmt]; b != nil {
				c.walk(b.Cmd, f)
			}
		}
		return true
	})
}
