package arith

import (
	"slices"
	"strings"

	"cosh/shell/session"
)

const (
	maxNesting = 1000    // of parentheses, signs, assignments: the parser recurses
	maxNodes   = 1 << 20 // operators in one expression: the closures recurse
)

// parser reads an expression by precedence climbing. The first failure stays
// in err, and everything returns.
type parser struct {
	src     string
	pos     int
	names   *session.Names
	dollar  bool // $ operands are allowed
	nesting int
	nodes   int
	err     error

	dollars  []operand
	assigned []session.ID
	named    bool // an operand written without $ is there
}

func parse(src string, names *session.Names, dollar bool) (*Expr, error) {
	p := parser{src: src, names: names, dollar: dollar}
	p.blanks()
	if p.pos == len(src) {
		return &Expr{eval: constant(0)}, nil
	}
	o := p.comma()
	if p.blanks(); p.err == nil && p.pos < len(src) {
		p.unexpected()
	}
	if p.err != nil {
		return nil, p.err
	}
	if err := p.dollarsFirst(); err != nil {
		return nil, err
	}
	e := &Expr{eval: o.eval}
	if p.named || len(p.assigned) > 0 {
		for _, d := range p.dollars {
			e.dollars = append(e.dollars, d.eval)
		}
	}
	return e, nil
}

// dollarsFirst sees to it that $x has the value from before the expression:
// where x is assigned to in the expression, expansion is done first. All $
// operands are looked at before the rest if anything could be assigned, be
// it only by a variable whose value is an assignment.
func (p *parser) dollarsFirst() error {
	for _, d := range p.dollars {
		if d.slot != 0 && slices.Contains(p.assigned, d.slot) {
			return ErrNeedsExpansion
		}
	}
	return nil
}

// fail ends the parse. Where expansions are left in the text, that may be
// for their sake, and the error is the one of the expanded text.
func (p *parser) fail(reason string) operand {
	if p.err == nil {
		p.err = &Error{reason, p.src}
		if p.dollar && strings.ContainsAny(p.src, "$`\\") {
			p.err = ErrNeedsExpansion
		}
	}
	p.pos = len(p.src)
	return constOperand(0)
}

// unexpected fails at the current position.
func (p *parser) unexpected() operand {
	if p.pos >= len(p.src) {
		return p.fail("operand expected at the end")
	}
	end := p.pos
	for end < len(p.src) && isWord(p.src[end]) {
		end++
	}
	if end == p.pos {
		for end++; end < len(p.src) && p.src[end]&0xC0 == 0x80; {
			end++
		}
	}
	return p.fail("unexpected " + p.src[p.pos:end])
}

// blanks skips white space, and " as do ksh and bash.
func (p *parser) blanks() {
	for p.pos < len(p.src) {
		switch p.src[p.pos] {
		case ' ', '\t', '\n', '\r', '"':
			p.pos++
		default:
			return
		}
	}
}

func (p *parser) peek(i int) byte {
	if p.pos+i < len(p.src) {
		return p.src[p.pos+i]
	}
	return 0
}

// enter bounds the recursion; leave undoes it.
func (p *parser) enter() bool {
	if p.nesting++; p.nesting > maxNesting {
		p.fail("nested too deeply")
		return false
	}
	return true
}

func (p *parser) leave() { p.nesting-- }

func (p *parser) count() {
	if p.nodes++; p.nodes > maxNodes {
		p.fail("too long")
	}
}

func (p *parser) comma() operand {
	l := p.ternary()
	for {
		p.blanks()
		if p.err != nil || p.peek(0) != ',' {
			return l
		}
		p.pos++
		p.count()
		r := p.ternary()
		l = operand{eval: sequence(l.eval, r.eval)}
	}
}

// ternary reads c ? a : b, and assignments, which begin with a name and are
// read where that name is.
func (p *parser) ternary() operand {
	if !p.enter() {
		return constOperand(0)
	}
	defer p.leave()
	c := p.binary(1)
	p.blanks()
	if p.err != nil || p.peek(0) != '?' {
		return c
	}
	p.pos++
	yes := p.comma()
	p.blanks()
	if p.err == nil && p.peek(0) != ':' {
		return p.fail("missing : after ?")
	}
	p.pos++
	no := p.ternary()
	return operand{eval: conditional(c.eval, yes.eval, no.eval)}
}

// binary reads operators of at least the given precedence.
func (p *parser) binary(least int) operand {
	l := p.unary()
	for p.err == nil {
		p.blanks()
		op, length, precedence := p.operator()
		if op == none || precedence < least {
			return l
		}
		p.pos += length
		p.count()
		next := precedence + 1
		if op == opPow { // groups from the right
			next = precedence
			if !p.enter() {
				return l
			}
		}
		r := p.binary(next)
		if op == opPow {
			p.leave()
		}
		l = binary(op, l, r, p.src)
	}
	return l
}
