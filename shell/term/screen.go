package term

import (
	"strconv"
	"strings"

	"cosh/shell/edit"
	"golang.org/x/sys/unix"
)

// screen brings frames to a terminal. It remembers the last one and writes
// what differs, from the first changed row on, in one write(2).
type screen struct {
	fd      int
	reflows bool
	shown   edit.Frame
	columns int // of the window that shown was drawn for; 0: nothing is drawn
	out     strings.Builder
}

const (
	pasteOn   = "\x1b[?2004h"
	pasteOff  = "\x1b[?2004l"
	eraseLine = "\x1b[K"
	eraseDown = "\x1b[J"
	clearAll  = "\x1b[H\x1b[2J"
	// missingNewline marks output that did not end in one.
	missingNewline = "\x1b[2m⏎\x1b[0m"
)

// begin prepares for a first frame. Where the cursor is not at the start of
// a row, a mark and blanks to the row's end push it to the next one; where it is, they end
// exactly at the edge and are overwritten (the trick of zsh's PROMPT_SP).
func (s *screen) begin(columns int) {
	s.shown, s.columns = edit.Frame{}, 0
	s.out.WriteString(missingNewline + strings.Repeat(" ", max(columns-1, 0)) + "\r" + eraseLine + pasteOn)
}

// draw shows a frame in a window of so many columns.
func (s *screen) draw(f edit.Frame, columns int) {
	if rest, ok := s.typedOn(f, columns); ok {
		s.out.WriteString(rest)
		s.shown, s.columns = f, columns
		s.flush()
		return
	}
	at, col := s.shown.Row, s.shown.Col // where the terminal's cursor is
	from, below := 0, true              // the first row to write; whether to erase below the last
	switch {
	case f.Clear:
		s.out.WriteString(clearAll)
		at = 0
	case s.columns == 0:
	case s.columns != columns: // what is on the screen has moved
		at = s.rowsAbove(columns)
	default:
		from = firstChange(s.shown.Rows, f.Rows)
		below = len(f.Rows) < len(s.shown.Rows)
	}
	if from < len(f.Rows) || below {
		at, col = s.rewrite(f.Rows, from, at, columns, below)
	}
	s.vertical(f.Row - at)
	if col != f.Col || col == columns {
		s.column(f.Col)
	}
	s.shown, s.columns = f, columns
	s.flush()
}

// typedOn is what was added to the last row at the cursor, if nothing else changed.
func (s *screen) typedOn(f edit.Frame, columns int) (string, bool) {
	last := len(f.Rows) - 1
	if s.columns != columns || f.Clear || last != len(s.shown.Rows)-1 || firstChange(s.shown.Rows, f.Rows) != last {
		return "", false
	}
	was, now := s.shown.Rows[last], f.Rows[last]
	if s.shown.Row != last || s.shown.Col != was.Width || f.Row != last || f.Col != now.Width || now.Width <= was.Width {
		return "", false
	}
	return strings.CutPrefix(now.Text, was.Text)
}

// rewrite writes the rows from one on over what is shown there, with the
// cursor in row at, and returns where it ends. Each row is erased by itself first, so that no
// terminal takes it for the continuation of the one above. The rows below
// are erased from behind the last one, never from the screen's first cell, which
// makes tmux keep a copy of the screen in its scrollback; and not from behind
// a full row, where it would hit the last character.
func (s *screen) rewrite(rows []edit.Row, from, at, columns int, below bool) (row, col int) {
	if from > 0 && (from == len(s.shown.Rows) || from == len(rows)) { // there may be no row to go down to
		from--
	}
	s.vertical(from - at)
	s.out.WriteByte('\r')
	last := len(rows) - 1
	for i := from; i <= last; i++ {
		if i > from {
			s.out.WriteString("\r\n")
		}
		s.out.WriteString(eraseLine + rows[i].Text)
	}
	switch {
	case below && rows[last].Width >= columns:
		s.out.WriteString("\r\n" + eraseDown)
		return last + 1, 0
	case below:
		s.out.WriteString(eraseDown)
	}
	return last, rows[last].Width
}

// end leaves the last frame where it is and goes to the line below it.
func (s *screen) end() {
	s.vertical(len(s.shown.Rows) - 1 - s.shown.Row)
	s.out.WriteString("\r\n" + pasteOff)
	s.flush()
}

// rowsAbove is how many rows the terminal shows above the cursor's since
// its window took another width.
func (s *screen) rowsAbove(columns int) int {
	f := s.shown
	if !s.reflows || columns > s.columns {
		return f.Row
	}
	n := f.Col / columns
	if f.Col > 0 && f.Col == f.Rows[f.Row].Width { // behind the last character
		n = (f.Col - 1) / columns
	}
	for _, r := range f.Rows[:f.Row] {
		n += max(1, (r.Width+columns-1)/columns)
	}
	return n
}

func firstChange(a, b []edit.Row) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// vertical moves down, or up where rows is negative.
func (s *screen) vertical(rows int) {
	switch {
	case rows < 0:
		s.out.WriteString("\x1b[" + strconv.Itoa(-rows) + "A")
	case rows > 0:
		s.out.WriteString("\x1b[" + strconv.Itoa(rows) + "B")
	}
}

func (s *screen) column(n int) {
	s.out.WriteByte('\r')
	if n > 0 {
		s.out.WriteString("\x1b[" + strconv.Itoa(n) + "C")
	}
}

func (s *screen) flush() {
	writeAll(s.fd, s.out.String())
	s.out.Reset()
}

// writeAll writes all of text. An error ends it in silence: a terminal that
// is gone is seen, and told of, when it is read.
func writeAll(fd int, text string) {
	for b := []byte(text); len(b) > 0; {
		n, err := unix.Write(fd, b)
		switch err {
		case nil:
			b = b[n:]
		case unix.EINTR:
		case unix.EAGAIN:
			unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}, -1)
		default:
			return
		}
	}
}
