package edit

// History is the source of earlier lines, oldest first.
type History interface {
	Len() int
	At(i int) string
	// Search is the newest entry before index before that contains text.
	Search(text string, before int) (i int, ok bool)
}

// noHistory is the History of an editor that was given none.
type noHistory struct{}

func (noHistory) Len() int                       { return 0 }
func (noHistory) At(int) string                  { return "" }
func (noHistory) Search(string, int) (int, bool) { return 0, false }

// recall walks the history. Each entry that was visited and edited keeps its
// edits until the line is submitted; index Len is the new line.
type recall struct {
	history History
	at      int
	edited  map[int]string
}

func (r *recall) reset() { r.at, r.edited = r.history.Len(), nil }

// move goes to entry i and returns its text; current is the text left behind.
func (r *recall) move(i int, current string) (text string, ok bool) {
	if i < 0 || i > r.history.Len() || i == r.at {
		return "", false
	}
	if r.edited == nil {
		r.edited = map[int]string{}
	}
	r.edited[r.at] = current
	r.at = i
	if text, ok := r.edited[i]; ok {
		return text, true
	}
	return r.history.At(i), true
}
