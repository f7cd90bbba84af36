package edit

import "strings"

// Frame is what the user is to see: rows from the prompt down, and the
// cursor's place in them, counted from 0.
type Frame struct {
	Rows     []Row
	Row, Col int
	Clear    bool // the screen is to be cleared first (Ctrl-L)
}

// Row is one row of a Frame: text ready for the terminal, without newline
// and with its styles closed, and the columns it takes.
type Row struct {
	Text  string
	Width int
}

// String is the rows as lines, for tests and messages.
func (f Frame) String() string {
	lines := make([]string, len(f.Rows))
	for i, r := range f.Rows {
		lines[i] = r.Text
	}
	return strings.Join(lines, "\n")
}

// View lays prompt and text out in rows of width columns. Where there are
// more than height rows, those around the cursor are shown. A frame asked for after
// Submit, Interrupt or EOF is the line's last.
func (m *Model) View(width, height int) Frame {
	p := page{width: max(width, 2)}
	if m.search != nil {
		p.putText(m.search.label())
	} else {
		p.putPrompt(m.prompt)
	}
	f := Frame{Clear: m.cleared}
	m.cleared = false
	for at := 0; at < len(m.text); {
		n := nextCluster(m.text[at:])
		cluster := m.text[at : at+n]
		if at == m.cursor {
			f.Row, f.Col = p.cursor(cluster)
		}
		if cluster == "\n" {
			p.newRow()
			p.putPrompt(m.prompt2)
		} else {
			p.putCluster(cluster)
		}
		at += n
	}
	if m.done == Interrupt {
		p.putText("^C")
	}
	if m.cursor == len(m.text) {
		next := " "
		if m.done != Continue {
			next = "\n"
		}
		f.Row, f.Col = p.cursor(next)
	}
	f.Rows = p.finish()
	return f.window(max(height, 1))
}

// window cuts a frame to the rows around the cursor.
func (f Frame) window(height int) Frame {
	if len(f.Rows) <= height {
		return f
	}
	top := min(len(f.Rows)-height, f.Row)
	f.Rows = f.Rows[top : top+height]
	f.Row -= top
	return f
}
