package session

import "fmt"

// SubscriptError is a subscript that no element can have.
type SubscriptError struct{ Name string }

func (e *SubscriptError) Error() string { return e.Name + ": bad array subscript" }

// own is v's array for writing.
func (s *Session) own(v *Var) *Array {
	switch {
	case v.array == nil:
		v.array = &Array{}
	case v.array.shared:
		v.array = v.array.copy()
	}
	s.arrays = true
	return v.array
}

// variable is the slot behind id after references and hooks; nil when there
// is none. It is valid until a name is interned.
func (s *Session) variable(id ID) *Var {
	if int(id) >= len(s.vars) {
		return nil
	}
	v := &s.vars[id]
	if v.flags&(Special|NameRef) != 0 {
		if v.flags&NameRef != 0 {
			id, _, _ = s.Resolve(id)
			v = s.peek(id)
		}
		if v.flags&Special != 0 {
			v = s.current(v, id)
		}
	}
	return v
}

// Kind is Indexed, Assoc, or 0 for a variable that is no array.
func (s *Session) Kind(id ID) Flag {
	if v := s.variable(id); v != nil {
		return v.flags & Arrays
	}
	return 0
}

// elem is the element of a variable; a plain variable is its own element 0.
func (s *Session) elem(id ID, sub Sub) (e *Elem, plain bool) {
	v := s.variable(id)
	switch {
	case v == nil:
		return nil, false
	case v.array != nil && v.flags&Arrays != 0:
		return v.array.get(sub, v.flags), false
	}
	return nil, (sub.N == 0 || sub.N == -1) && v.flags&Arrays == 0
}

// Elem returns an element's value and whether it is set.
func (s *Session) Elem(id ID, sub Sub) (string, bool) {
	e, plain := s.elem(id, sub)
	switch {
	case e != nil:
		return e.text(), true
	case plain:
		return s.Get(id)
	}
	return "", false
}

// ElemNumber is Number of an element.
func (s *Session) ElemNumber(id ID, sub Sub) (int64, bool) {
	e, plain := s.elem(id, sub)
	switch {
	case e != nil:
		return e.number()
	case plain:
		return s.Number(id)
	}
	return 0, false
}

// SetElem assigns text to an element, making an indexed array of a plain
// variable. It fails with *ReadonlyError or *SubscriptError.
func (s *Session) SetElem(id ID, sub Sub, text string) error {
	return s.store(id, sub, text, 0, Set|HasStr)
}

// SetElemNumber is SetElem with a number.
func (s *Session) SetElemNumber(id ID, sub Sub, n int64) error {
	return s.store(id, sub, "", n, Set|HasNum)
}

// AppendElem adds text to the end of an element, or a number's value to an
// element of an integer array.
func (s *Session) AppendElem(id ID, sub Sub, text string) error {
	if v := s.variable(id); v != nil && v.array != nil && !v.array.shared && v.flags&(slow&^Arrays) == 0 {
		if e := v.array.get(sub, v.flags); e != nil {
			e.append(text)
			return nil
		}
	}
	old, _ := s.Elem(id, sub)
	if v := s.variable(id); v != nil && v.flags&Integer != 0 {
		return s.SetElem(id, sub, sum(old, text))
	}
	return s.SetElem(id, sub, old+text)
}

// sum is the expression that adds two others.
func sum(old, more string) string {
	if old == "" {
		return more
	}
	return "(" + old + ")+(" + more + ")"
}

func (s *Session) store(id ID, sub Sub, text string, n int64, f Flag) error {
	v := s.at(id)
	if v.flags&NameRef != 0 {
		id, _, _ = s.Resolve(id)
		v = s.at(id)
	}
	if v.flags&Readonly != 0 {
		return &ReadonlyError{s.Names.Name(id)}
	}
	if v.flags&(Integer|Lower|Upper) != 0 {
		var err error
		if text, n, f, err = s.attributed(v.flags, text, n, f); err != nil {
			return err
		}
		v = s.at(id)
	}
	if v.flags&Arrays == 0 {
		s.indexed(v)
	}
	e := s.own(v).put(sub, v.flags)
	if e == nil {
		return &SubscriptError{s.Names.Name(id)}
	}
	v.flags |= Set
	e.set(text, n, f)
	return nil
}

// indexed makes an indexed array of a plain variable.
func (s *Session) indexed(v *Var) {
	old := *v
	s.arrays = true
	v.str, v.room, v.array = "", 0, &Array{}
	v.flags = v.flags&^(HasStr|HasNum|NotNum) | Indexed
	if old.flags&Set != 0 {
		v.array.put(Sub{}, Indexed).set(old.str, old.num, old.flags&(Set|HasStr|HasNum))
	}
	if v.flags&Exported != 0 {
		s.environ = nil
	}
}

// MakeArray gives a variable one of the two kinds. A plain value becomes the
// element 0.
func (s *Session) MakeArray(id ID, kind Flag) error {
	id, _, _ = s.Resolve(id)
	v := s.at(id)
	switch have := v.flags & Arrays; {
	case have == kind:
		return nil
	case have == Indexed:
		return fmt.Errorf("%s: an indexed array cannot become an associative one", s.Names.Name(id))
	case have == Assoc:
		return fmt.Errorf("%s: an associative array cannot become an indexed one", s.Names.Name(id))
	case v.flags&Readonly != 0:
		return &ReadonlyError{s.Names.Name(id)}
	}
	s.indexed(v)
	if kind == Assoc {
		v.flags = v.flags&^Indexed | Assoc
		if e := v.array.get(Sub{}, Indexed); e != nil {
			assoc := &Array{}
			*assoc.put(Sub{Key: "0"}, Assoc) = *e
			v.array = assoc
		}
	}
	return nil
}

// Clear begins a=(…): it makes id an array without elements, associative if
// it was that before.
func (s *Session) Clear(id ID) error {
	id, _, _ = s.Resolve(id)
	v := s.at(id)
	if v.flags&Readonly != 0 {
		return &ReadonlyError{s.Names.Name(id)}
	}
	if v.flags&Arrays == 0 {
		s.indexed(v)
	}
	s.arrays = true
	v.array = &Array{}
	v.flags |= Set
	return nil
}

// UnsetElem removes an element.
func (s *Session) UnsetElem(id ID, sub Sub) error {
	id, _, _ = s.Resolve(id)
	v := s.at(id)
	switch {
	case v.flags&Readonly != 0:
		return &ReadonlyError{s.Names.Name(id)}
	case v.flags&Arrays == 0:
		if v.flags&Set != 0 && sub.N == 0 {
			return s.Unset(id)
		}
		return nil
	case v.array == nil:
		return nil
	case !s.own(v).remove(sub, v.flags):
		return &SubscriptError{s.Names.Name(id)}
	}
	return nil
}

// AppendElems appends the values of all elements in order; a plain variable
// that is set has one.
func (s *Session) AppendElems(dst []string, id ID) []string {
	v := s.variable(id)
	switch {
	case v == nil:
	case v.flags&Arrays == 0:
		if text, ok := s.Get(id); ok {
			dst = append(dst, text)
		}
	case v.array != nil:
		v.array.each(v.flags, func(_ Sub, e *Elem) { dst = append(dst, e.text()) })
	}
	return dst
}

// EachElem calls f for every element in order; a plain variable has one.
func (s *Session) EachElem(id ID, f func(sub Sub, text string)) {
	v := s.variable(id)
	switch {
	case v == nil:
	case v.flags&Arrays == 0:
		if text, ok := s.Get(id); ok {
			f(Sub{}, text)
		}
	case v.array != nil:
		v.array.each(v.flags, func(sub Sub, e *Elem) { f(sub, e.text()) })
	}
}

// Count is the number of elements.
func (s *Session) Count(id ID) int {
	v := s.variable(id)
	switch {
	case v == nil:
		return 0
	case v.flags&Arrays != 0:
		if v.array == nil {
			return 0
		}
		return v.array.count
	}
	if _, ok := s.Get(id); ok {
		return 1
	}
	return 0
}

// Top is one more than the highest subscript of an indexed array.
func (s *Session) Top(id ID) int64 {
	v := s.variable(id)
	if v == nil || v.flags&Arrays == 0 || v.array == nil {
		return int64(s.Count(id))
	}
	return v.array.top()
}

// getArray is Get of a variable with elements: its element 0.
func (s *Session) getArray(v *Var, id ID) (string, bool) {
	if v.flags&NameRef != 0 {
		return s.getThrough(id)
	}
	if e := v.array.get(Sub{Key: "0"}, v.flags); e != nil {
		return e.text(), true
	}
	return "", false
}

func (s *Session) numberArray(v *Var, id ID) (int64, bool) {
	if v.flags&NameRef != 0 {
		text, _ := s.getThrough(id)
		return Canonical(text)
	}
	if e := v.array.get(Sub{Key: "0"}, v.flags); e != nil {
		return e.number()
	}
	return 0, false
}
