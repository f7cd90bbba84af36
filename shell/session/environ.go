package session

// Environ is the environment for a command: NAME=value of every exported
// variable that is set. The slice is cached until one of them changes; the
// caller does not write to it.
func (s *Session) Environ() []string {
	if s.environ != nil {
		return s.environ
	}
	env := make([]string, 0, 32)
	for i := range s.vars {
		if s.vars[i].flags&(Exported|Set|Arrays|NameRef) == Exported|Set {
			val, _ := s.Get(ID(i))
			env = append(env, s.Names.Name(ID(i))+"="+val)
		}
	}
	s.environ = append(env, s.passthrough...)
	return s.environ
}

// Import takes over the environment that the shell was started with.
// Entries whose left side is not a name are passed on untouched.
func (s *Session) Import(environ []string) {
	for _, kv := range environ {
		name, val, ok := cut(kv)
		if !ok || !Valid(name) {
			s.passthrough = append(s.passthrough, kv)
			continue
		}
		id := s.Names.ID(name)
		if err := s.Set(id, val); err == nil {
			s.Mark(id, Exported)
		}
	}
}

func cut(kv string) (name, val string, ok bool) {
	for i := 0; i < len(kv); i++ {
		if kv[i] == '=' {
			return kv[:i], kv[i+1:], true
		}
	}
	return kv, "", false
}
