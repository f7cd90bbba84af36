package arith

import "cosh/shell/session"

// operator is a binary operator; the assignment x += y holds the one that it
// applies.
type operator uint8

const (
	none operator = iota
	opAdd
	opSub
	opMul
	opDiv
	opRem
	opPow
	opShl
	opShr
	opLess
	opLessEq
	opGreater
	opGreaterEq
	opEq
	opNotEq
	opAnd
	opXor
	opOr
	opLogAnd
	opLogOr
)

// apply computes l op r for the operators that look at both operands. It
// fails with a reason.
func apply(op operator, l, r int64) (n int64, reason string) {
	switch op {
	case opAdd:
		return l + r, ""
	case opSub:
		return l - r, ""
	case opMul:
		return l * r, ""
	case opDiv, opRem:
		if r == 0 {
			return 0, "division by zero"
		}
		if op == opDiv {
			return l / r, "" // the smallest by -1 wraps, in Go
		}
		return l % r, ""
	case opPow:
		if r < 0 {
			return 0, "negative exponent"
		}
		return power(l, r), ""
	case opShl:
		return l << (r & 63), ""
	case opShr:
		return l >> (r & 63), ""
	case opLess:
		return truth(l < r), ""
	case opLessEq:
		return truth(l <= r), ""
	case opGreater:
		return truth(l > r), ""
	case opGreaterEq:
		return truth(l >= r), ""
	case opEq:
		return truth(l == r), ""
	case opNotEq:
		return truth(l != r), ""
	case opAnd:
		return l & r, ""
	case opXor:
		return l ^ r, ""
	}
	return l | r, ""
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func power(base, exp int64) int64 {
	n := int64(1)
	for ; exp > 0; exp >>= 1 {
		if exp&1 != 0 {
			n *= base
		}
		base *= base
	}
	return n
}

// operand is a parsed subexpression, with what makes shorter closures
// possible.
type operand struct {
	eval    node
	isConst bool
	value   int64
	// slot is the variable that this operand is, 0 when it is none; eval is
	// for when that is no number.
	slot session.ID
}

func constOperand(n int64) operand {
	return operand{eval: constant(n), isConst: true, value: n}
}

// binary compiles l op r. src is the expression's text, for errors.
func binary(op operator, l, r operand, src string) operand {
	switch {
	case op == opLogAnd || op == opLogOr:
		return operand{eval: logical(op == opLogOr, l.eval, r.eval)}
	case l.isConst && r.isConst:
		if n, reason := apply(op, l.value, r.value); reason == "" {
			return constOperand(n)
		}
	case l.slot != 0 && r.isConst:
		return operand{eval: slotConst(op, l, r.value, src)}
	case l.slot != 0 && r.slot != 0:
		return operand{eval: slotSlot(op, l, r, src)}
	case r.isConst:
		return operand{eval: nodeConst(op, l.eval, r.value, src)}
	}
	return operand{eval: nodeNode(op, l.eval, r.eval, src)}
}

func logical(or bool, l, r node) node {
	return func(s *session.Session, depth int) (int64, error) {
		n, err := l(s, depth)
		if err != nil || (n != 0) == or {
			return truth(n != 0), err
		}
		n, err = r(s, depth)
		return truth(n != 0), err
	}
}

func conditional(cond, yes, no node) node {
	return func(s *session.Session, depth int) (int64, error) {
		n, err := cond(s, depth)
		switch {
		case err != nil:
			return 0, err
		case n != 0:
			return yes(s, depth)
		}
		return no(s, depth)
	}
}

// unary compiles one of + - ~ and !.
func unary(c byte, x operand) operand {
	if x.isConst {
		return constOperand(negate(c, x.value))
	}
	eval := x.eval
	return operand{eval: func(s *session.Session, depth int) (int64, error) {
		n, err := eval(s, depth)
		return negate(c, n), err
	}}
}

func negate(c byte, n int64) int64 {
	switch c {
	case '-':
		return -n
	case '~':
		return ^n
	case '!':
		return truth(n == 0)
	}
	return n
}
