package arith

import "cosh/shell/session"

// The closures of the binary operators, by what their operands are. The
// commonest operators have one of their own; the rest share one that asks
// apply.

func result(n int64, reason, src string) (int64, error) {
	if reason != "" {
		return 0, &Error{reason, src}
	}
	return n, nil
}

func slotConst(op operator, l operand, c int64, src string) node {
	id, slow := l.slot, l.eval
	load := func(s *session.Session, depth int) (int64, error) {
		if n, ok := s.Number(id); ok {
			return n, nil
		}
		return slow(s, depth)
	}
	switch op {
	case opSub:
		c = -c
		fallthrough
	case opAdd:
		return func(s *session.Session, depth int) (int64, error) {
			if n, ok := s.Number(id); ok {
				return n + c, nil
			}
			n, err := slow(s, depth)
			return n + c, err
		}
	case opMul:
		return func(s *session.Session, depth int) (int64, error) {
			if n, ok := s.Number(id); ok {
				return n * c, nil
			}
			n, err := slow(s, depth)
			return n * c, err
		}
	case opLess:
		return func(s *session.Session, depth int) (int64, error) {
			if n, ok := s.Number(id); ok {
				return truth(n < c), nil
			}
			n, err := slow(s, depth)
			return truth(n < c), err
		}
	}
	return nodeConst(op, load, c, src)
}

func slotSlot(op operator, l, r operand, src string) node {
	left, right, slowLeft, slowRight := l.slot, r.slot, l.eval, r.eval
	both := func(s *session.Session, depth int) (a, b int64, err error) {
		if a, err = slowLeft(s, depth); err == nil {
			b, err = slowRight(s, depth)
		}
		return a, b, err
	}
	return func(s *session.Session, depth int) (int64, error) {
		a, okA := s.Number(left)
		b, okB := s.Number(right)
		if !okA || !okB {
			var err error
			if a, b, err = both(s, depth); err != nil {
				return 0, err
			}
		}
		switch op {
		case opAdd:
			return a + b, nil
		case opSub:
			return a - b, nil
		case opMul:
			return a * b, nil
		}
		n, reason := apply(op, a, b)
		return result(n, reason, src)
	}
}

func nodeConst(op operator, l node, c int64, src string) node {
	switch op {
	case opSub:
		c = -c
		fallthrough
	case opAdd:
		return func(s *session.Session, depth int) (int64, error) {
			n, err := l(s, depth)
			return n + c, err
		}
	case opDiv, opRem:
		if c == 0 {
			break
		}
		return func(s *session.Session, depth int) (int64, error) {
			n, err := l(s, depth)
			if op == opDiv {
				return n / c, err
			}
			return n % c, err
		}
	}
	return func(s *session.Session, depth int) (int64, error) {
		n, err := l(s, depth)
		if err != nil {
			return 0, err
		}
		n, reason := apply(op, n, c)
		return result(n, reason, src)
	}
}

func nodeNode(op operator, l, r node, src string) node {
	switch op {
	case opAdd:
		return func(s *session.Session, depth int) (int64, error) {
			a, err := l(s, depth)
			if err != nil {
				return 0, err
			}
			b, err := r(s, depth)
			return a + b, err
		}
	case opSub:
		return func(s *session.Session, depth int) (int64, error) {
			a, err := l(s, depth)
			if err != nil {
				return 0, err
			}
			b, err := r(s, depth)
			return a - b, err
		}
	case opMul:
		return func(s *session.Session, depth int) (int64, error) {
			a, err := l(s, depth)
			if err != nil {
				return 0, err
			}
			b, err := r(s, depth)
			return a * b, err
		}
	}
	return func(s *session.Session, depth int) (int64, error) {
		a, err := l(s, depth)
		if err != nil {
			return 0, err
		}
		b, err := r(s, depth)
		if err != nil {
			return 0, err
		}
		n, reason := apply(op, a, b)
		return result(n, reason, src)
	}
}
