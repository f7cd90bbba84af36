package edit

import "strings"

const (
	tabStop  = 8
	resetSGR = "\x1b[0m"
)

// page breaks what is put on it into rows of at most width columns.
type page struct {
	width int
	rows  []Row
	line  strings.Builder
	col   int
	style string // the SGR sequences in force
}

// cursor is the place of a cursor that stands on next, which is about to be
// put. On a newline behind a full row it stands on the row's last column.
func (p *page) cursor(next string) (row, col int) {
	if next == "\n" {
		return len(p.rows), min(p.col, p.width-1)
	}
	p.makeRoom(Width(printable(next)))
	return len(p.rows), p.col
}

func (p *page) makeRoom(columns int) {
	if p.col > 0 && p.col+columns > p.width {
		p.newRow()
	}
}

func (p *page) newRow() {
	if p.style != "" {
		p.line.WriteString(resetSGR)
	}
	p.rows = append(p.rows, Row{p.line.String(), p.col})
	p.line.Reset()
	p.line.WriteString(p.style)
	p.col = 0
}

func (p *page) finish() []Row {
	p.newRow()
	return p.rows
}

// put writes one cluster that takes a number of columns.
func (p *page) put(cluster string, columns int) {
	p.makeRoom(columns)
	p.line.WriteString(cluster)
	p.col += columns
}

// putCluster writes a cluster of the text, making controls visible.
func (p *page) putCluster(cluster string) {
	if cluster == "\t" {
		p.makeRoom(1)
		n := min(tabStop-p.col%tabStop, p.width-p.col)
		p.put("        "[:n], n)
		return
	}
	shown := printable(cluster)
	p.put(shown, Width(shown))
}

func (p *page) putText(text string) {
	for text != "" {
		n := nextCluster(text)
		p.putCluster(text[:n])
		text = text[n:]
	}
}

func (p *page) putPrompt(pieces prompt) {
	for _, piece := range pieces {
		switch {
		case piece.escape:
			p.line.WriteString(piece.text)
			p.note(piece.text)
		case piece.text == "\n":
			p.newRow()
		default:
			p.putCluster(piece.text)
		}
	}
}

// note follows the styles, so that each row can be drawn by itself.
func (p *page) note(escape string) {
	if !strings.HasPrefix(escape, "\x1b[") || !strings.HasSuffix(escape, "m") {
		return
	}
	if escape == resetSGR || escape == "\x1b[m" {
		p.style = ""
		return
	}
	p.style += escape
}
