package eval

// lapse is an error of an expansion that only bash has (failglob): the rest of
// the line is not run, and the shell goes on with the next one.
type lapse struct{ text string }

func (l *lapse) Error() string { return l.text }

func isLapse(err error) bool {
	_, ok := err.(*lapse)
	return ok
}

// lapsed is the way on after a lapse.
func (sh *Shell) lapsed() ctl {
	sh.Status = 1
	if sh.virtual {
		return ctlExit
	}
	sh.skipLine = true
	return ctlAbort
}

// skipped reports, once, that a line was left because of a lapse: the reader at
// the top goes on with the next one.
func (sh *Shell) skipped(r ctl) bool {
	if r != ctlAbort || !sh.skipLine || sh.depth > 0 {
		return false
	}
	sh.skipLine = false
	return true
}
