package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A Piece is a part of the inside of an extended pattern, @(this|that): one of
// | ( ) or a word.
type Piece struct {
	Punct byte
	Chunk *Chunk       // what Word's positions refer to
	Word  *syntax.Word // nil for a Punct
}

// Group takes the inside of an extended pattern apart, which the parser gives
// as its text. Blanks are ordinary characters of its words.
func Group(name, src string, o Options) ([]Piece, error) {
	var out []Piece
	p := NewParser(o)
	start := 0
	word := func(end int) error {
		if start == end {
			return nil
		}
		text := ": " + shielded(src[start:end])
		c, err := p.Parse(name, text, o.Line)
		if err != nil {
			return err
		}
		if len(c.Stmts) == 1 {
			if call, ok := c.Stmts[0].Cmd.(*syntax.CallExpr); ok && len(call.Args) == 2 {
				out = append(out, Piece{Chunk: c, Word: call.Args[1]})
				return nil
			}
		}
		return &SyntaxError{Name: name, Line: o.Line + 1, Message: "the pattern (" + src + ") cannot be read"}
	}
	for i := 0; i < len(src); {
		switch c := src[i]; c {
		case '|', '(', ')':
			if err := word(i); err != nil {
				return nil, err
			}
			out = append(out, Piece{Punct: c})
			i++
			start = i
		default:
			if i = skip(src, i); i < 0 {
				i = len(src)
			}
		}
	}
	if err := word(len(src)); err != nil {
		return nil, err
	}
	return out, nil
}

// shielded is a text with backslashes before what would end a word.
func shielded(src string) string {
	var b strings.Builder
	for i := 0; i < len(src); {
		if strings.IndexByte(" \t\n;&<>#~{}", src[i]) >= 0 {
			b.WriteByte('\\')
			b.WriteByte(src[i])
			i++
			continue
		}
		end := skip(src, i)
		if end < 0 {
			end = len(src)
		}
		b.WriteString(src[i:end])
		i = end
	}
	return b.String()
}
