package builtins

import (
	"strings"

	"cosh/shell/session"
)

// operand is NAME, NAME=VALUE, NAME+=VALUE, NAME[SUBSCRIPT]=VALUE or NAME=(…).
type operand struct {
	name, sub string
	elem      bool
	assign    bool
	add       bool
	value     string
}

func parseOperand(arg string) operand {
	var o operand
	end := strings.IndexAny(arg, "[+=")
	if end < 0 {
		end = len(arg)
	}
	if !session.Valid(arg[:end]) {
		return o
	}
	rest := arg[end:]
	if strings.HasPrefix(rest, "[") {
		for depth, i := 0, 0; i < len(rest); i++ {
			switch rest[i] {
			case '[':
				depth++
			case ']':
				depth--
			}
			if depth == 0 {
				o.sub, o.elem, rest = rest[1:i], true, rest[i+1:]
				break
			}
		}
	}
	o.name = arg[:end]
	switch {
	case strings.HasPrefix(rest, "+="):
		o.assign, o.add, o.value = true, true, rest[2:]
	case strings.HasPrefix(rest, "="):
		o.assign, o.value = true, rest[1:]
	case rest != "":
		o.name = ""
	}
	return o
}

// plainLocal is local NAME and local NAME=VALUE.
func plainLocal(s *session.Session, id session.ID, value string, assign bool) error {
	if !assign {
		return newLocal(s, id)
	}
	if _, err := s.MakeLocal(id); err != nil {
		return err
	}
	return s.Set(id, value)
}

// newLocal makes id the running function's, without a value if it was not
// that before; it stays exported if it was.
func newLocal(s *session.Session, id session.ID) error {
	fresh, err := s.MakeLocal(id)
	if err != nil || !fresh {
		return err
	}
	exported := s.FlagsOf(id) & session.Exported
	if err := s.Dereference(id); err != nil {
		return err
	}
	s.Mark(id, exported)
	return nil
}

// makeSome makes an array of a variable that is none.
func makeSome(s *session.Session, id session.ID) error {
	if s.Kind(id) != 0 {
		return nil
	}
	return s.MakeArray(id, session.Indexed)
}
