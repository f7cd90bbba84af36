package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A Parser parses texts that are all there, one after the other; it is cheaper
// than one Parse each. It is not for use by several goroutines at once, nor for
// one text while in the midst of another.
type Parser struct {
	opts Options
	p    *syntax.Parser
}

// NewParser makes a Parser; o.Line counts for the texts it is given.
func NewParser(o Options) *Parser {
	return &Parser{opts: o, p: syntax.NewParser(o.variant())}
}

// SetPosix changes the grammar.
func (p *Parser) SetPosix(on bool) {
	if p.opts.Posix != on {
		p.opts.Posix = on
		p.opts.variant()(p.p)
	}
}

// Parse parses the whole text; line is the number of lines before it. An error is
// a *SyntaxError, and there is no Chunk then.
func (p *Parser) Parse(name, src string, line int) (*Chunk, error) {
	s := p.segment(name, src, line)
	s.parse()
	if err := s.failure(); err != nil {
		return nil, err
	}
	c := s.chunk
	c.Src = src
	for _, g := range s.groups {
		c.Stmts = g.stmts
	}
	return &c, nil
}

// Document parses a text as the inside of double quotes in which " is an ordinary
// character: a here-document's body, a prompt, an arithmetic expression. The
// Chunk has it as its Word.
func (p *Parser) Document(name, src string, line int) (*Chunk, error) {
	s := p.segment(name, src, line)
	s.doc = true
	s.parse()
	if err := s.failure(); err != nil {
		return nil, err
	}
	c := s.chunk
	c.Src, c.Word = src, s.word
	return &c, nil
}

// segment is all of the text.
func (p *Parser) segment(name, src string, line int) *segment {
	text := wholeText(src, p.opts)
	return &segment{
		p: p.p, src: &text, opts: p.opts, budget: len(src), toEnd: true,
		chunk: Chunk{Name: name, Line: line},
	}
}

// Parse parses a whole text at once: eval, a trap, a function handed over.
func Parse(name, src string, o Options) (*Chunk, error) {
	return NewParser(o).Parse(name, src, o.Line)
}

// Document is [Parser.Document] for one text.
func Document(name, src string, o Options) (*Chunk, error) {
	return NewParser(o).Document(name, src, o.Line)
}

// Incomplete reports whether text could be the beginning of a command that goes
// on in the next line: something is open, or the line ends in a backslash.
func Incomplete(src string, o Options) bool {
	src = substituted(src, o)
	if continued(src) {
		return true
	}
	s := NewParser(o).segment("", src, 0)
	s.strict = true
	s.parse()
	err, ok := s.failure().(*SyntaxError)
	if !ok {
		return false
	}
	return err.Incomplete || openParameter(src, s.err)
}

// continued reports whether the last line ends in a backslash that is not itself
// escaped, and is no comment.
func continued(src string) bool {
	line := strings.TrimSuffix(src, "\n")
	line = line[strings.LastIndexByte(line, '\n')+1:]
	n := len(line) - len(strings.TrimRight(line, `\`))
	return n%2 == 1 && !strings.HasPrefix(strings.TrimLeft(line, " \t"), "#")
}

// openParameter reports an error that is only the newline behind ${x: the parser
// does not wait for the rest.
func openParameter(src string, err error) bool {
	e, ok := err.(syntax.ParseError)
	return ok && strings.HasPrefix(e.Text, "not a valid parameter expansion operator") &&
		int(e.Pos.Offset()) < len(src) && strings.TrimLeft(src[e.Pos.Offset():], "\n") == ""
}
