package session

import "unsafe"

// Add is NAME+=text: it adds to the end of the value, or to the number that an
// integer variable holds. It fails with *ReadonlyError.
func (s *Session) Add(id ID, text string) error {
	target, _, elem := s.Resolve(id)
	if v := s.peek(target); !elem && v.flags&Integer != 0 {
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
	v.str, v.room = extend(old, text, v.room)
	v.flags = v.flags&^value | Set | HasStr
	return nil
}

// extend puts text behind old, in place when the buffer behind old has room
// for it. It returns the new text and the size of its buffer, 0 for one that
// is not to be extended.
func extend(old, text string, room uint32) (string, uint32) {
	n := len(old) + len(text)
	switch {
	case n <= 1<<31 && room >= uint32(n) && old != "":
		buf := unsafe.Slice(unsafe.StringData(old), int(room))
		copy(buf[len(old):n], text)
		return unsafe.String(&buf[0], n), room
	case n < 64 || n > 1<<31:
		return old + text, 0
	}
	buf := make([]byte, n, 2*n)
	copy(buf, old)
	copy(buf[len(old):], text)
	return unsafe.String(&buf[0], n), uint32(cap(buf))
}
