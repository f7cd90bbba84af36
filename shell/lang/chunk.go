package lang

import (
	"strings"

	"cosh/shell/diag"

	"mvdan.cc/sh/v3/syntax"
)

// A Chunk is parsed shell code, ready for the evaluator. Its nodes keep the
// positions of the user's own text; ask the Chunk, not the nodes, for text and
// line numbers: Src may hold more than this Chunk's statements.
type Chunk struct {
	Name string // of the file, or what stands for it in messages
	Src  string // the text that node offsets refer to, as the user wrote it
	Line int    // number of lines before Src: node line + Line is the true one

	Stmts []*syntax.Stmt // the complete commands of one line; none: a blank line
	Word  *syntax.Word   // set by Document only; nil there for an empty text

	// Blocks has the statements that are a wrapper with a block: the statement's
	// Cmd is the CallExpr of the wrapper and its words, its Redirs are those
	// of the words followed by those after the block. It is nil where there is
	// no such statement, and shared by the chunks of one text.
	Blocks map[*syntax.Stmt]*Block

	// Warnings are to be shown before the chunk runs: a here-document that
	// the end of the file ended.
	Warnings []*diag.Problem

	shifts []shift // where the parser's offsets run ahead of Src
}

// A Block is the shell code a wrapper was given: wrapper WORDS { list; } or
// wrapper WORDS ( list ).
type Block struct {
	Cmd    syntax.Command // *syntax.Block or *syntax.Subshell
	Source string         // the block's text from its brace to its brace
}

// A shift says that by bytes stand at the parser's offset at in its copy only,
// not in Src.
type shift struct{ at, by int }

// offset turns a parser's position into an index of Src, never beyond its end.
func (c *Chunk) offset(p syntax.Pos) int {
	off := int(p.Offset())
	n := off
	for _, s := range c.shifts {
		if off > s.at {
			n -= min(s.by, off-s.at)
		}
	}
	return min(n, len(c.Src))
}

// LineOf is the line of the user's text where n begins, counted from 1.
func (c *Chunk) LineOf(n syntax.Node) int { return c.LineAt(n.Pos()) }

// LineAt is the line of the user's text at p, counted from 1.
func (c *Chunk) LineAt(p syntax.Pos) int {
	if line := p.Line(); line > 0 {
		return c.Line + int(line)
	}
	return c.Line + 1 + strings.Count(c.Src[:c.offset(p)], "\n") // beyond the parser's 18 bits
}

// Arith is the raw text of an arithmetic expansion, $((this)) or $[this], and
// of an arithmetic command, ((this)): expansions in it are not yet made and
// line continuations are gone. Evaluate this text and not the node's tree,
// which may be a mask (see repair). Other nodes give "".
func (c *Chunk) Arith(n syntax.Node) string {
	var lo, hi int
	switch n := n.(type) {
	case *syntax.ArithmExp:
		lo, hi = c.offset(n.Left)+len("$(("), c.offset(n.Right)
		if n.Bracket {
			lo--
		} else if end := splitMatch(c.Src, c.offset(n.Left), "$(("); end > lo {
			lo = end
		}
	case *syntax.ArithmCmd:
		lo, hi = c.offset(n.Left)+len("(("), c.offset(n.Right)
	}
	if lo >= hi {
		return ""
	}
	raw := c.Src[lo:hi]
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	raw = strings.ReplaceAll(raw, "\\\n", "")
	for range c.backquotes(lo) {
		raw = unescapeBackquoted(raw)
	}
	return raw
}

// backquotes is how many `…` substitutions are open around the offset: each
// takes one layer of backslashes away (POSIX 2.6.3).
func (c *Chunk) backquotes(at int) int {
	depth := 0
	count := func(n syntax.Node) bool {
		if cs, ok := n.(*syntax.CmdSubst); ok && cs.Backquotes &&
			c.offset(cs.Left) < at && at <= c.offset(cs.Right) {
			depth++
		}
		return true
	}
	for _, s := range c.Stmts {
		syntax.Walk(s, count)
	}
	if c.Word != nil {
		syntax.Walk(c.Word, count)
	}
	return depth
}

// unescapeBackquoted takes away the backslashes before $, ` and \.
func unescapeBackquoted(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("$`\\", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
