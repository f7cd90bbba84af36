package session

import (
	"sort"
	"strconv"
)

// Flag is a property of a variable.
type Flag uint16

const (
	Set      Flag = 1 << iota // it has a value
	HasStr                    // str is the value's text
	HasNum                    // num is the value as a canonical decimal
	NotNum                    // the text is known not to be a canonical decimal
	Exported                  // part of the environment of commands
	Readonly                  // assignment is an error
	Special                   // assignment or reading goes through a hook
	Local                     // made by local in the running function
	Integer                   // what is assigned is an arithmetic expression
	Lower                     // what is assigned becomes lower case
	Upper                     // what is assigned becomes upper case
	Indexed                   // an indexed array
	Assoc                     // an associative array
	NameRef                   // another name for a variable
	Declared                  // made by declare, without a value
)

// Arrays are the two kinds of arrays.
const Arrays = Indexed | Assoc

// slow are the properties with which an assignment is more than a store.
const slow = Readonly | Special | Exported | Integer | Lower | Upper | Arrays | NameRef

// hooked are those of them that change what a value or its place is.
const hooked = Integer | Lower | Upper | Arrays | NameRef

const value = Set | HasStr | HasNum | NotNum

// Var is one variable's slot. A value is a text, a number, or both: $(( ))
// stores a number, and its text is made when somebody asks for it.
//
// room is the size of the buffer behind str when this slot alone may extend
// it (see Append), else 0: a copy of a Var never has it.
type Var struct {
	str   string
	num   int64
	room  uint32
	flags Flag
	array *Array // nil for a plain variable
}

// IsSet reports whether the variable has a value.
func (v *Var) IsSet() bool { return v.flags&Set != 0 }

// Flags are the variable's properties.
func (v *Var) Flags() Flag { return v.flags }

// ReadonlyError is an assignment to a readonly variable.
type ReadonlyError struct{ Name string }

func (e *ReadonlyError) Error() string { return e.Name + ": is read only" }

// at returns the slot of id, growing the table when the name is younger.
func (s *Session) at(id ID) *Var {
	if int(id) >= len(s.vars) || s.lease != nil {
		s.prepare(int(id))
	}
	return &s.vars[id]
}

// Get returns the value of id and whether it is set.
func (s *Session) Get(id ID) (string, bool) {
	if int(id) >= len(s.vars) {
		return "", false
	}
	v := &s.vars[id]
	if v.flags&HasStr != 0 && v.flags&Special == 0 {
		return v.str, true
	}
	return s.getSlow(v, id)
}

func (s *Session) getSlow(v *Var, id ID) (string, bool) {
	if v.flags&Special != 0 {
		v = s.current(v, id)
	}
	switch {
	case v.array != nil:
		return s.getArray(v, id)
	case v.flags&HasStr != 0:
		return v.str, true
	case v.flags&HasNum != 0:
		text := strconv.FormatInt(v.num, 10)
		if s.lease == nil {
			v.str = text
			v.flags |= HasStr
		}
		return text, true
	}
	return "", false
}

// GetName is Get for a name that has no slot number at hand.
func (s *Session) GetName(name string) (string, bool) {
	return s.Get(s.Names.Lookup(name))
}

// Number returns the value of id as an integer when its text is a canonical
// decimal ("010", "+1" and " 1" are not); ok is false otherwise or when unset.
func (s *Session) Number(id ID) (n int64, ok bool) {
	if int(id) >= len(s.vars) {
		return 0, false
	}
	v := &s.vars[id]
	if v.flags&(HasNum|Special) == HasNum {
		return v.num, true
	}
	return s.numberSlow(v, id)
}

func (s *Session) numberSlow(v *Var, id ID) (int64, bool) {
	if v.flags&Special != 0 {
		v = s.current(v, id)
	}
	if v.array != nil {
		return s.numberArray(v, id)
	}
	if v.flags&HasNum != 0 {
		return v.num, true
	}
	if v.flags&(HasStr|NotNum) != HasStr {
		return 0, false
	}
	n, ok := Canonical(v.str)
	switch {
	case s.lease != nil:
	case ok:
		v.num = n
		v.flags |= HasNum
	default:
		v.flags |= NotNum
	}
	return n, ok
}

// Canonical parses s when it is the one decimal form that FormatInt prints.
func Canonical(s string) (int64, bool) {
	d := s
	if len(d) > 0 && d[0] == '-' {
		d = d[1:]
		if d == "0" {
			return 0, false
		}
	}
	if len(d) == 0 || len(d) > 18 || d[0] == '0' && len(d) > 1 {
		return 0, false
	}
	var n int64
	for i := 0; i < len(d); i++ {
		c := d[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	if len(d) < len(s) {
		n = -n
	}
	return n, true
}

// Set assigns text to id. It fails with *ReadonlyError.
func (s *Session) Set(id ID, text string) error {
	v := s.at(id)
	if v.flags&slow != 0 || s.Options&AllExport != 0 {
		return s.setSlow(v, id, text, 0, Set|HasStr)
	}
	v.str, v.room = text, 0
	v.flags = v.flags&^value | Set | HasStr
	return nil
}

// SetNumber assigns an integer to id. It fails with *ReadonlyError.
func (s *Session) SetNumber(id ID, n int64) error {
	v := s.at(id)
	if v.flags&slow != 0 || s.Options&AllExport != 0 {
		return s.setSlow(v, id, "", n, Set|HasNum)
	}
	v.str, v.room = "", 0
	v.num = n
	v.flags = v.flags&^value | Set | HasNum
	return nil
}

func (s *Session) setSlow(v *Var, id ID, text string, n int64, f Flag) error {
	if v.flags&NameRef != 0 {
		return s.setThrough(id, text, n, f)
	}
	if v.flags&Readonly != 0 {
		return &ReadonlyError{s.Names.Name(id)}
	}
	if v.flags&hooked != 0 {
		var err error
		if text, n, f, err = s.attributed(v.flags, text, n, f); err != nil {
			return err
		}
		v = s.at(id) // the table may have grown
	}
	if v.flags&Arrays != 0 {
		s.own(v).put(Sub{Key: "0"}, v.flags).set(text, n, f)
		v.flags |= Set
		return nil
	}
	if s.Options&AllExport != 0 {
		v.flags |= Exported
	}
	if v.flags&Exported != 0 {
		s.environ = nil
	}
	v.str, v.num, v.room = text, n, 0
	v.flags = v.flags&^value | f
	if v.flags&Special != 0 {
		s.assigned(v, id)
	}
	return nil
}

// SetName is Set for a name that has no slot number at hand.
func (s *Session) SetName(name, text string) error { return s.Set(s.Names.ID(name), text) }

// Unset removes the value and the properties of id. It fails with
// *ReadonlyError.
func (s *Session) Unset(id ID) error {
	v := s.at(id)
	if v.flags&NameRef != 0 {
		return s.unsetThrough(id)
	}
	return s.remove(v, id)
}

// remove is Unset of the variable itself, even if it is a name reference.
func (s *Session) remove(v *Var, id ID) error {
	if v.flags&Readonly != 0 {
		return &ReadonlyError{s.Names.Name(id)}
	}
	if v.flags&Exported != 0 {
		s.environ = nil
	}
	if v.flags&Local != 0 && s.uncover(id) {
		return nil
	}
	special := id == IFS || id == OPTIND || id == PATH // their hooks outlive unset
	keep := Flag(0)
	if special {
		keep = v.flags & Special
	}
	*v = Var{flags: keep | v.flags&Local}
	if special {
		s.assigned(v, id)
	}
	return nil
}

// Mark adds properties (Exported, Readonly) to id, set or not.
func (s *Session) Mark(id ID, f Flag) {
	v := s.at(id)
	v.flags |= f
	if f&Exported != 0 {
		s.environ = nil
	}
}

// Unmark removes properties from id.
func (s *Session) Unmark(id ID, f Flag) {
	v := s.at(id)
	v.flags &^= f
	if f&Exported != 0 {
		s.environ = nil
	}
}

// FlagsOf are the properties of id.
func (s *Session) FlagsOf(id ID) Flag { return s.peek(id).flags }

// Each calls f for every variable that is set or has one of the properties
// in with, in the order of their names.
func (s *Session) Each(with Flag, f func(id ID, name, value string, flags Flag)) {
	var ids []ID
	for i := range s.vars {
		if s.vars[i].flags&with != 0 {
			ids = append(ids, ID(i))
		}
	}
	sort.Slice(ids, func(i, j int) bool { return s.Names.Name(ids[i]) < s.Names.Name(ids[j]) })
	for _, id := range ids {
		val, _ := s.Get(id)
		f(id, s.Names.Name(id), val, s.vars[id].flags)
	}
}
