package eval

import "fmt"

// lapse is an error of an expansion that only bash has: it makes the command
// fail with status 1, and the shell goes on.
type lapse struct {
	text string
	// line: the rest of the line is not run either (failglob).
	line bool
}

func (l *lapse) Error() string { return l.text }

func lapsef(format string, args ...any) *lapse { return &lapse{text: fmt.Sprintf(format, args...)} }

func isLapse(err error) bool {
	_, ok := err.(*lapse)
	return ok
}

// lapsed is the way on after a lapse.
func (sh *Shell) lapsed(err error) ctl {
	sh.Status = 1
	l, ok := err.(*lapse)
	switch {
	case !ok || !l.line:
		return sh.errexit(ctlNext)
	case sh.virtual:
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
