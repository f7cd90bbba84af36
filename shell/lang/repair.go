package lang

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// repair mends what the parser has rejected and a shell takes, and reports
// whether the text is worth another parse.
func (s *segment) repair() bool {
	at, ok := s.at(s.err)
	if !ok {
		return false
	}
	err, _ := s.err.(syntax.ParseError)
	if quoted, ok := strings.CutPrefix(err.Text, "unclosed here-document "); ok {
		return s.endDocument(at, quoted)
	}
	if lang, ok := s.err.(syntax.LangError); ok && lang.Feature == "multi-name functions" && s.nameFunction(at) {
		return true
	}
	if strings.HasPrefix(err.Text, "reached EOF without closing quote") && s.maskApostrophes() {
		return true
	}
	if err.Text == "invalid var name" {
		return s.demote(at)
	}
	if strings.HasPrefix(err.Text, "cannot combine multiple") && s.countOperation(at) {
		return true
	}
	if s.joinOperator(at) || s.joinBangs(at) || s.takeLocation() {
		return true
	}
	return s.arithmetic(at) || s.withdrawQuote(at) || !s.opts.Posix && s.hideSubscript(at) ||
		!err.Incomplete && (s.withdraw(at) || s.hideExpansion(at))
}

// demote makes an ordinary command of the declaration whose argument at the
// offset is no assignment, export a.b=c: to refuse it is up to the builtin.
func (s *segment) demote(at int) bool {
	t := s.src.text[:at]
	keyword := -1
	for _, word := range [...]string{"export", "readonly", "local", "declare", "typeset"} {
		if i := strings.LastIndex(t, word); i > keyword && isWord(t, i, i+len(word)) {
			keyword = i
		}
	}
	return keyword >= 0 && s.once(mask, keyword) && s.mask(keyword)
}

// endDocument ends a here-document that the end of the text has cut off, with a
// warning, as other shells do.
func (s *segment) endDocument(at int, quoted string) bool {
	word, err := strconv.Unquote(quoted)
	if err != nil || s.strict || s.doc || s.src.failure() != nil || !s.once(delim, at) {
		return false
	}
	if s.joinTerminator(at, word) {
		return true
	}
	if s.tail == "" && !strings.HasSuffix(s.src.text, "\n") {
		s.tail = "\n"
	}
	s.tail += word + "\n"
	s.warn(at, "here-document ended by the end of the text: expected `"+word+"`")
	return true
}

// arithmetic looks for the $((…)) or ((…)) that holds the place of an error and
// hides its inside from the parser: it knows no expansions in the place of
// operators and names, and the evaluator takes the raw text anyway. Where the two
// parentheses turn out to be two subshells, a blank goes between them.
func (s *segment) arithmetic(at int) bool {
	for end := min(at+len("$(("), len(s.src.text)); ; {
		open := strings.LastIndex(s.src.text[:end], "((")
		if open < 0 {
			return false
		}
		if s.hide(open, at) {
			return true
		}
		end = open + 1
	}
}

// hide makes the edit for the (( at open, if the place of the error is inside.
func (s *segment) hide(open, at int) bool {
	inner := open + len("((")
	closing := s.closingParen(inner)
	t := s.src.text
	s.cutOff = s.cutOff || closing < 0 && at >= open-1
	if closing < 0 || at > closing+1 || at < open-1 || forLoop(t[:open]) {
		return false
	}
	if s.joinClosing(inner) {
		return true
	}
	switch inside := t[inner:closing]; {
	case closing+1 == len(t) || t[closing+1] != ')':
		return s.once(extra, open+1) && s.edit(edit{open + 1, open + 1, " ", extra})
	case strings.Trim(inside, "\n") == "":
		return s.once(extra, inner) && s.edit(edit{inner, inner, "_", extra})
	case !s.once(arith, inner) || !s.edit(edit{inner, closing, operand(inside), arith}):
		return false
	}
	if s.hidden++; s.hidden%4 == 0 {
		s.hideAll(closing)
	}
	return true
}

// once reports whether a repair has not been tried yet, and notes it.
func (s *segment) once(k kind, at int) bool {
	if s.tried[mark{k, at}] {
		return false
	}
	if s.tried == nil {
		s.tried = map[mark]bool{}
	}
	s.tried[mark{k, at}] = true
	return true
}

// operand is an arithmetic expression of text's length and lines; text has more
// than newlines.
func operand(text string) string {
	b := []byte(text)
	for i := range b {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
	b[bytes.IndexByte(b, ' ')] = '_'
	return string(b)
}

// hideAll hides all that look like arithmetic with expansions in them from the
// offset on, so that a long command full of them is not parsed once for each.
func (s *segment) hideAll(from int) {
	t := s.src.text[:s.scanned]
	for {
		i := strings.Index(t[from:], "$((")
		if i < 0 {
			return
		}
		from += i + len("$((")
		end := skipNested(t, from, '(', ')')
		if end <= from || end+1 == len(t) || t[end+1] != ')' || !strings.ContainsAny(t[from:end], "$`") {
			continue
		}
		if s.once(arith, from) {
			s.edit(edit{from, end, operand(t[from:end]), arith})
		}
		from = end
	}
}

// closingParen is where the inner of two parentheses opened before i closes, -1
// for nowhere in the text; lines are read for it.
func (s *segment) closingParen(i int) int {
	for {
		if at := skipNested(s.src.text, i, '(', ')'); at >= 0 || !s.src.more() {
			return at
		}
	}
}

// forLoop reports whether t ends in the word for: what follows is for ((;;)),
// whose semicolons are needed.
func forLoop(t string) bool {
	t = strings.TrimRight(t, " \t")
	return strings.HasSuffix(t, "for") && (len(t) == 3 || !nameByte(t[len(t)-4]))
}

// withdraw gives up the proposal of a ( block before the place of an error: it
// may be anything else, where { is always meant for a block. The error is kept,
// to be the one reported if giving up does not help.
func (s *segment) withdraw(at int) bool {
	if s.first == nil {
		s.first = s.wrong(s.err)
	}
	for i := len(s.edits) - 1; i >= 0; i-- {
		e := s.edits[i]
		if e.kind == proposal && e.at <= at && s.src.text[e.at+1] == '(' {
			s.edits = slices.Delete(s.edits, i, i+1)
			return true
		}
	}
	return false
}

// bareParens reports a () that is not the one of a function definition. Null bytes,
// which the parser drops, may hide one.
func bareParens(t string) bool {
	if strings.IndexByte(t, 0) >= 0 {
		return true
	}
	for at := 0; ; at += len("()") {
		i := strings.Index(t[at:], "()")
		if i < 0 {
			return false
		}
		at += i
		before := strings.TrimRight(t[:at], " \t")
		if before == "" || strings.IndexByte("\n;&|()<>`", before[len(before)-1]) >= 0 || startsCommand(lastWord(before)) {
			return true
		}
	}
}

// refuseNameless makes an error of a function definition without a name: the
// parser lets `() command` through.
func (s *segment) refuseNameless() {
	if !bareParens(s.src.text[:s.fed]) {
		return
	}
	for i, g := range s.groups {
		for _, stmt := range g.stmts {
			s.chunk.walk(stmt, func(n syntax.Node) bool {
				if f, ok := n.(*syntax.FuncDecl); ok && f.Name == nil && s.err == nil {
					s.err = syntax.ParseError{Pos: f.Pos(), Text: "`(` must be followed by a statement list"}
				}
				return true
			})
		}
		if s.err != nil {
			s.groups = s.groups[:i]
			return
		}
	}
}
