package lang

import (
	"fmt"
	"strings"

	"cosh/shell/diag"

	"mvdan.cc/sh/v3/syntax"
)

// A SyntaxError is a text that is not shell code, or not all of it.
type SyntaxError struct {
	Name       string // of the file, "" for none
	Line, Col  int    // from 1; Col in bytes, 0 where unknown
	Message    string // in our words: "unclosed `if`: expected `fi`"
	Source     string // the line at fault
	Start, End int    // byte range of Source at fault
	Incomplete bool   // more text could make it right
	why        string
	try        string
}

// Error gives the place and the message on one line.
func (e *SyntaxError) Error() string { return e.Problem().Error() }

// Problem gives the message as the shell shows it: status 2, with a caret.
func (e *SyntaxError) Problem() *diag.Problem {
	return &diag.Problem{
		Where: e.where(), What: "syntax error: " + e.Message, Why: e.why, Try: e.try,
		Source: e.Source, Start: e.Start, End: e.End, Status: 2,
	}
}

// syntaxError makes the parser's err, which is about c's text, one of ours; an
// error of reading the text is given back as it is.
func (c *Chunk) syntaxError(err error) error {
	e := &SyntaxError{Name: c.Name}
	var pos syntax.Pos
	switch err := err.(type) {
	case syntax.ParseError:
		pos, e.Incomplete = err.Pos, err.Incomplete
		e.Message = reword(err.Text)
	case syntax.LangError:
		pos = err.Pos
		e.Message = err.Feature + ": only other shells have them"
		if err.LangUsed == syntax.LangPOSIX {
			e.Message, e.try = err.Feature+": not in the POSIX language", "set +o posix"
		}
	default:
		return err
	}
	at := c.offset(pos)
	e.Line = c.LineAt(pos)
	lo := strings.LastIndexByte(c.Src[:at], '\n') + 1
	e.Source, e.Col = c.Src[lo:], at-lo+1
	if i := strings.IndexByte(e.Source, '\n'); i >= 0 {
		e.Source = e.Source[:i]
	}
	e.Start = at - lo
	e.End = e.Start + tokenLen(e.Source[min(e.Start, len(e.Source)):])
	if strings.HasSuffix(e.Source, "\r") {
		e.why = "the lines end in a carriage return, as DOS writes them"
		if e.Name != "" {
			e.try = "sed -i 's/\\r$//' " + diag.Quote(e.Name)
		}
	}
	return e
}

// tokenLen is how many bytes to underline of the text at the fault: the
// operator or the word that begins there, at least one.
func tokenLen(s string) int {
	const operators = ";&|<>()"
	n := 0
	for n < len(s) && strings.IndexByte(operators, s[n]) >= 0 && n < 3 {
		n++
	}
	if n > 0 {
		return n
	}
	for n < len(s) && strings.IndexByte(" \t'\"`"+operators, s[n]) < 0 {
		n++
	}
	return max(n, 1)
}

// reword turns the parser's message into ours. Those not named here read well
// as they are.
func reword(text string) string {
	if l, r, ok := strings.Cut(text, " must be followed by "); ok {
		return "expected " + expected(r) + " after " + opener(l)
	}
	if l, r, ok := strings.Cut(text, " statement must end with "); ok {
		return "unclosed " + l + ": expected " + r
	}
	if _, quote, ok := strings.Cut(text, " without closing quote "); ok {
		return "unclosed quote " + quote
	}
	if _, rest, ok := strings.Cut(text, " without matching "); ok {
		l, r, _ := strings.Cut(rest, " with ")
		return "unclosed " + l + ": expected " + r
	}
	if l, r, ok := strings.Cut(text, " can only be used "); ok {
		return "unexpected " + l + ": it can only be used " + r
	}
	if l, r, ok := strings.Cut(text, " can only immediately follow "); ok {
		return "unexpected " + l + ": it can only follow " + r
	}
	if l, ok := strings.CutSuffix(text, " is not a valid start for a statement"); ok {
		return "unexpected " + l
	}
	if _, r, ok := strings.Cut(text, "a command can only contain words and redirects; encountered "); ok {
		return "unexpected " + r + " after a command's words"
	}
	if strings.HasPrefix(text, "statements must be separated") {
		return "expected `;`, `&` or a newline before this"
	}
	return text
}

// expected drops the parser's inner vocabulary from what it wants next.
func expected(r string) string {
	switch r {
	case "a statement", "a statement list":
		return "a command"
	}
	return r
}

// opener is the keyword of what the parser calls a clause: `if <cond>` is
// `if`, and `foo()` is any function's `()`.
func opener(l string) string {
	word, _, _ := strings.Cut(strings.Trim(l, "`"), " ")
	return "`" + strings.TrimPrefix(word, "foo") + "`"
}

// where is file:line:column, which editors can go to, for a file, and the line
// for any other text.
func (e *SyntaxError) where() string {
	if e.Name == "" || e.Col == 0 {
		return place(e.Name, e.Line)
	}
	return fmt.Sprintf("%s:%d:%d", e.Name, e.Line, e.Col)
}

// place names a line for messages.
func place(name string, line int) string {
	if name == "" {
		return fmt.Sprintf("line %d", line)
	}
	return fmt.Sprintf("%s: line %d", name, line)
}
