package arith

// operator looks at the binary operator that stands next: its length in
// bytes and its precedence, 1 binding least. An assignment operator is none:
// assignments have been read with their names.
func (p *parser) operator() (op operator, length, precedence int) {
	c, d := p.peek(0), p.peek(1)
	switch c {
	case '|', '&':
		op, length, precedence = opOr, 1, 3
		if c == '&' {
			op, precedence = opAnd, 5
		}
		if d == c {
			op, length, precedence = opLogOr, 2, 1
			if c == '&' {
				op, precedence = opLogAnd, 2
			}
		}
	case '^':
		op, length, precedence = opXor, 1, 4
	case '=', '!':
		if d != '=' {
			return none, 0, 0
		}
		if c == '!' {
			return opNotEq, 2, 6
		}
		return opEq, 2, 6
	case '<', '>':
		return p.angle(c, d)
	case '+':
		op, length, precedence = opAdd, 1, 9
	case '-':
		op, length, precedence = opSub, 1, 9
	case '*':
		op, length, precedence = opMul, 1, 10
		if d == '*' {
			op, length, precedence = opPow, 2, 11
		}
	case '/':
		op, length, precedence = opDiv, 1, 10
	case '%':
		op, length, precedence = opRem, 1, 10
	}
	if op != opLogAnd && op != opLogOr && length > 0 && p.peek(length) == '=' && p.peek(length+1) != '=' {
		return none, 0, 0
	}
	return op, length, precedence
}

func (p *parser) angle(c, d byte) (op operator, length, precedence int) {
	switch {
	case d == c:
		if p.peek(2) == '=' {
			return none, 0, 0
		}
		if c == '<' {
			return opShl, 2, 8
		}
		return opShr, 2, 8
	case d == '=' && c == '<':
		return opLessEq, 2, 7
	case d == '=':
		return opGreaterEq, 2, 7
	case c == '<':
		return opLess, 1, 7
	}
	return opGreater, 1, 7
}

// assignment looks at the assignment operator that stands next; length is 0
// when there is none.
func (p *parser) assignment() (op operator, length int) {
	switch c, d := p.peek(0), p.peek(1); c {
	case '=':
		if d != '=' {
			return none, 1
		}
	case '<', '>':
		if d == c && p.peek(2) == '=' {
			if c == '<' {
				return opShl, 3
			}
			return opShr, 3
		}
	case '+', '-', '*', '/', '%', '&', '^', '|':
		if d != '=' || p.peek(2) == '=' {
			return none, 0
		}
		switch c {
		case '+':
			return opAdd, 2
		case '-':
			return opSub, 2
		case '*':
			return opMul, 2
		case '/':
			return opDiv, 2
		case '%':
			return opRem, 2
		case '&':
			return opAnd, 2
		case '^':
			return opXor, 2
		}
		return opOr, 2
	}
	return none, 0
}

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

func isWord(c byte) bool { return isNameStart(c) || '0' <= c && c <= '9' }
