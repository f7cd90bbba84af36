package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Text is the source of a node as the user wrote it, for job lists, function
// definitions and the shells that are handed one. A statement comes without
// the ; or & behind it, a wrapper with its block, and here-documents that are not
// inside the node's own lines follow on lines of their own, the last without its
// newline.
func Text(c *Chunk, n syntax.Node) string {
	lo, hi := c.offset(n.Pos()), c.end(n)
	if lo >= hi {
		return ""
	}
	text := c.Src[lo:hi]
	if !strings.Contains(text, "<<") {
		return text
	}
	return text + c.documents(n, hi)
}

// end is where in Src a node's own text ends: without the terminator of a
// statement and without here-documents.
func (c *Chunk) end(n syntax.Node) int {
	switch n := n.(type) {
	case *syntax.Stmt:
		hi := c.offset(n.Position)
		if b := c.Blocks[n]; b != nil {
			hi = c.offset(b.Cmd.End())
		} else if n.Cmd != nil {
			hi = c.end(n.Cmd)
		}
		for _, r := range n.Redirs {
			hi = max(hi, c.offset(r.Word.End()))
		}
		return hi
	case *syntax.BinaryCmd:
		return c.end(n.Y)
	case *syntax.FuncDecl:
		return c.end(n.Body)
	case *syntax.TimeClause:
		if n.Stmt != nil {
			return c.end(n.Stmt)
		}
	case *syntax.CoprocClause:
		return c.end(n.Stmt)
	case *syntax.Redirect:
		return c.offset(n.Word.End())
	}
	return c.offset(n.End())
}

// documents are n's here-documents that begin behind hi, each with a newline
// before it and its delimiter at its end.
func (c *Chunk) documents(n syntax.Node, hi int) string {
	var b strings.Builder
	c.walk(n, func(n syntax.Node) bool {
		r, ok := n.(*syntax.Redirect)
		if !ok || r.Op != syntax.Hdoc && r.Op != syntax.DashHdoc {
			return true
		}
		body, inside := "\n", false
		if r.Hdoc != nil {
			lo := c.offset(r.Hdoc.Pos())
			inside = lo < hi
			body += c.Src[lo:max(c.offset(r.Hdoc.End()), lo)] // with the delimiter
		} else {
			inside = strings.IndexByte(c.Src[c.offset(r.Word.End()):max(hi, c.offset(r.Word.End()))], '\n') >= 0
		}
		if inside {
			return true
		}
		last := body[strings.LastIndexByte(body, '\n')+1:]
		if r.Op == syntax.DashHdoc {
			last = strings.TrimLeft(last, "\t")
		}
		if delim := delimiter(r.Word); last != delim {
			if body[len(body)-1] != '\n' {
				body += "\n"
			}
			body += delim
		}
		b.WriteString(body)
		return true
	})
	return b.String()
}

// delimiter is the word that ends a here-document, without its quotes.
func delimiter(w *syntax.Word) string {
	var b strings.Builder
	for _, part := range w.Parts {
		switch part := part.(type) {
		case *syntax.Lit:
			b.WriteString(unescaped(part.Value))
		case *syntax.SglQuoted:
			b.WriteString(part.Value)
		case *syntax.DblQuoted:
			for _, inner := range part.Parts {
				if lit, ok := inner.(*syntax.Lit); ok {
					b.WriteString(unescaped(lit.Value))
				}
			}
		}
	}
	return b.String()
}

// unescaped is s without the backslashes that quote.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
