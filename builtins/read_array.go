package builtins

import "cosh/shell/session"

// assignArray makes the fields of a line the elements of an array (read -a).
func assignArray(s *session.Session, name string, line, quoted []byte) error {
	id := s.Names.ID(name)
	if err := s.Clear(id); err != nil {
		return err
	}
	f := fields{line: line, quoted: quoted, ifs: s.IFS()}
	f.skipSpace()
	for n := int64(0); f.at < len(f.line); n++ {
		if err := s.SetElem(id, session.Sub{N: n}, string(f.next())); err != nil {
			return err
		}
	}
	return nil
}
