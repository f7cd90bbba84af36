package session

// Global runs f with the global variable id in its slot, whatever the running
// functions have made local.
func (s *Session) Global(id ID, f func() error) error {
	for i := range s.locals {
		if s.locals[i].ID != id {
			continue
		}
		inner := s.Save(id)
		s.Restore(s.locals[i])
		err := f()
		s.locals[i] = s.Save(id)
		s.Restore(inner)
		return err
	}
	return f()
}

// KeepOptions has the options that set changes put back when the running
// function returns (local -, as in ash and bash).
func (s *Session) KeepOptions() {
	s.locals = append(s.locals, Saved{Var: Var{num: int64(s.Options)}})
}

// restoreOptions does it; what the shell is, interactive or not, stays.
func (s *Session) restoreOptions(sv Saved) {
	const fixed = Interactive | Monitor | Posix
	s.Options = Options(sv.Var.num)&^fixed | s.Options&fixed
}

// uncover removes a variable that a calling function has made local: the one
// that it hid is back, as in bash. ok is false when there is none.
func (s *Session) uncover(id ID) (ok bool) {
	for i := len(s.locals) - 1; i >= 0; i-- {
		if s.locals[i].ID != id {
			continue
		}
		if i >= s.frame {
			return false
		}
		s.Restore(s.locals[i])
		s.locals = append(s.locals[:i:i], s.locals[i+1:]...)
		return true
	}
	return false
}

// ExportFunction puts a function into the environment in the form that bash
// takes it from there; text is its definition behind the name.
func (s *Session) ExportFunction(name, text string) {
	entry := "BASH_FUNC_" + name + "%%="
	kept := make([]string, 0, len(s.passthrough)+1)
	for _, kv := range s.passthrough {
		if len(kv) < len(entry) || kv[:len(entry)] != entry {
			kept = append(kept, kv)
		}
	}
	if text != "" {
		kept = append(kept, entry+text)
	}
	s.passthrough = kept
	s.environ = nil
}
