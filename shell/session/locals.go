package session

import "fmt"

// Saved is a variable as it was before local or a temporary assignment.
type Saved struct {
	ID  ID
	Var Var
}

// Save returns the slot's state, for Restore.
func (s *Session) Save(id ID) Saved {
	v := *s.at(id)
	v.room = 0
	if v.array != nil && !v.array.shared {
		v.array.shared = true
	}
	return Saved{id, v}
}

// Restore puts a saved slot back.
func (s *Session) Restore(sv Saved) {
	if sv.ID == 0 {
		s.restoreOptions(sv)
		return
	}
	v := s.at(sv.ID)
	if (v.flags|sv.Var.flags)&Exported != 0 {
		s.environ = nil
	}
	special := v.flags&Special != 0
	*v = sv.Var
	if special && v.flags&Arrays == 0 {
		v.flags |= Special
		s.assigned(v, sv.ID)
	}
}

// MakeLocal saves id until the running function returns; fresh is false when
// it was local there already. Outside a function
// it fails.
func (s *Session) MakeLocal(id ID) (fresh bool, err error) {
	if s.Depth == 0 {
		return false, fmt.Errorf("not in a function")
	}
	v := s.at(id)
	if v.flags&Readonly != 0 {
		return false, &ReadonlyError{s.Names.Name(id)}
	}
	for i := len(s.locals) - 1; i >= s.frame; i-- {
		if s.locals[i].ID == id {
			return false, nil
		}
	}
	shared := v.array != nil && v.array.shared
	s.locals = append(s.locals, s.Save(id))
	if v.array != nil {
		v.array.shared = shared // it moves away
		v.array = nil
	}
	v.flags = v.flags&^hooked | Local
	v.room = 0
	return true, nil
}

// EnterFunction begins a function's scope; the result goes to LeaveFunction.
func (s *Session) EnterFunction() (frame int) {
	frame = s.frame
	s.frame = len(s.locals)
	s.Depth++
	return frame
}

// LeaveFunction restores what local had saved.
func (s *Session) LeaveFunction(frame int) {
	for len(s.locals) > s.frame {
		last := len(s.locals) - 1
		s.Restore(s.locals[last])
		s.locals = s.locals[:last]
	}
	s.frame = frame
	s.Depth--
}
