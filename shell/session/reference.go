package session

import (
	"fmt"
	"strings"
)

// Language is the part of the language that a variable's properties need. An
// error has been made for the user to read.
type Language interface {
	// Arithmetic expands and evaluates an expression.
	Arithmetic(text string) (int64, error)
	// Key expands the subscript of an associative array and takes its quotes
	// away.
	Key(text string) (string, error)
}

// maxReferences bounds a chain of name references.
const maxReferences = 8

// Resolve follows name references from id to the variable; sub is the
// subscript of the last reference, if it names an element. References that go
// round in a circle end where they began.
func (s *Session) Resolve(id ID) (target ID, sub string, elem bool) {
	for range maxReferences {
		v := s.peek(id)
		if v.flags&NameRef == 0 || v.array == nil || v.array.target == "" {
			return id, sub, elem
		}
		name, text, isElem := SplitRef(v.array.target)
		next := s.Names.ID(name)
		if next == id {
			return id, "", false
		}
		id = next
		if isElem {
			sub, elem = text, true
		}
	}
	return id, sub, elem
}

// SplitRef takes name[subscript] apart; elem is false for what does not look
// like that.
func SplitRef(ref string) (name, sub string, elem bool) {
	open := strings.IndexByte(ref, '[')
	if open > 0 && ref[len(ref)-1] == ']' {
		return ref[:open], ref[open+1 : len(ref)-1], true
	}
	return ref, "", false
}

// ValidRef reports whether ref is a name or an element of one.
func ValidRef(ref string) bool {
	name, sub, elem := SplitRef(ref)
	return Valid(name) && (!elem || sub != "")
}

// Subscript evaluates the text between [ and ] for the variable id.
func (s *Session) Subscript(id ID, text string) (Sub, error) {
	if s.Kind(id)&Assoc != 0 {
		if strings.ContainsAny(text, "$`\\\"'") {
			key, err := s.Language.Key(text)
			return Sub{Key: key}, err
		}
		return Sub{Key: text}, nil
	}
	if n, ok := Canonical(text); ok {
		return Sub{N: n}, nil
	}
	if strings.Trim(text, " \t\n") == "" || text == "@" || text == "*" {
		return Sub{}, &SubscriptError{s.Names.Name(id) + "[" + text + "]"}
	}
	n, err := s.Language.Arithmetic(text)
	return Sub{N: n}, err
}

// SetRef assigns to a name or an element of one: what read, printf -v and
// their like are given.
func (s *Session) SetRef(ref, text string) error {
	name, sub, elem := SplitRef(ref)
	if !Valid(name) {
		return fmt.Errorf("%s is not a name", ref)
	}
	id := s.Names.ID(name)
	if !elem {
		return s.Set(id, text)
	}
	at, err := s.Subscript(id, sub)
	if err != nil {
		return err
	}
	return s.SetElem(id, at, text)
}

// UnsetRef removes an element; @ and * empty an indexed array.
func (s *Session) UnsetRef(ref string) error {
	name, sub, _ := SplitRef(ref)
	if !Valid(name) {
		return fmt.Errorf("%s is not a name", ref)
	}
	id := s.Names.ID(name)
	if (sub == "@" || sub == "*") && s.Kind(id) == Indexed {
		return s.Clear(id)
	}
	if (sub == "@" || sub == "*") && s.Kind(id) == Assoc {
		return s.UnsetElem(id, Sub{Key: sub})
	}
	if s.Kind(id) == 0 && s.Count(id) == 0 {
		return nil
	}
	at, err := s.Subscript(id, sub)
	if err != nil {
		return err
	}
	return s.UnsetElem(id, at)
}

// GetRef is the value of a name or an element of one.
func (s *Session) GetRef(ref string) (string, bool, error) {
	name, sub, elem := SplitRef(ref)
	id := s.Names.Lookup(name)
	if id == 0 {
		return "", false, nil
	}
	if !elem {
		text, ok := s.Get(id)
		return text, ok, nil
	}
	if sub == "@" || sub == "*" {
		list := s.AppendElems(nil, id)
		return strings.Join(list, " "), len(list) > 0, nil
	}
	at, err := s.Subscript(id, sub)
	if err != nil {
		return "", false, err
	}
	text, ok := s.Elem(id, at)
	return text, ok, nil
}

// Refer makes id a name reference to target, a name or an element; "" leaves
// it without one until it is assigned.
func (s *Session) Refer(id ID, target string) error {
	v := s.at(id)
	switch {
	case v.flags&Readonly != 0:
		return &ReadonlyError{s.Names.Name(id)}
	case v.flags&Arrays != 0:
		return fmt.Errorf("%s: an array cannot be a name reference", s.Names.Name(id))
	case target != "" && !ValidRef(target):
		return fmt.Errorf("%s is not a name that can be referred to", target)
	case target == s.Names.Name(id) && s.Depth == 0:
		return fmt.Errorf("%s: a name reference to itself", target)
	}
	s.environ = nil
	*v = Var{flags: v.flags&(Local|Exported) | NameRef, array: &Array{target: target}}
	return nil
}

// Target is what a name reference refers to.
func (s *Session) Target(id ID) (string, bool) {
	v := s.peek(id)
	if v.flags&NameRef == 0 || v.array == nil {
		return "", false
	}
	return v.array.target, true
}

// Dereference makes a plain variable without a value of a name reference.
func (s *Session) Dereference(id ID) error { return s.remove(s.at(id), id) }

func (s *Session) getThrough(id ID) (string, bool) {
	target, sub, elem := s.Resolve(id)
	switch {
	case target == id || s.peek(target).flags&NameRef != 0:
		return "", false
	case !elem:
		return s.Get(target)
	}
	text, ok, _ := s.GetRef(s.Names.Name(target) + "[" + sub + "]")
	return text, ok
}

func (s *Session) setThrough(id ID, text string, n int64, f Flag) error {
	target, sub, elem := s.Resolve(id)
	switch {
	case s.at(target).flags&NameRef != 0:
		if f&HasStr == 0 {
			return fmt.Errorf("%d is not a name that can be referred to", n)
		}
		return s.Refer(target, text)
	case elem:
		at, err := s.Subscript(target, sub)
		if err != nil {
			return err
		}
		return s.store(target, at, text, n, f)
	case f&HasStr == 0:
		return s.SetNumber(target, n)
	}
	return s.Set(target, text)
}

func (s *Session) unsetThrough(id ID) error {
	target, sub, elem := s.Resolve(id)
	switch {
	case s.at(target).flags&NameRef != 0:
		return s.remove(s.at(target), target)
	case elem:
		return s.UnsetRef(s.Names.Name(target) + "[" + sub + "]")
	}
	return s.Unset(target)
}
