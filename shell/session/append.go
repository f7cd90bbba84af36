package session

import "unsafe"

// Add is NAME+=text: it adds to the end of the value, or to the number that an
// integer variable holds. It fails with *ReadonlyError.
func (s *Session) Add(id ID, text string) error {
	target, _, elem := s.Resolve(id)
	if v := s.at(target); !elem && v.flags&Integer != 0 {
		old, _ := s.Get(target)
		return s.Set(target, sum(old, text))
	}
	return s.Append(id, text)
}

// Append adds text to the end of a variable's value. A value that grows again
// and again is copied only when its buffer is full: older texts stay valid
// views of the buffer's front. It fails with *ReadonlyError.
func (s *Session) Append(id ID, text string) error {
	v := s.at(id)
	if v.flags&hooked != 0 {
		return s.appendHooked(id, text)
	}
	old, _ := s.Get(id)
	if v.flags&(Readonly|Special|Exported) != 0 || s.Options&AllExport != 0 {
		return s.setSlow(v, id, old+text, 0, Set|HasStr)
	}
	n := len(old) + len(text)
	if v.room >= uint32(n) && v.flags&HasStr != 0 {
		buf := unsafe.Slice(unsafe.StringData(old), int(v.room))
		copy(buf[len(old):n], text)
		v.str = unsafe.String(&buf[0], n)
	} else if n < 64 || n > 1<<31 {
		v.str, v.room = old+text, 0
	} else {
		buf := make([]byte, n, 2*n)
		copy(buf, old)
		copy(buf[len(old):], text)
		v.str, v.room = unsafe.String(&buf[0], n), uint32(cap(buf))
	}
	v.flags = v.flags&^value | Set | HasStr
	return nil
}
