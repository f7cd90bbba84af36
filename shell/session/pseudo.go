package session

// The conditions of trap that are no signals, as in bash; EXIT is 0.
const (
	TrapErr = 65 + iota
	TrapDebug
	TrapReturn
	trapEnd
)

// watch says where ERR, DEBUG and RETURN were set: functions do not inherit them
// unless the options errtrace (ERR) or functrace say so.
type watch struct {
	set   bool // one of them has an action
	depth [trapEnd - TrapErr]int
}

// Watched reports that ERR, DEBUG or RETURN has an action.
func (t *Traps) Watched() bool { return t.watch.set }

// Watch notes that the condition was set or reset at this depth of functions.
func (t *Traps) Watch(cond, depth int) {
	t.watch.depth[cond-TrapErr] = depth
	t.watch.set = false
	for c := TrapErr; c < trapEnd; c++ {
		if _, ok := t.actions[c]; ok {
			t.watch.set = true
		}
	}
}

// Returned notes that a function has returned to this depth: what it set stays
// with its caller.
func (t *Traps) Returned(depth int) {
	for i := range t.watch.depth {
		t.watch.depth[i] = min(t.watch.depth[i], depth)
	}
}

// PseudoAction is the action of ERR, DEBUG or RETURN in the running function.
func (s *Session) PseudoAction(cond int) (action string, ok bool) {
	if action, ok = s.Traps.actions[cond]; !ok || action == "" {
		return "", false
	}
	return action, s.traced(cond) || s.Depth <= s.Traps.watch.depth[cond-TrapErr]
}

// traced reports that functions and subshells inherit the condition.
func (s *Session) traced(cond int) bool {
	if cond == TrapErr {
		return s.Options&ErrTrace != 0
	}
	return s.Options&FuncTrace != 0
}

// inherit gives a subshell's traps the pseudo-signals that it inherits.
func (s *Session) inherit(c Traps) Traps {
	c.watch, c.entry = watch{}, entry{}
	if !s.Traps.watch.set {
		return c
	}
	for cond := TrapErr; cond < trapEnd; cond++ {
		if action, ok := s.Traps.actions[cond]; ok && s.traced(cond) {
			parent := c.parent
			c.Set(cond, action)
			c.parent = parent
			c.Watch(cond, s.Traps.watch.depth[cond-TrapErr])
		}
	}
	return c
}

// entry is the status with which the action that runs was entered.
type entry struct {
	running bool
	status  int
	depth   int // of functions and dot scripts
}

// Enter notes that an action begins, with $? as it is, at this depth of functions
// and dot scripts; the result goes to Leave.
func (t *Traps) Enter(status, depth int) (outer entry) {
	outer, t.entry = t.entry, entry{true, status, depth}
	return outer
}

// Leave notes that the action has ended.
func (t *Traps) Leave(outer entry) { t.entry = outer }

// ExitStatus is the status of exit without an operand: in the action of a trap
// it is $? as it was before (XCU 2.15, exit).
func (s *Session) ExitStatus() int {
	if s.Traps.entry.running {
		return s.Traps.entry.status
	}
	return s.Status
}

// ReturnStatus is the status of return without an operand: of what ran last, where
// an action that itself returns does not count (XCU 2.15, return).
func (s *Session) ReturnStatus() int {
	if e := &s.Traps.entry; e.running && e.depth == s.Depth+s.Sourced {
		return e.status
	}
	return s.Status
}
