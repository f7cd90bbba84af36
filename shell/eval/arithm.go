package eval

import (
	"errors"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/arith"
	"cosh/shell/lang"
)

// arithm compiles the text of $(( )). It is parsed once; where expansions in
// it change its shape, the text is expanded and parsed at each use.
func (c *compiler) arithm(text string) func(*Shell) int64 {
	expr, err := arith.Parse(text, c.names)
	var expanded func(*Shell) string // of the whole text
	if err == nil && strings.IndexByte(text, '$') < 0 && strings.IndexByte(text, '`') < 0 {
		return func(sh *Shell) int64 {
			n, err := expr.Eval(sh.Session)
			if err != nil {
				sh.fail(err)
			}
			return n
		}
	}
	if err != nil && !errors.Is(err, arith.ErrNeedsExpansion) {
		return func(sh *Shell) int64 { sh.fail(err); return 0 }
	}
	expanded = c.document(text)
	return func(sh *Shell) int64 {
		if expr != nil {
			n, err := expr.Eval(sh.Session)
			if !errors.Is(err, arith.ErrNeedsExpansion) {
				if err != nil {
					sh.fail(err)
				}
				return n
			}
		}
		t := expanded(sh)
		if sh.fault != nil {
			return 0
		}
		n, err := arith.Value(t, sh.Session)
		if err != nil {
			sh.fail(err)
		}
		return n
	}
}

// arithmPart compiles a part of ((…)), nil for an absent one.
func (c *compiler) arithmPart(x syntax.ArithmExpr) func(*Shell) int64 {
	if x == nil {
		return nil
	}
	return c.arithm(lang.Text(c.chunk, x))
}

// document compiles text as between double quotes: the inside of $(( )), PS4.
func (c *compiler) document(text string) func(*Shell) string {
	chunk, err := lang.Document(c.chunk.Name, text, c.sh.lang)
	if err != nil {
		return func(sh *Shell) string { sh.fail(err); return "" }
	}
	inner := *c
	inner.chunk = chunk
	return joinText(inner.parts(chunk.Word, inQuotes))
}
