// Package diag renders what went wrong: it is the one place in the shell that
// gives an error its shape, so that a bad flag, a refused system call and a
// syntax error all read alike:
//
//	cosh: build.csh: line 3: limit: not a size: 64Q
//	  limit --memory 64Q make
//	                 ^^^
//	  try: limit --memory 64M make
//
// With neither source nor advice it is one line, as people expect of a shell.
package diag

import (
	"errors"
	"strings"
)

// A Problem is one message to the user. The zero value of every field but What
// means that there is nothing to say about it.
type Problem struct {
	Where      string // the place in the user's text: "build.csh: line 3"
	What       string // what happened, lower case, without a full stop
	Source     string // the user's own words, one or more lines
	Start, End int    // byte range of Source to underline; End 0: none
	Why        string // the cause, if What does not say it: an errno, a fact of this host
	Try        string // the command to type next
	Status     int    // exit status that goes with it; 0 stands for 1
}

// Error gives the message on one line, without source and advice.
func (p *Problem) Error() string {
	return clean(joined(": ", p.Where, p.What, p.Why))
}

// Code is the exit status of the problem: Status, or 1 where none is set.
func (p *Problem) Code() int {
	if p.Status == 0 {
		return 1
	}
	return p.Status
}

// Render gives the whole message, ending in a newline. name is the shell's or
// the script's, "" for none. Control characters of the user's text come out as
// pictures (U+2400 and up), so that a message cannot drive the terminal.
func (p *Problem) Render(name string) string {
	var b strings.Builder
	b.WriteString(clean(joined(": ", name, p.Where, p.What, p.Why)))
	b.WriteByte('\n')
	if p.Source != "" {
		b.WriteString(excerpt(p.Source, p.Start, p.End))
	}
	if p.Try != "" {
		b.WriteString("  try: " + clean(p.Try) + "\n")
	}
	return b.String()
}

// Wrap turns any error into a Problem: one that is or wraps a Problem is given
// back as it is, with status where it has none; any other becomes its What,
// with the errno at its end in plain words.
func Wrap(err error, status int) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		if p.Status != 0 || status == 0 {
			return p
		}
		q := *p
		q.Status = status
		return &q
	}
	var r interface{ Problem() *Problem }
	if errors.As(err, &r) {
		return Wrap(r.Problem(), status)
	}
	return &Problem{What: err.Error(), Status: status}
}

// joined is the non-empty parts with sep between them.
func joined(sep string, parts ...string) string {
	var b strings.Builder
	for _, s := range parts {
		if s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		b.WriteString(s)
	}
	return b.String()
}

// clean replaces control characters by their pictures; newlines become blanks.
func clean(s string) string {
	if strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20:
			return 0x2400 + r
		case isControl(r):
			return 0x2421
		}
		return r
	}, s)
}

// isControl reports C0, DEL and C1, the characters a terminal obeys.
func isControl(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }
