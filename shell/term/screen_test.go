package term

import (
	"math/rand/v2"
	"strings"
	"testing"

	"cosh/shell/edit"
	"golang.org/x/sys/unix"
)

// pipeScreen is a screen whose output is read back from a pipe.
type pipeScreen struct {
	screen
	r int
}

func newPipeScreen(t *testing.T) *pipeScreen {
	t.Helper()
	var p [2]int
	if err := unix.Pipe2(p[:], unix.O_CLOEXEC|unix.O_NONBLOCK); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(p[0]); unix.Close(p[1]) })
	return &pipeScreen{screen{fd: p[1], reflows: true}, p[0]}
}

func (p *pipeScreen) output() string {
	buf := make([]byte, 1<<16)
	n, _ := unix.Read(p.r, buf)
	return string(buf[:max(n, 0)])
}

// Whatever frames follow one another, the terminal shows the last one, under
// what stood there before, with the cursor in its place.
func TestDraw(t *testing.T) {
	const columns, rows = 10, 12
	rng := rand.New(rand.NewPCG(1, 2))
	texts := []string{"a", "bc", " ", "日", "e\u0301", "\n", "xyzxyzxyzxyz"}
	keys := []edit.Key{{Code: edit.KeyLeft}, {Code: edit.KeyHome}, {Code: edit.KeyEnd}, {Code: edit.KeyUp},
		{Code: edit.KeyBackspace}, {Code: edit.KeyDelete}, edit.WithCtrl('k'), edit.WithCtrl('u'), edit.WithCtrl('y'), edit.WithCtrl('_')}
	for range 300 {
		p, v := newPipeScreen(t), newVT(columns, rows)
		v.write("before\r\npart")
		m := edit.New(edit.Config{})
		m.Reset("\x1b[1m$\x1b[0m ", "> ")
		p.begin(columns)
		for range 40 {
			k := edit.Key{Code: edit.KeyPaste, Text: texts[rng.IntN(len(texts))]}
			if rng.IntN(2) == 0 {
				k = keys[rng.IntN(len(keys))]
			}
			m.Update(k)
			f := m.View(columns, rows-2)
			p.draw(f, columns)
			v.write(p.output())
			if len(f.Rows) == rows-2 {
				break // scrolled away what stood before
			}
			want := "before\npart" + mark + "\n" + plainRows(f)
			if got := v.String(); got != strings.TrimRight(want, "\n ") {
				t.Fatalf("after %v:\n got %q\nwant %q", k, got, want)
			}
			if v.row != f.Row+2 || v.col != f.Col {
				t.Fatalf("after %v: cursor at %d,%d, want %d,%d", k, v.row-2, v.col, f.Row, f.Col)
			}
		}
	}
}

const mark = "⏎"

// plainRows is the frame as text without styles.
func plainRows(f edit.Frame) string {
	s := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(f.String())
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func TestDrawWritesLittle(t *testing.T) {
	p := newPipeScreen(t)
	m := edit.New(edit.Config{})
	m.Reset("$ ", "> ")
	p.begin(80)
	p.draw(m.View(80, 24), 80)
	p.output()
	m.Update(edit.Char('x'))
	p.draw(m.View(80, 24), 80)
	if got := p.output(); got != "x" {
		t.Errorf("typing at the end writes %q", got)
	}
	p.draw(m.View(80, 24), 80)
	if got := p.output(); strings.Contains(got, "x") {
		t.Errorf("the same frame again writes %q", got)
	}
}

// Ctrl-L draws at the top; the mark for a missing newline shows only where one is missing.
func TestClearAndBegin(t *testing.T) {
	p, v := newPipeScreen(t), newVT(10, 5)
	v.write("one\r\n")
	m := edit.New(edit.Config{})
	m.Reset("$ ", "")
	p.begin(10)
	p.draw(m.View(10, 5), 10)
	v.write(p.output())
	if got := v.String(); got != "one\n$" {
		t.Errorf("got %q", got)
	}
	m.Update(edit.Char('a'))
	m.Update(edit.WithCtrl('l'))
	p.draw(m.View(10, 5), 10)
	v.write(p.output())
	if got := v.String(); got != "$ a" || v.row != 0 || v.col != 3 {
		t.Errorf("got %q, cursor %d,%d", got, v.row, v.col)
	}
	p.end()
	v.write(p.output())
	if v.row != 1 || v.col != 0 {
		t.Errorf("at the end the cursor is at %d,%d", v.row, v.col)
	}
}

// TestRowsAbove gives rows by their widths, drawn in 80 columns.
func TestRowsAbove(t *testing.T) {
	for _, tt := range []struct {
		about    string
		widths   []int
		row, col int
		columns  int
		reflows  bool
		want     int
	}{
		{"wider", []int{80, 10}, 1, 10, 100, true, 1},
		{"narrower, all fits", []int{30}, 0, 30, 40, true, 0},
		{"the cursor's row breaks", []int{50}, 0, 50, 40, true, 1},
		{"just at the edge", []int{40}, 0, 40, 40, true, 0},
		{"rows above break", []int{80, 50, 10}, 2, 10, 40, true, 4},
		{"rows are cut off", []int{80, 50, 10}, 2, 10, 40, false, 2},
		{"an empty row", []int{80, 0}, 1, 0, 40, true, 2},
	} {
		s := screen{columns: 80, reflows: tt.reflows}
		for _, w := range tt.widths {
			s.shown.Rows = append(s.shown.Rows, edit.Row{Width: w})
		}
		s.shown.Row, s.shown.Col = tt.row, tt.col
		if got := s.rowsAbove(tt.columns); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.about, got, tt.want)
		}
	}
}

func TestReflows(t *testing.T) {
	for _, tt := range []struct {
		term, xterm string
		want        bool
	}{{"xterm-256color", "", true}, {"xterm-256color", "XTerm(379)", false}, {"linux", "", false}, {"tmux-256color", "XTerm(379)", true}} {
		env := map[string]string{"TERM": tt.term, "XTERM_VERSION": tt.xterm}
		if got := reflows(func(k string) string { return env[k] }); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
