package lang

import (
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// verify joins the wrappers of the complete lines with their blocks and withdraws
// the proposals that the tree does not bear out: they stood in a string, a
// comment, a here-document, or behind another command. It reports whether the
// text must be parsed again.
func (s *segment) verify() bool {
	if !slices.ContainsFunc(s.edits, func(e edit) bool { return e.kind != mask }) {
		return false
	}
	j := joiner{s: s, stood: map[mark]bool{}, text: map[int]bool{}}
	for i := range s.groups {
		s.groups[i].stmts = j.list(s.groups[i].stmts)
		for _, stmt := range s.groups[i].stmts {
			syntax.Walk(stmt, j.node)
		}
	}
	if s.word != nil {
		syntax.Walk(s.word, j.node)
	}
	n, limit := len(s.edits), s.limit()
	s.edits = slices.DeleteFunc(s.edits, func(e edit) bool {
		return e.at < limit && !j.right(e)
	})
	return len(s.edits) < n
}

// A joiner makes one statement of each wrapper and its block.
type joiner struct {
	s     *segment
	stood map[mark]bool // the proposals that were right
	text  map[int]bool  // where an edit for a comment is in no comment
}

// right reports whether the tree bears an edit out.
func (j *joiner) right(e edit) bool {
	switch e.kind {
	case mask, subscript, joined:
		return true
	case comment:
		return !j.text[e.at]
	}
	return j.stood[mark{e.kind, e.at}]
}

// node joins the lists of statements in a node, before they are walked, and
// notes what else has been proposed.
func (j *joiner) node(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.Block:
		n.Stmts = j.list(n.Stmts)
	case *syntax.Subshell:
		n.Stmts = j.list(n.Stmts)
		j.stands(extra, n.Lparen, len("("))
	case *syntax.CmdSubst:
		n.Stmts = j.list(n.Stmts)
		j.stands(extra, n.Left, len("$("))
		j.stands(dollar, n.Left, 0)
	case *syntax.ProcSubst:
		n.Stmts = j.list(n.Stmts)
	case *syntax.IfClause:
		n.Cond, n.Then = j.list(n.Cond), j.list(n.Then)
	case *syntax.WhileClause:
		n.Cond, n.Do = j.list(n.Cond), j.list(n.Do)
	case *syntax.ForClause:
		n.Do = j.list(n.Do)
	case *syntax.CaseItem:
		n.Stmts = j.list(n.Stmts)
		j.stands(fall, n.OpPos, 0)
	case *syntax.ArithmExp:
		j.stands(arith, n.Left, len("$(("))
		j.stands(dollar, n.Left, 0)
		j.stands(extra, n.Left, len("$(("))
	case *syntax.ArithmCmd:
		j.stands(arith, n.Left, len("(("))
		j.stands(extra, n.Left, len("(("))
	case *syntax.FuncDecl:
		if n.Name != nil {
			j.stands(extra, n.Name.End(), 0)
		}
	case *syntax.Redirect:
		j.stands(delim, n.OpPos, 0)
		j.stands(delim, n.Word.Pos(), 0)
		j.stands(extra, n.Word.End(), 0)
	case *syntax.ParamExp:
		j.stands(dollar, n.Dollar, 0)
		j.stands(bad, n.Dollar, 0)
		if n.Param != nil {
			j.stands(bang, n.Param.Pos(), 0)
		}
	case *syntax.SglQuoted:
		j.stands(quote, n.Left, 0)
		j.inText(n)
	case *syntax.Lit:
		j.inText(n)
	}
	return true
}

// stands notes that an edit of the kind, so many bytes behind the position, would
// be right.
func (j *joiner) stands(k kind, pos syntax.Pos, behind int) {
	j.stood[mark{k, j.s.textOffset(pos) + behind}] = true
}

// list joins neighbours.
func (j *joiner) list(list []*syntax.Stmt) []*syntax.Stmt {
	if len(list) < 2 {
		return list
	}
	out := list[:1]
	for _, next := range list[1:] {
		if last := len(out) - 1; j.pair(out[last], next) {
			out[last] = graft(out[last], next)
		} else {
			out = append(out, next)
		}
	}
	return out
}

// pair reports whether l ends in a wrapper, at a proposal, and r begins with its
// block; then the block becomes the wrapper's.
func (j *joiner) pair(l, r *syntax.Stmt) bool {
	if !l.Semicolon.IsValid() || l.Background {
		return false
	}
	c := &j.s.chunk
	at := int(l.Semicolon.Offset())
	if off := j.s.textOffset(l.Semicolon); !j.s.proposed(off) || j.s.src.text[off] == ';' {
		return false
	}
	w, b := rightmost(l), leftmost(r)
	if !j.wraps(w) || b.Negated || int(b.Position.Offset()) != at+1 {
		return false
	}
	switch b.Cmd.(type) {
	case *syntax.Block, *syntax.Subshell:
	default:
		return false
	}
	j.stands(proposal, l.Semicolon, 0)
	if c.Blocks == nil {
		c.Blocks = map[*syntax.Stmt]*Block{}
	}
	lo, hi := j.s.textOffset(b.Cmd.Pos()), j.s.textOffset(b.Cmd.End())
	c.Blocks[w] = &Block{Cmd: b.Cmd, Source: j.s.src.text[lo:hi]}
	w.Redirs = append(w.Redirs, b.Redirs...)
	syntax.Walk(b.Cmd, j.node)
	return true
}

// textOffset is the place in the segment's text of a parser's position.
func (s *segment) textOffset(p syntax.Pos) int {
	c := s.chunk
	c.Src = s.src.text
	return c.offset(p)
}

// wraps reports whether the statement is a simple command of a wrapper, perhaps
// behind command or exec.
func (j *joiner) wraps(w *syntax.Stmt) bool {
	call, ok := w.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Args) == 0 || j.s.chunk.Blocks[w] != nil {
		return false
	}
	first := call.Args[0].Lit()
	if first == "command" || first == "exec" {
		return slices.ContainsFunc(call.Args[1:], func(a *syntax.Word) bool { return j.s.opts.Wrappers[a.Lit()] })
	}
	return j.s.opts.Wrappers[first]
}

// rightmost is the last simple or compound command of a list.
func rightmost(s *syntax.Stmt) *syntax.Stmt {
	for {
		switch cmd := s.Cmd.(type) {
		case *syntax.BinaryCmd:
			s = cmd.Y
		case *syntax.TimeClause:
			if cmd.Stmt == nil {
				return s
			}
			s = cmd.Stmt
		default:
			return s
		}
	}
}

// leftmost is the first simple or compound command of a list.
func leftmost(s *syntax.Stmt) *syntax.Stmt {
	for {
		cmd, ok := s.Cmd.(*syntax.BinaryCmd)
		if !ok {
			return s
		}
		s = cmd.X
	}
}

// graft makes one list of l and r, where the last command of l takes the place of
// the first of r: a && b | W and B | c || d become a && b | W | c || d.
func graft(l, r *syntax.Stmt) *syntax.Stmt {
	end := *r
	l.Semicolon = syntax.Pos{}
	and, or := split(r, isAndOr)
	out := graftPipe(l, and)
	for _, link := range or {
		out = link.onto(out)
	}
	out.Semicolon, out.Background = end.Semicolon, end.Background
	out.Coprocess, out.Disown = end.Coprocess, end.Disown
	return out
}

// graftPipe puts the pipeline r, all but its first command, behind the last
// pipeline of l.
func graftPipe(l, r *syntax.Stmt) *syntax.Stmt {
	switch cmd := l.Cmd.(type) {
	case *syntax.BinaryCmd:
		if isAndOr(cmd.Op) {
			cmd.Y = graftPipe(cmd.Y, r)
			return l
		}
	case *syntax.TimeClause:
		cmd.Stmt = graftPipe(cmd.Stmt, r)
		return l
	}
	_, rest := split(r, func(op syntax.BinCmdOperator) bool { return !isAndOr(op) })
	if len(rest) == 0 {
		return l
	}
	negated := l.Negated
	l.Negated = false
	for _, link := range rest {
		l = link.onto(l)
	}
	l.Negated = negated
	return l
}

// A link is an operator of a list with what stands to its right.
type link struct {
	pos syntax.Pos
	op  syntax.BinCmdOperator
	y   *syntax.Stmt
}

// onto makes x op y.
func (k link) onto(x *syntax.Stmt) *syntax.Stmt {
	return &syntax.Stmt{Position: x.Position, Cmd: &syntax.BinaryCmd{OpPos: k.pos, Op: k.op, X: x, Y: k.y}}
}

// split takes a left-leaning chain of the operators apart.
func split(s *syntax.Stmt, is func(syntax.BinCmdOperator) bool) (first *syntax.Stmt, rest []link) {
	for {
		cmd, ok := s.Cmd.(*syntax.BinaryCmd)
		if !ok || !is(cmd.Op) {
			break
		}
		rest = append(rest, link{cmd.OpPos, cmd.Op, cmd.Y})
		s = cmd.X
	}
	slices.Reverse(rest)
	return s, rest
}

// isAndOr reports && and ||; the others make pipelines.
func isAndOr(op syntax.BinCmdOperator) bool {
	return op == syntax.AndStmt || op == syntax.OrStmt
}
