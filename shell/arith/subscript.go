package arith

import (
	"errors"
	"strings"

	"cosh/shell/session"
)

// A subscript is what stands between [ and ] behind a name. Which of its two
// meanings it has, only running it shows: an expression in an indexed array, a
// text in an associative one.
type subscript struct {
	id  session.ID
	raw string
	n   node  // nil when raw is no expression
	err error // why it is none
}

// subscripted reads [subscript] if it stands next, right behind the name id;
// nil without one.
func (p *parser) subscripted(id session.ID) *subscript {
	if p.peek(0) != '[' || p.err != nil {
		return nil
	}
	end := closingBracket(p.src, p.pos+1)
	if end < 0 {
		p.fail("missing ]")
		return nil
	}
	sub := &subscript{id: id, raw: p.src[p.pos+1 : end]}
	p.pos = end + 1
	p.named = true
	inner := parser{src: sub.raw, names: p.names, dollar: p.dollar, nesting: p.nesting, nodes: p.nodes}
	if inner.blanks(); inner.pos == len(sub.raw) {
		p.fail("bad array subscript")
		return nil
	}
	o := inner.comma()
	if inner.blanks(); inner.err == nil && inner.pos < len(inner.src) {
		inner.unexpected()
	}
	p.nodes = inner.nodes
	p.dollars = append(p.dollars, inner.dollars...)
	p.assigned = append(p.assigned, inner.assigned...)
	sub.n, sub.err = o.eval, inner.err
	switch {
	case errors.Is(inner.err, ErrNeedsExpansion):
		p.err, p.pos = inner.err, len(p.src)
	case inner.err != nil:
		sub.n = nil
	}
	if p.dollar && strings.ContainsAny(sub.raw, "$`\\") {
		// The key of an associative array is the expanded text.
		p.dollars = append(p.dollars, operand{eval: func(s *session.Session, _ int) (int64, error) {
			if s.Kind(id)&session.Assoc != 0 {
				return 0, ErrNeedsExpansion
			}
			return 0, nil
		}})
	}
	return sub
}

// closingBracket is the index of the ] that closes one opened before i, -1
// when there is none.
func closingBracket(t string, i int) int {
	for depth := 1; i < len(t); i++ {
		switch t[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// at evaluates the subscript.
func (sub *subscript) at(s *session.Session, depth int) (session.Sub, error) {
	if s.Kind(sub.id)&session.Assoc != 0 {
		return session.Sub{Key: unquoted(sub.raw)}, nil
	}
	if sub.n == nil {
		return session.Sub{}, sub.err
	}
	n, err := sub.n(s, depth)
	return session.Sub{N: n}, err
}

// unquoted is a key without the quotes around it.
func unquoted(key string) string {
	if n := len(key); n > 1 && (key[0] == '"' || key[0] == '\'') && key[n-1] == key[0] {
		return key[1 : n-1]
	}
	return key
}

// load is the value of an element, itself an expression if it is no number.
func (sub *subscript) load(s *session.Session, at session.Sub, depth int) (int64, error) {
	if n, ok := s.ElemNumber(sub.id, at); ok {
		return n, nil
	}
	text, set := s.Elem(sub.id, at)
	if !set && s.Options&session.NoUnset != 0 {
		return 0, &UnsetError{s.Names.Name(sub.id) + "[" + sub.raw + "]"}
	}
	return textValue(s, text, depth)
}

// expandedElement reads the subscript of ${a[i]}. Its value is looked at before
// anything else happens, so that the subscript must not change anything.
func (p *parser) expandedElement(id session.ID) operand {
	before := len(p.assigned)
	sub := p.subscripted(id)
	if p.err != nil || sub == nil || sub.n == nil || len(p.assigned) > before {
		return p.unexpected()
	}
	return operand{eval: func(s *session.Session, depth int) (int64, error) {
		if s.Kind(id)&session.Assoc != 0 {
			return 0, ErrNeedsExpansion
		}
		at, err := sub.at(s, depth)
		if err != nil {
			return 0, err
		}
		n, ok := s.ElemNumber(id, at)
		if !ok {
			return 0, ErrNeedsExpansion
		}
		return n, nil
	}}
}

// value compiles a[i].
func (sub *subscript) value() node {
	return func(s *session.Session, depth int) (int64, error) {
		at, err := sub.at(s, depth)
		if err != nil {
			return 0, err
		}
		return sub.load(s, at, depth)
	}
}

// assign compiles a[i] = r and a[i] op= r.
func (sub *subscript) assign(op operator, r operand, src string) node {
	return func(s *session.Session, depth int) (int64, error) {
		at, err := sub.at(s, depth)
		if err != nil {
			return 0, err
		}
		var old int64
		if op != none {
			if old, err = sub.load(s, at, depth); err != nil {
				return 0, err
			}
		}
		n, err := r.eval(s, depth)
		if err != nil {
			return 0, err
		}
		if op != none {
			var reason string
			if n, reason = apply(op, old, n); reason != "" {
				return 0, &Error{reason, src}
			}
		}
		return n, s.SetElemNumber(sub.id, at, n)
	}
}

// step compiles ++a[i], --a[i], a[i]++ and a[i]--.
func (sub *subscript) step(by int64, postfix bool) node {
	return func(s *session.Session, depth int) (int64, error) {
		at, err := sub.at(s, depth)
		if err != nil {
			return 0, err
		}
		n, err := sub.load(s, at, depth)
		if err != nil {
			return 0, err
		}
		err = s.SetElemNumber(sub.id, at, n+by)
		if postfix {
			return n, err
		}
		return n + by, err
	}
}
