package eval

import (
	"cosh/shell/cond"
	"cosh/shell/session"
)

// Path and Fd make a Shell the environment of test's primaries.

// Fd maps a virtual descriptor to the real one.
func (sh *Shell) Fd(n int) (int, bool) {
	f := sh.files.Get(n)
	if f == nil {
		return 0, false
	}
	fd, err := f.Fd()
	return fd, err == nil
}

// IsSet reports whether a variable or an element is set (test -v).
func (sh *Shell) IsSet(ref string) bool {
	set, _ := sh.isSet(ref)
	return set
}

// testNode compiles [ and test: the words go to the primaries without the
// detour over a builtin's Call; nil for other commands.
func (s *simple) testNode() node {
	if s.name != "[" && s.name != "test" || s.builtin == nil || len(s.assigns) > 0 || len(s.redirs) > 0 {
		return nil
	}
	bracket := s.name == "["
	return func(sh *Shell) ctl {
		if sh.Func(s.id) != nil || sh.Options&session.XTrace != 0 || sh.process.pending.Load() != 0 {
			return s.run(sh)
		}
		sh.Line = s.line
		base := len(sh.args)
		if !sh.expand(s.words) {
			sh.args = sh.args[:base]
			return sh.fatal()
		}
		args := sh.args[base+1:]
		if bracket {
			if len(args) == 0 || args[len(args)-1] != "]" {
				sh.args = sh.args[:base]
				sh.warn("[: the closing ] is missing")
				sh.Status = 2
				return sh.errexit(ctlNext)
			}
			args = args[:len(args)-1]
		}
		ok, err := cond.Test(args, sh)
		sh.alone()
		sh.args = sh.args[:base]
		switch {
		case err != nil:
			sh.warn("%s: %v", s.name, err)
			sh.Status = 2
		case ok:
			sh.Status = 0
			return ctlNext
		default:
			sh.Status = 1
		}
		return sh.errexit(ctlNext)
	}
}
