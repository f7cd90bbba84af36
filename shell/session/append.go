package session

import "unsafe"

// Append adds text to the end of a variable's value. A value that grows again
// and again is copied only when its buffer is full: older texts stay valid
// views of the buffer's front. It fails with *ReadonlyError.
func (s *Session) Append(id ID, text string) error {
	v := s.at(id)
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
