package session

import "sync/atomic"

// A subshell looks at the variables of its parent until one of the two writes:
// then the writer takes a copy, unless the other has ended. The lease counts
// who looks at a table; it lies in each session that does.
//
//	Clone        both have the table and the lease, 2 holders
//	at           a write: the only holder goes on, another copies and leaves
//	Release      the subshell has ended
type lease struct{ holders atomic.Int32 }

// lend gives the table to c as well.
func (s *Session) lend(c *Session) {
	if s.lease == nil {
		s.lease = &lease{}
		s.lease.holders.Store(1)
	}
	s.lease.holders.Add(1)
	c.vars, c.lease = s.vars, s.lease
	c.funcsLent, s.funcsLent = true, true
	if s.arrays {
		s.shareArrays()
	}
}

// shareArrays makes every array one that nobody writes to.
func (s *Session) shareArrays() {
	for i := range s.vars {
		if a := s.vars[i].array; a != nil && !a.shared {
			a.shared = true
		}
	}
	for i := range s.locals {
		if a := s.locals[i].Var.array; a != nil && !a.shared {
			a.shared = true
		}
	}
}

// Release ends a subshell's look at its parent's variables. The session is not
// used after it.
func (s *Session) Release() {
	if s.lease != nil {
		s.lease.holders.Add(-1)
		s.lease, s.vars = nil, nil
	}
}

// prepare makes the table one's own, with room for the slot id.
func (s *Session) prepare(id int) {
	if s.lease != nil && s.lease.holders.Load() == 1 {
		s.lease = nil
		if id < len(s.vars) {
			return
		}
	}
	size := len(s.vars)
	if id >= size {
		size = max(s.Names.Len(), id+1)
		size += size / 4
	}
	vars := make([]Var, size)
	copy(vars, s.vars)
	if s.lease != nil {
		for i := range vars {
			vars[i].room = 0 // the other may extend the text
		}
		s.lease.holders.Add(-1)
		s.lease = nil
	}
	s.vars = vars
}

// Own ends the sharing of the table: needed before the struct is copied by
// other means than Clone.
func (s *Session) Own() {
	if s.lease != nil {
		s.prepare(0)
	}
}

// peek is a variable's slot for reading.
func (s *Session) peek(id ID) *Var {
	if int(id) >= len(s.vars) {
		return &Var{}
	}
	return &s.vars[id]
}

// current is v with its value made anew where that happens at each reading.
func (s *Session) current(v *Var, id ID) *Var {
	switch {
	case id == IFS || id == PATH || id == OPTIND:
		return v
	case s.lease != nil:
		v = s.at(id)
	}
	s.refresh(v, id)
	return v
}
