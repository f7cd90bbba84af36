package arith

import (
	"strings"

	"cosh/shell/session"
)

// unary reads signs and what they stand before. ++ and -- that no name
// follows are two signs.
func (p *parser) unary() operand {
	if !p.enter() {
		return constOperand(0)
	}
	defer p.leave()
	p.blanks()
	c := p.peek(0)
	switch c {
	case '+', '-':
		if p.peek(1) == c {
			start := p.pos
			p.pos += 2
			p.blanks()
			if isNameStart(p.peek(0)) {
				id := p.name()
				if sub := p.subscripted(id); sub != nil {
					return operand{eval: sub.step(stepOf(c), false)}
				}
				p.noDollar()
				return p.stepped(id, c, false)
			}
			if p.dollar && p.peek(0) == '$' {
				return p.unexpected() // it may hold a name
			}
			p.pos = start
		}
	case '!', '~':
	default:
		return p.primary()
	}
	p.pos++
	p.count()
	return unary(c, p.unary())
}

func (p *parser) stepped(id session.ID, c byte, postfix bool) operand {
	p.assigned = append(p.assigned, id)
	return operand{eval: step(id, stepOf(c), postfix)}
}

// stepOf is what ++ and -- add.
func stepOf(c byte) int64 {
	if c == '-' {
		return -1
	}
	return 1
}

func (p *parser) primary() operand {
	c := p.peek(0)
	switch {
	case p.pos >= len(p.src):
		return p.unexpected()
	case c == '(':
		p.pos++
		o := p.comma()
		p.blanks()
		if p.err == nil && p.peek(0) != ')' {
			if p.pos < len(p.src) {
				return p.unexpected()
			}
			return p.fail("missing )")
		}
		p.pos++
		// A parenthesised name is no place to assign to, but still its value.
		return o
	case '0' <= c && c <= '9':
		return p.constant()
	case isNameStart(c):
		return p.variable()
	case c == '$' && p.dollar:
		return p.expansion()
	}
	return p.unexpected()
}

func (p *parser) constant() operand {
	start := p.pos
	for p.pos < len(p.src) && (isWord(p.src[p.pos]) || p.src[p.pos] == '#' || p.src[p.pos] == '@') {
		p.pos++
	}
	if p.noDollar(); p.err != nil {
		return constOperand(0)
	}
	n, reason := number(p.src[start:p.pos])
	if reason != "" {
		return p.fail(reason)
	}
	return constOperand(n)
}

// name reads a name.
func (p *parser) name() session.ID {
	start := p.pos
	for p.pos < len(p.src) && isWord(p.src[p.pos]) {
		p.pos++
	}
	return p.names.ID(p.src[start:p.pos])
}

// noDollar refuses a $ right behind a token, which it would be a part of.
func (p *parser) noDollar() {
	if c := p.peek(0); p.dollar && (c == '$' || c == '`' || c == '\\') {
		p.unexpected()
	}
}

// variable reads a name, and an assignment to it.
func (p *parser) variable() operand {
	id := p.name()
	if sub := p.subscripted(id); sub != nil {
		return p.element(sub)
	}
	if p.noDollar(); p.err != nil {
		return constOperand(0)
	}
	p.blanks()
	if c := p.peek(0); (c == '+' || c == '-') && p.peek(1) == c && !p.signBehind() {
		p.pos += 2
		return p.stepped(id, c, true)
	}
	if op, length := p.assignment(); length > 0 {
		p.pos += length
		p.count()
		p.assigned = append(p.assigned, id)
		return operand{eval: assign(id, op, p.ternary(), p.src)}
	}
	p.named = true
	return operand{eval: variable(id), slot: id}
}

// element is variable for a[i].
func (p *parser) element(sub *subscript) operand {
	if p.noDollar(); p.err != nil {
		return constOperand(0)
	}
	p.blanks()
	if c := p.peek(0); (c == '+' || c == '-') && p.peek(1) == c && !p.signBehind() {
		p.pos += 2
		return operand{eval: sub.step(stepOf(c), true)}
	}
	if op, length := p.assignment(); length > 0 {
		p.pos += length
		p.count()
		return operand{eval: sub.assign(op, p.ternary(), p.src)}
	}
	return operand{eval: sub.value()}
}

// signBehind reports that the ++ or -- that stands next is followed by an
// operand, so that x--1 is x - -1, as in shells without the operator.
func (p *parser) signBehind() bool {
	rest := strings.TrimLeft(p.src[p.pos+2:], " \t\n\r\"")
	return rest != "" && (isWord(rest[0]) || rest[0] == '(' || rest[0] == '$')
}

// expansion reads a $ operand.
func (p *parser) expansion() operand {
	p.pos++
	braces := p.peek(0) == '{'
	if braces {
		p.pos++
	}
	var o operand
	switch c := p.peek(0); {
	case isNameStart(c):
		id := p.name()
		if braces && p.peek(0) == '[' {
			if o = p.expandedElement(id); p.err != nil {
				return o
			}
			break
		}
		o = operand{eval: expanded(id), slot: id}
	case '1' <= c && c <= '9':
		p.pos++
		o = operand{eval: positional(int(c - '1'))}
	case c == '#' && braces && isNameStart(p.peek(1)):
		p.pos++
		id := p.name()
		o = operand{eval: length(id), slot: id}
	case c == '#' && !(braces && p.peek(1) != '}'):
		p.pos++
		o = operand{eval: paramCount}
	case c == '?' && !(braces && p.peek(1) != '}'):
		p.pos++
		o = operand{eval: lastStatus}
	default:
		return p.unexpected()
	}
	if braces {
		if p.peek(0) != '}' {
			return p.unexpected()
		}
		p.pos++
	}
	if isWord(p.peek(0)) || p.peek(0) == '#' {
		return p.unexpected()
	}
	if p.noDollar(); p.err != nil {
		return o
	}
	return p.notAssigned(o)
}

// notAssigned refuses $x=1 and $x++, where $x holds a name.
func (p *parser) notAssigned(o operand) operand {
	p.blanks()
	if _, length := p.assignment(); length > 0 {
		return p.unexpected()
	}
	if c := p.peek(0); (c == '+' || c == '-') && p.peek(1) == c && !p.signBehind() {
		return p.unexpected()
	}
	p.dollars = append(p.dollars, o)
	return o
}
