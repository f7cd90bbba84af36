package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/session"
)

// A word is compiled into parts. A part is constant text, quoted or not, or
// an expansion. What a word becomes depends on where it stands: fields (an
// argument), one text (an assignment, a redirection), or a pattern.

// part is one piece of a word.
type part struct {
	// plain and glob are a constant part's text and its pattern form, meta
	// whether that has an unquoted * ? [.
	plain, glob string
	meta        bool
	constant    bool
	// quoted: field splitting and pathname expansion leave it alone.
	quoted bool
	// text is an expansion's value; ok is false for one that makes no field
	// even when quoted ("$@" without parameters).
	text func(*Shell) string
	// emit adds an expansion that is more than one text to a field list; nil
	// for a plain text.
	emit func(*Shell, *builder)
	// number is an expansion whose value is an integer, nil for others.
	number func(*Shell) int64
	// id is the variable of a plain $x, 0 for others.
	id session.ID
	// params is '@' or '*' for those expansions.
	params byte
	// elems appends the fields of a quoted list such as "${a[@]}".
	elems func(*Shell, []string) []string
	// extended: glob is part of an extended pattern, @( ).
	extended bool
}

// words are the compiled words of a command line.
type words []func(*Shell)

// expand appends the fields of all words to the argument stack. It is false
// when an expansion failed.
func (sh *Shell) expand(ws words) bool {
	for _, w := range ws {
		w(sh)
		if sh.fault != nil {
			return false
		}
	}
	return true
}

func (c *compiler) words(list []*syntax.Word) words {
	return c.separate(c.braces(list))
}

// separate is words without brace expansion.
func (c *compiler) separate(list []*syntax.Word) words {
	ws := make(words, len(list))
	for i, w := range list {
		ws[i] = c.fields(w)
	}
	return ws
}

// constantWord is the value of a word without expansions or pattern
// characters; ok is false for others.
func (c *compiler) constantWord(w *syntax.Word) (text string, ok bool) {
	parts := settleMeta(c.parts(w, inWord))
	for i := range parts {
		if !parts[i].constant || parts[i].meta {
			return "", false
		}
		text += parts[i].plain
	}
	return text, true
}

// fields compiles a word to the function that appends its fields to the
// argument stack.
func (c *compiler) fields(w *syntax.Word) func(*Shell) {
	parts := settleMeta(c.parts(w, inWord))
	if len(parts) == 1 {
		p := &parts[0]
		switch {
		case p.constant && !p.meta:
			text := p.plain
			return func(sh *Shell) { sh.args = append(sh.args, text) }
		case p.params == '@' && p.quoted:
			return func(sh *Shell) { sh.args = append(sh.args, sh.Params...) }
		case p.elems != nil:
			elems := p.elems
			return func(sh *Shell) { sh.args = elems(sh, sh.args) }
		case p.quoted && p.emit == nil:
			text := p.text
			return func(sh *Shell) { sh.args = append(sh.args, text(sh)) }
		case p.id != 0:
			id, text := p.id, p.text
			return func(sh *Shell) { sh.splitVar(id, text) }
		case p.emit == nil && !p.constant:
			text := p.text
			return func(sh *Shell) { sh.split(text(sh)) }
		}
	}
	if single(parts) {
		text := joinText(parts)
		return func(sh *Shell) { sh.args = append(sh.args, text(sh)) }
	}
	return func(sh *Shell) {
		b := builder{sh: sh}
		b.parts(parts)
		b.end()
	}
}

// single reports that the parts always make exactly one field.
func single(parts []part) bool {
	solid := false
	for i := range parts {
		p := &parts[i]
		if p.meta || p.emit != nil || !p.constant && !p.quoted {
			return false
		}
		solid = solid || p.quoted || p.plain != ""
	}
	return solid
}

// joinText makes one text of parts.
func joinText(parts []part) func(*Shell) string {
	switch len(parts) {
	case 0:
		return func(*Shell) string { return "" }
	case 1:
		if parts[0].constant {
			text := parts[0].plain
			return func(*Shell) string { return text }
		}
		return parts[0].text
	case 2:
		a, b := &parts[0], &parts[1]
		switch {
		case a.constant && b.constant:
			text := a.plain + b.plain
			return func(*Shell) string { return text }
		case a.constant:
			return func(sh *Shell) string { return a.plain + b.text(sh) }
		case b.constant:
			return func(sh *Shell) string { return a.text(sh) + b.plain }
		}
		return func(sh *Shell) string { v := a.text(sh); return v + b.text(sh) }
	}
	return func(sh *Shell) string {
		base := len(sh.buf)
		for i := range parts {
			if p := &parts[i]; p.constant {
				sh.buf = append(sh.buf, p.plain...)
			} else {
				v := p.text(sh)
				sh.buf = append(sh.buf, v...)
			}
		}
		s := string(sh.buf[base:])
		sh.buf = sh.buf[:base]
		return s
	}
}

// text compiles a word where neither splitting nor pathname expansion happens.
func (c *compiler) text(w *syntax.Word) func(*Shell) string {
	if w == nil {
		return func(*Shell) string { return "" }
	}
	return joinText(c.parts(w, inWord))
}

// assigned is text with tilde expansion after each unquoted colon too.
func (c *compiler) assigned(w *syntax.Word) []part {
	if w == nil {
		return nil
	}
	return c.parts(w, inAssign)
}
