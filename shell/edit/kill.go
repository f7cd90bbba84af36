package edit

// killRing keeps what was cut, newest last. Cuts that follow one another
// directly become one entry, as in Emacs and GNU readline.
type killRing struct {
	entries []string
	at      int // the entry last yanked
}

const maxKills = 60

// add stores a cut. join says that the key before this one cut too; forward,
// that the text stood after the cursor.
func (r *killRing) add(cut string, join, forward bool) {
	if cut == "" {
		return
	}
	last := len(r.entries) - 1
	switch {
	case join && last >= 0 && forward:
		r.entries[last] += cut
	case join && last >= 0:
		r.entries[last] = cut + r.entries[last]
	default:
		if len(r.entries) == maxKills {
			r.entries = append(r.entries[:0], r.entries[1:]...)
		}
		r.entries = append(r.entries, cut)
	}
	r.at = len(r.entries) - 1
}

// yank is the newest cut.
func (r *killRing) yank() string {
	if len(r.entries) == 0 {
		return ""
	}
	r.at = len(r.entries) - 1
	return r.entries[r.at]
}

// turn goes one entry back: what is to be taken out again, and what stands in for it.
func (r *killRing) turn() (old, next string) {
	if len(r.entries) == 0 {
		return "", ""
	}
	old = r.entries[r.at]
	r.at = (r.at + len(r.entries) - 1) % len(r.entries)
	return old, r.entries[r.at]
}
