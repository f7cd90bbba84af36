package term

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"cosh/shell/edit"
)

// vt is a terminal for tests: the sequences that screen writes, with
// xterm's late wrap at the right margin, and scrolling.
type vt struct {
	columns  int
	cells    [][]string // a wide character is followed by an empty cell
	row, col int
	late     bool // the cursor is behind the last column
}

func newVT(columns, rows int) *vt {
	v := &vt{columns: columns}
	for range rows {
		v.cells = append(v.cells, v.blank())
	}
	return v
}

func (v *vt) blank() []string {
	row := make([]string, v.columns)
	for i := range row {
		row[i] = " "
	}
	return row
}

func (v *vt) write(s string) {
	for s != "" {
		if strings.HasPrefix(s, "\x1b[") {
			n := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r < 0x7f }) + 3
			v.sequence(s[2:n-1], s[n-1])
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		v.character(r)
		s = s[n:]
	}
}

func (v *vt) sequence(param string, final byte) {
	n, _ := strconv.Atoi(param)
	step := max(n, 1)
	switch final {
	case 'A':
		v.row, v.late = max(0, v.row-step), false
	case 'B':
		v.row, v.late = min(len(v.cells)-1, v.row+step), false
	case 'C':
		v.col, v.late = min(v.columns-1, v.col+step), false
	case 'H':
		v.row, v.col, v.late = 0, 0, false
	case 'K':
		copy(v.cells[v.row][v.col:], v.blank())
	case 'J':
		from := v.row
		if n == 2 {
			from = 0
			v.cells[0] = v.blank()
		} else {
			copy(v.cells[v.row][v.col:], v.blank())
			from++
		}
		for i := from; i < len(v.cells); i++ {
			v.cells[i] = v.blank()
		}
	}
}

func (v *vt) character(r rune) {
	switch w := edit.RuneWidth(r); {
	case r == '\r':
		v.col, v.late = 0, false
	case r == '\n':
		v.lineFeed()
	case w == 0:
		at := max(0, v.col-1)
		if v.late {
			at = v.columns - 1
		}
		v.cells[v.row][at] += string(r)
	default:
		if v.late || v.col+w > v.columns {
			v.col, v.late = 0, false
			v.lineFeed()
		}
		v.cells[v.row][v.col] = string(r)
		if w == 2 {
			v.cells[v.row][v.col+1] = ""
		}
		if v.col += w; v.col == v.columns {
			v.col, v.late = v.columns-1, true
		}
	}
}

func (v *vt) lineFeed() {
	if v.row++; v.row == len(v.cells) {
		v.row--
		v.cells = append(v.cells[1:], v.blank())
	}
}

// String is the rows without trailing blanks, the empty ones at the end left out.
func (v *vt) String() string {
	var rows []string
	for _, row := range v.cells {
		rows = append(rows, strings.TrimRight(strings.Join(row, ""), " "))
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n")
}
