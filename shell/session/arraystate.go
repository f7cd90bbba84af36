package session

// encodeArray writes what a variable with elements, or a name reference, has
// beyond its properties.
func (s *Session) encodeArray(e *Encoder, v *Var, set Flag) {
	if v.array == nil || v.flags&Arrays != 0 && set == 0 {
		e.Text("")
		e.Int(0)
		return
	}
	e.Text(v.array.target)
	e.Int(int64(v.array.count))
	v.array.each(v.flags, func(sub Sub, elem *Elem) {
		e.Int(sub.N)
		e.Text(sub.Key)
		e.Text(elem.text())
	})
}

// decodeArray reads what encodeArray wrote.
func (s *Session) decodeArray(d *Decoder, id ID, flags Flag) {
	a := &Array{target: d.Text()}
	for n := d.Int(); n > 0 && d.Err == nil; n-- {
		sub := Sub{N: d.Int(), Key: d.Text()}
		if e := a.put(sub, flags); e != nil {
			e.set(d.Text(), 0, Set|HasStr)
		}
	}
	v := s.at(id)
	s.arrays = true
	v.array = a
	v.flags |= flags
}
