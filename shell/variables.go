package shell

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"cosh/shell/session"
)

// setExtensions gives a session the variables that bash scripts count on and
// POSIX does not know. What the environment brings is kept, but for the
// identities, which are the process's.
func setExtensions(s *session.Session) {
	if s.Options&session.Posix != 0 {
		return
	}
	for _, v := range [...]struct {
		name string
		id   int
	}{{"UID", os.Getuid()}, {"EUID", os.Geteuid()}} {
		id := s.Names.ID(v.name)
		_ = s.Set(id, strconv.Itoa(v.id))
		s.Unmark(id, session.Exported)
		s.Mark(id, session.Integer|session.Readonly)
	}
	var u unix.Utsname
	if unix.Uname(&u) == nil {
		setMissing(s, "HOSTNAME", unix.ByteSliceToString(u.Nodename[:]))
		setMissing(s, "HOSTTYPE", unix.ByteSliceToString(u.Machine[:]))
	}
	setMissing(s, "OSTYPE", "linux-gnu")
	setMissing(s, "OPTERR", "1")
}

func setMissing(s *session.Session, name, text string) {
	id := s.Names.ID(name)
	if _, ok := s.Get(id); !ok {
		_ = s.Set(id, text)
	}
}
