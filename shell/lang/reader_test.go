package lang

import (
	"errors"
	"io"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// Commands come a line at a time, and an error when it is reached.
func TestNext(t *testing.T) {
	for _, c := range []struct {
		src  string
		want string // lines by |
	}{
		{"", ""},
		{"\n\n# only\n", ""},
		{"a; b\nc &\n\nd", "a; b|c &|d"},
		{"a && \\\n b\nc", "<a && b>|c"},
		{"a\n\\\nb\n", "a|b"},
		{"cat <<E; b\nbody\nE\nc\n", "cat <<E; b|c"},
		{"if a\nthen b\nfi; c\nd", "if a then b fi; c|d"},
		{"a; # not b\nb", "a|b"},
		{"a\nb; )\nc", "a|error"},
		{"a\nif b; fi\n", "a|error"},
		{"a\nexit 0\n\x00'(garbage", "a|exit 0|error"},
		{"a\nb 'open\n", "a|error"},
		{"a\rb\r\n'c\r\nd'\r\n", "a\rb\r|'c\r\nd'\r"},
		{"echo \xe9t\xe9 '\xff' \"\xfe\x01\"; \x01\n", "echo \xe9t\xe9 '\xff' \"\xfe\x01\"; \x01"},
	} {
		for how, r := range readers(c.src) {
			out, _ := all(r)
			for i, line := range out {
				if strings.HasPrefix(line, "error") {
					out[i] = "error"
					out = out[:i+1]
					break
				}
			}
			if got := strings.Join(out, "|"); got != c.want {
				t.Errorf("%s %q\n got %q\nwant %q", how, c.src, got, c.want)
			}
		}
	}
}

// A shared text is read no further than the command needs.
func TestReadsNoFurther(t *testing.T) {
	text := "a\nwhile read x\ndo b; done\ncat <<E\nE\nisolate \\\n {\nc\n}\n\nlast"
	want := []string{"1 a", "3 while read x do b done", "5 cat <<E", "9 [isolate {c}]", "10 ", "11 last"}
	read := 0
	next := lines(text)
	r := NewReader("t", func() (string, error) {
		line, err := next()
		if err == nil {
			read++
		}
		return line, err
	}, opts)
	for _, w := range want {
		c, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(itoa(read) + " " + show(c, c.Stmts)); got != strings.TrimSpace(w) {
			t.Errorf("got %q, want %q", got, w)
		}
	}
	if _, err := r.Next(); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// An error of reading comes out as it is, drops the command begun, and the next
// line starts anew; after a syntax error the next line does too.
func TestGoesOn(t *testing.T) {
	interrupt := errors.New("interrupt")
	script := []struct {
		line string
		err  error
	}{
		{"if a\n", nil}, {"", interrupt},
		{"b; )\n", nil},
		{"'c\n", nil}, {"", io.EOF}, // Ctrl-D inside a quote
		{"d", nil}, {"", io.EOF},
	}
	r := NewReader("", func() (string, error) {
		if len(script) == 0 {
			return "", io.EOF
		}
		s := script[0]
		script = script[1:]
		return s.line, s.err
	}, opts)
	if _, err := r.Next(); err != interrupt {
		t.Errorf("got %v, want the interrupt", err)
	}
	for _, line := range []int{2, 3} {
		var bad *SyntaxError
		if _, err := r.Next(); !errors.As(err, &bad) || bad.Line != line {
			t.Errorf("got %v, want a syntax error in line %d", err, line)
		}
	}
	if c, err := r.Next(); err != nil || show(c, c.Stmts) != "d" {
		t.Errorf("got %v", err)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Errorf("got %v, want EOF", err)
	}
}

// The grammar changes with the next line, also of a text parsed ahead.
func TestSetPosix(t *testing.T) {
	const text = "a\n[[ b ]]\nc\n"
	for how, r := range readers(text) {
		var got []string
		for {
			c, err := r.Next()
			if err != nil {
				break
			}
			got = append(got, show(c, c.Stmts))
			r.SetPosix(len(got) == 1)
		}
		if want := "a|[[ b ]]|c"; strings.Join(got, "|") != want {
			t.Errorf("%s: got %q, want %q", how, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	text := strings.Repeat("# filler to fill the segment\n", 3000) + "a\n\nb \\\n; c\n"
	for how, r := range readers(text) {
		r.line = 10
		var got []int
		for {
			c, err := r.Next()
			if err != nil {
				break
			}
			for _, s := range c.Stmts {
				got = append(got, c.LineOf(s)-3010)
			}
		}
		if len(got) != 3 || got[0] != 1 || got[1] != 3 || got[2] != 4 {
			t.Errorf("%s: lines %v, want 1 3 4", how, got)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"a  b ; c", "a  b"},
		{"sleep 5 & c", "sleep 5"},
		{"! a | b && c >out 2>&1 ;", "! a | b && c >out 2>&1"},
		{"f() { a; } >out", "f() { a; } >out"},
		{"limit --pids 3 isolate { a; } >out & b", "limit --pids 3 isolate { a; } >out"},
		{"x | isolate ( a ) | b && c; d", "x | isolate ( a ) | b && c"},
		{"f() { cat <<E\nbody\nE\n}; x", "f() { cat <<E\nbody\nE\n}"},
		{"cat <<E & b\nbody $x\nE\n", "cat <<E\nbody $x\nE"},
		{"cat <<A <<-'B c' | d\n1\nA\n\t2\n\tB c\n", "cat <<A <<-'B c' | d\n1\nA\n\t2\n\tB c"},
		{"cat <<E; b\nE\n", "cat <<E\nE"},
		{"cat <<E\nno end", "cat <<E\nno end\nE"},
		{"isolate { cat; } <<E &\nbody\nE\n", "isolate { cat; } <<E\nbody\nE"},
		{"((a); b) && $((c); (d)) ; e", "((a); b) && $((c); (d))"},
	} {
		chunk, err := Parse("", c.src, opts)
		if err != nil {
			t.Errorf("%q: %v", c.src, err)
			continue
		}
		got := Text(chunk, chunk.Stmts[0])
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
		again, err := Parse("", got, opts)
		if err != nil || show(again, again.Stmts) != strings.TrimSuffix(showStmt(chunk, chunk.Stmts[0]), " &") {
			t.Errorf("%q: its text %q is another command: %v", c.src, got, err)
		}
	}
}

// Without wrapper words, masks and repairs the tree is the parser's own.
func TestPlainTextIsUntouched(t *testing.T) {
	const src = "a() { echo \"$x\" ${y%%#*} $((1 + 2)); } # comment\nwhile a; do b | c; done >out\n"
	chunk, err := Parse("", src, opts)
	if err != nil {
		t.Fatal(err)
	}
	samePrint(t, src, chunk)
}

// samePrint holds that a chunk prints as the parser's own tree of src does.
func samePrint(t *testing.T, src string, c *Chunk) {
	t.Helper()
	file, err := syntax.NewParser().Parse(strings.NewReader(src), "")
	if err != nil {
		t.Fatalf("%q: the parser alone: %v", src, err)
	}
	var want, got strings.Builder
	if err := syntax.NewPrinter().Print(&want, file); err != nil {
		return // a tree the printer has no text for
	}
	if err := syntax.NewPrinter().Print(&got, &syntax.File{Stmts: c.Stmts}); err != nil {
		t.Fatalf("%q: print: %v", src, err)
	}
	if got.String() != want.String() {
		t.Errorf("%q\n got %q\nwant %q", src, got.String(), want.String())
	}
}
