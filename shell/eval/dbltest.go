package eval

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/arith"
	"cosh/shell/cond"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// verdict is a compiled condition of [[ ]]. An error means status 2; a fault of
// an expansion is left in the Shell.
type verdict func(*Shell) (bool, error)

// dblTest compiles [[ … ]].
func (c *compiler) dblTest(cmd *syntax.TestClause) node {
	line, v := c.line(cmd), c.testExpr(cmd.X)
	return func(sh *Shell) ctl {
		sh.Line = line
		ok, err := v(sh)
		if sh.fault != nil {
			return sh.dblTestFault()
		}
		switch {
		case err != nil:
			sh.warn("[[: %v", err)
			sh.Status = 2
		case ok:
			sh.Status = 0
			return ctlNext
		default:
			sh.Status = 1
		}
		return sh.errexit(ctlNext)
	}
}

// dblTestFault ends a [[ ]] in which an expansion failed. Bad arithmetic makes
// it false, as in bash; anything else is as fatal as elsewhere.
func (sh *Shell) dblTestFault() ctl {
	if _, ok := sh.fault.(*arith.Error); !ok {
		return sh.fatal()
	}
	sh.report(sh.fault)
	sh.fault = nil
	sh.Status = 1
	return sh.errexit(ctlNext)
}

// testExpr compiles an expression. The parser gives && and || one precedence,
// and lets ! reach over both; here || binds least, then &&, then !.
func (c *compiler) testExpr(x syntax.TestExpr) verdict {
	var ch testChain
	c.flatten(&ch, x)
	var either []verdict
	for start, i := 0, 0; i < len(ch.terms); i++ {
		if i == len(ch.ors) || ch.ors[i] {
			either = append(either, every(ch.terms[start:i+1]))
			start = i + 1
		}
	}
	return some(either)
}

// testChain is terms with an operator between each two: || or &&.
type testChain struct {
	terms []verdict
	ors   []bool
}

func (c *compiler) flatten(ch *testChain, x syntax.TestExpr) {
	switch x := x.(type) {
	case *syntax.BinaryTest:
		if x.Op == syntax.AndTest || x.Op == syntax.OrTest {
			c.flatten(ch, x.X)
			ch.ors = append(ch.ors, x.Op == syntax.OrTest)
			c.flatten(ch, x.Y)
			return
		}
		ch.terms = append(ch.terms, c.binaryTest(x))
	case *syntax.UnaryTest:
		if x.Op != syntax.TsNot {
			ch.terms = append(ch.terms, c.unaryTest(x))
			return
		}
		n := len(ch.terms)
		c.flatten(ch, x.X)
		ch.terms[n] = opposite(ch.terms[n])
	case *syntax.ParenTest:
		ch.terms = append(ch.terms, c.testExpr(x.X))
	case *syntax.Word:
		text := c.text(x)
		ch.terms = append(ch.terms, func(sh *Shell) (bool, error) {
			v := text(sh)
			sh.traceTest("-n", quote(v))
			return v != "", nil
		})
	}
}

func opposite(v verdict) verdict {
	return func(sh *Shell) (bool, error) { ok, err := v(sh); return !ok && err == nil, err }
}

// every is &&, some is ||; both stop where the answer is known.
func every(list []verdict) verdict {
	if len(list) == 1 {
		return list[0]
	}
	return func(sh *Shell) (bool, error) {
		for _, v := range list {
			if ok, err := v(sh); !ok || err != nil || sh.fault != nil {
				return false, err
			}
		}
		return true, nil
	}
}

func some(list []verdict) verdict {
	if len(list) == 1 {
		return list[0]
	}
	return func(sh *Shell) (bool, error) {
		for _, v := range list {
			if ok, err := v(sh); ok || err != nil || sh.fault != nil {
				return ok, err
			}
		}
		return false, nil
	}
}

// unaryTest compiles -f word and kin.
func (c *compiler) unaryTest(x *syntax.UnaryTest) verdict {
	op := x.Op.String()
	text := func(*Shell) string { return "" }
	if w, ok := x.X.(*syntax.Word); ok {
		text = c.text(w)
	}
	var holds func(*Shell, string) (bool, error)
	switch x.Op {
	case syntax.TsEmpStr:
		holds = func(_ *Shell, v string) (bool, error) { return v == "", nil }
	case syntax.TsNempStr:
		holds = func(_ *Shell, v string) (bool, error) { return v != "", nil }
	case syntax.TsVarSet:
		holds = (*Shell).isSet
	case syntax.TsRefVar:
		holds = func(sh *Shell, v string) (bool, error) {
			_, ok := sh.Target(sh.names.Lookup(v))
			return ok, nil
		}
	case syntax.TsOptSet:
		holds = func(sh *Shell, v string) (bool, error) { return sh.Options&session.OptionByName(v) != 0, nil }
	default:
		holds = func(sh *Shell, v string) (bool, error) { return cond.Unary(op, v, sh) }
	}
	return func(sh *Shell) (bool, error) {
		v := text(sh)
		if sh.fault != nil {
			return false, nil
		}
		sh.traceTest(op, quote(v))
		return holds(sh, v)
	}
}

// isSet is -v name and -v name[subscript].
func (sh *Shell) isSet(ref string) (bool, error) {
	if !session.ValidRef(ref) {
		return false, nil
	}
	_, ok, err := sh.GetRef(ref)
	return ok && err == nil, nil
}

// binaryTest compiles a op b.
func (c *compiler) binaryTest(x *syntax.BinaryTest) verdict {
	left, _ := x.X.(*syntax.Word)
	right, _ := x.Y.(*syntax.Word)
	op := x.Op.String()
	switch x.Op {
	case syntax.TsMatch, syntax.TsMatchShort, syntax.TsNoMatch:
		return c.matchTest(left, right, op)
	case syntax.TsReMatch:
		return c.regexTest(left, right)
	case syntax.TsEql, syntax.TsNeq, syntax.TsLeq, syntax.TsGeq, syntax.TsLss, syntax.TsGtr:
		return c.numberTest(left, right, x.Op)
	}
	a, b := c.text(left), c.text(right)
	return func(sh *Shell) (bool, error) {
		v := a(sh)
		w := b(sh)
		if sh.fault != nil {
			return false, nil
		}
		sh.traceTest(quote(v), op, quote(w))
		return cond.Binary(op, v, w, sh)
	}
}

// matchTest is = == !=: the right side is a pattern.
func (c *compiler) matchTest(left, right *syntax.Word, op string) verdict {
	a, b := c.text(left), c.conditional(right)
	not := op == "!="
	return func(sh *Shell) (bool, error) {
		v := a(sh)
		p := b(sh)
		if sh.fault != nil {
			return false, nil
		}
		if sh.Options&session.XTrace != 0 {
			lit, ok := p.Literal()
			if !ok {
				lit = strings.TrimSpace(lang.Text(c.chunk, right))
			} else {
				lit = quote(lit)
			}
			sh.traceTest(quote(v), op, lit)
		}
		return p.Match(v) != not, nil
	}
}

// numberTest is -eq and kin: both sides are arithmetic expressions.
func (c *compiler) numberTest(left, right *syntax.Word, op syntax.BinTestOperator) verdict {
	a, b := c.integer(left), c.integer(right)
	return func(sh *Shell) (bool, error) {
		m := a(sh)
		n := b(sh)
		if sh.fault != nil {
			return false, nil
		}
		sh.traceTest(itoa(m), op.String(), itoa(n))
		switch op {
		case syntax.TsEql:
			return m == n, nil
		case syntax.TsNeq:
			return m != n, nil
		case syntax.TsLeq:
			return m <= n, nil
		case syntax.TsGeq:
			return m >= n, nil
		case syntax.TsLss:
			return m < n, nil
		}
		return m > n, nil
	}
}

// integer is the value of a word read as an arithmetic expression; an empty
// one is 0.
func (c *compiler) integer(w *syntax.Word) func(*Shell) int64 {
	parts := c.parts(w, inWord)
	if len(parts) == 1 && parts[0].number != nil {
		return parts[0].number
	}
	text := joinText(parts)
	return func(sh *Shell) int64 {
		v := text(sh)
		if n, ok := session.Canonical(v); ok || sh.fault != nil || strings.TrimSpace(v) == "" {
			return n
		}
		n, err := arith.Value(v, sh.Session)
		if err != nil {
			sh.fail(err)
		}
		return n
	}
}

// traceTest writes one condition under -x, so that it can be run again.
func (sh *Shell) traceTest(words ...string) {
	if sh.Options&session.XTrace != 0 && !sh.noEcho {
		sh.message(sh.ps4() + "[[ " + strings.Join(words, " ") + " ]]")
	}
}
