package arith

import (
	"cosh/shell/session"
)

// maxDepth bounds how deep the values of variables may be expressions that
// name variables: x=x has no value.
const maxDepth = 256

// variable is an operand written x: its value, itself an expression if it is
// no number; 0 when unset.
func variable(id session.ID) node {
	return func(s *session.Session, depth int) (int64, error) {
		if n, ok := s.Number(id); ok {
			return n, nil
		}
		return slowVariable(s, id, depth)
	}
}

func slowVariable(s *session.Session, id session.ID, depth int) (int64, error) {
	text, set := s.Get(id)
	if !set && s.Options&session.NoUnset != 0 {
		return 0, &UnsetError{s.Names.Name(id)}
	}
	return textValue(s, text, depth)
}

// textValue is the value of a variable's text.
func textValue(s *session.Session, text string, depth int) (int64, error) {
	if text == "" {
		return 0, nil
	}
	if n, ok := plainNumber(text); ok {
		return n, nil
	}
	if depth >= maxDepth {
		return 0, &Error{"variables refer to each other without end", text}
	}
	return valueOf(text, s, depth+1)
}

// expanded is an operand written $x.
func expanded(id session.ID) node {
	return func(s *session.Session, _ int) (int64, error) {
		if n, ok := s.Number(id); ok {
			return n, nil
		}
		return 0, ErrNeedsExpansion
	}
}

// positional is an operand written $1, with 0 for the first.
func positional(i int) node {
	return func(s *session.Session, _ int) (int64, error) {
		if i < len(s.Params) {
			if n, ok := session.Canonical(s.Params[i]); ok {
				return n, nil
			}
		}
		return 0, ErrNeedsExpansion
	}
}

// length is an operand written ${#x}. Characters beyond ASCII are counted by
// the expansion.
func length(id session.ID) node {
	return func(s *session.Session, _ int) (int64, error) {
		text, set := s.Get(id)
		if !set {
			return 0, ErrNeedsExpansion
		}
		for i := 0; i < len(text); i++ {
			if text[i] >= 0x80 {
				return 0, ErrNeedsExpansion
			}
		}
		return int64(len(text)), nil
	}
}

func paramCount(s *session.Session, _ int) (int64, error) { return int64(len(s.Params)), nil }
func lastStatus(s *session.Session, _ int) (int64, error) { return int64(s.Status), nil }

func constant(n int64) node {
	return func(*session.Session, int) (int64, error) { return n, nil }
}
