package builtins

import "cosh/shell/session"

// reply is the variable that takes the whole line when read names none.
const reply = "REPLY"

// fields splits a line by IFS as read does (XCU 2.6.5 with the differences of
// read). Bytes that are not 0 in quoted separate nothing; quoted may be nil.
type fields struct {
	line   []byte
	quoted []byte
	ifs    *session.Separators
	at     int
}

// assignFields gives each variable a field and the last one what is left.
// The error is a *session.ReadonlyError.
func assignFields(s *session.Session, vars []string, line, quoted []byte) error {
	if len(vars) == 0 {
		return s.SetName(reply, string(line))
	}
	f := fields{line: line, quoted: quoted, ifs: s.IFS()}
	f.skipSpace()
	for i, name := range vars {
		var value []byte
		if i < len(vars)-1 {
			value = f.next()
		} else {
			value = f.rest()
		}
		if err := s.SetRef(name, string(value)); err != nil {
			return err
		}
		f.ifs = s.IFS() // the variable may have been IFS
	}
	return nil
}

func (f *fields) separator(i int) bool {
	return (f.quoted == nil || f.quoted[i] == 0) && f.ifs.Is(f.line[i])
}

func (f *fields) space(i int) bool {
	return (f.quoted == nil || f.quoted[i] == 0) && f.ifs.Space(f.line[i])
}

func (f *fields) skipSpace() {
	for f.at < len(f.line) && f.space(f.at) {
		f.at++
	}
}

// next takes a field and the separator behind it: white space with at most
// one other separator in it.
func (f *fields) next() []byte {
	begin := f.at
	for f.at < len(f.line) && !f.separator(f.at) {
		f.at++
	}
	field := f.line[begin:f.at]
	f.skipSpace()
	if f.at < len(f.line) && f.separator(f.at) {
		f.at++
		f.skipSpace()
	}
	return field
}

// rest is what is left for the last variable: a single field without the
// separator that ends it, more than one field with all separators but the
// white space at the end.
func (f *fields) rest() []byte {
	begin := f.at
	field := f.next()
	if f.at == len(f.line) {
		return field
	}
	end := len(f.line)
	for end > begin && f.space(end-1) {
		end--
	}
	return f.line[begin:end]
}
