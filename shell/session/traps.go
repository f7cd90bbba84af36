package session

// Traps holds the actions of trap, by condition: 0 is EXIT, n is signal n.
// The zero value has none.
type Traps struct {
	actions map[int]string // "" is: ignore
	// parent holds what a subshell inherited and still shows (XCU trap: until
	// the first trap with an operand).
	parent map[int]string
	// Ignored are the signals that were ignored on entry to the shell: they
	// cannot be trapped or reset (XCU 2.11). Bit n-1 is signal n.
	Ignored uint64

	watch watch
	entry entry
}

// Action returns the action of a condition and whether there is one.
func (t *Traps) Action(cond int) (string, bool) {
	a, ok := t.actions[cond]
	return a, ok
}

// Empty reports that no condition has an action.
func (t *Traps) Empty() bool { return len(t.actions) == 0 }

// Caught reports that some condition has an action other than to ignore it.
func (t *Traps) Caught() bool {
	for _, a := range t.actions {
		if a != "" {
			return true
		}
	}
	return false
}

// Set gives a condition an action; "" ignores it.
func (t *Traps) Set(cond int, action string) {
	m := make(map[int]string, len(t.actions)+1)
	for k, v := range t.actions {
		m[k] = v
	}
	m[cond] = action
	t.actions, t.parent = m, nil
}

// Reset takes a condition's action away.
func (t *Traps) Reset(cond int) {
	t.parent = nil
	if _, ok := t.actions[cond]; !ok {
		return
	}
	m := make(map[int]string, len(t.actions))
	for k, v := range t.actions {
		if k != cond {
			m[k] = v
		}
	}
	t.actions = m
}

// Show calls f for every condition with an action, in order: those of this
// shell, or those inherited while a subshell has set none itself.
func (t *Traps) Show(f func(cond int, action string)) {
	m := t.actions
	if t.parent != nil {
		m = t.parent
	}
	for cond := 0; cond < trapEnd; cond++ {
		if a, ok := m[cond]; ok {
			f(cond, a)
		}
	}
}

// IgnoreMask is the set of signals whose action is "ignore".
func (t *Traps) IgnoreMask() uint64 {
	var mask uint64
	for cond, a := range t.actions {
		if a == "" && cond > 0 && cond < TrapErr {
			mask |= 1 << (cond - 1)
		}
	}
	return mask
}

func (t Traps) forSubshell() Traps {
	if len(t.actions) == 0 {
		return t
	}
	c := Traps{Ignored: t.Ignored, parent: t.actions}
	for cond, a := range t.actions {
		if a == "" && cond > 0 && cond < TrapErr {
			if c.actions == nil {
				c.actions = make(map[int]string)
			}
			c.actions[cond] = ""
		}
	}
	if t.parent != nil {
		c.parent = t.parent
	}
	return c
}
