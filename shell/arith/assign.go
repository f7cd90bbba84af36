package arith

import "cosh/shell/session"

// assign compiles x = r, or x op= r: the value of x is read before r.
func assign(id session.ID, op operator, r operand, src string) node {
	value := r.eval
	if op != none {
		value = binary(op, operand{eval: variable(id), slot: id}, r, src).eval
	}
	return func(s *session.Session, depth int) (int64, error) {
		n, err := value(s, depth)
		if err != nil {
			return 0, err
		}
		return n, s.SetNumber(id, n)
	}
}

// step compiles ++x, --x, x++ and x--.
func step(id session.ID, by int64, postfix bool) node {
	load := variable(id)
	return func(s *session.Session, depth int) (int64, error) {
		n, err := load(s, depth)
		if err != nil {
			return 0, err
		}
		err = s.SetNumber(id, n+by)
		if postfix {
			return n, err
		}
		return n + by, err
	}
}

// sequence compiles l, r.
func sequence(l, r node) node {
	return func(s *session.Session, depth int) (int64, error) {
		if _, err := l(s, depth); err != nil {
			return 0, err
		}
		return r(s, depth)
	}
}
