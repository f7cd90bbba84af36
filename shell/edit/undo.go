package edit

// undoStack keeps the text as it was before each change. Characters typed
// one after the other are one change, broken at blanks and by any other key.
type undoStack struct {
	past   []buffer
	typing bool
}

const maxUndo = 1000

// note records what the buffer was before a change. typed is the character
// that a typing key added, else 0.
func (u *undoStack) note(was buffer, typed rune) {
	if typed != 0 && typed != ' ' && u.typing {
		return
	}
	u.typing = typed != 0
	if len(u.past) == maxUndo {
		u.past = append(u.past[:0], u.past[1:]...)
	}
	u.past = append(u.past, was)
}

// pop is the buffer before the last change.
func (u *undoStack) pop() (buffer, bool) {
	u.typing = false
	if len(u.past) == 0 {
		return buffer{}, false
	}
	last := u.past[len(u.past)-1]
	u.past = u.past[:len(u.past)-1]
	return last, true
}
