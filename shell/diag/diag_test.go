package diag

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestRender(t *testing.T) {
	long := strings.Repeat("a ", 60)
	for _, c := range []struct {
		name string
		p    *Problem
		want string
	}{
		{"one line", &Problem{What: "cd: /nowhere", Why: "no such file or directory"},
			"cosh: cd: /nowhere: no such file or directory\n"},
		{"where", &Problem{Where: "x.csh: line 3", What: "shift: can't shift that many"},
			"cosh: x.csh: line 3: shift: can't shift that many\n"},
		{"carets and advice", &Problem{What: "limit: not a size: 64Q", Source: "limit --memory 64Q make", Start: 15, End: 18, Try: "limit --memory 64M make"},
			"cosh: limit: not a size: 64Q\n  limit --memory 64Q make\n                 ^^^\n  try: limit --memory 64M make\n"},
		{"only the line at fault", &Problem{What: "w", Source: "one\ntwo three\nfour", Start: 8, End: 13},
			"cosh: w\n  two three\n      ^^^^^\n"},
		{"carets stop at the line's end", &Problem{What: "w", Source: "a 'b\nc", Start: 2, End: 7},
			"cosh: w\n  a 'b\n    ^^\n"},
		{"a place behind the text", &Problem{What: "w", Source: "a |", Start: 3, End: 4},
			"cosh: w\n  a |\n     ^\n"},
		{"characters, not bytes; tabs as blanks", &Problem{What: "w", Source: "\té x", Start: 4, End: 5},
			"cosh: w\n   é x\n     ^\n"},
		{"nothing drives the terminal", &Problem{What: "a\x1b[2Jb\nc\x9b"}, "cosh: a␛[2Jb c�\n"},
		{"a long line, at its start", &Problem{What: "w", Source: long, Start: 0, End: 1},
			"cosh: w\n  " + long[:74] + "…\n  ^\n"},
		{"a long line, far right", &Problem{What: "w", Source: long + "HERE", Start: 120, End: 124},
			"cosh: w\n  …" + long[50:] + "HERE\n  " + strings.Repeat(" ", 71) + "^^^^\n"},
	} {
		if got := c.p.Render("cosh"); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestAt(t *testing.T) {
	words := []string{"limit", "--memory", "a b"}
	for _, c := range []struct {
		i    int
		want string
	}{
		{0, "limit --memory 'a b'\n  ^^^^^\n"},
		{2, "limit --memory 'a b'\n                 ^^^^^\n"},
		{3, "limit --memory 'a b'\n                       ^\n"},
	} {
		if got := (&Problem{What: "w"}).At(words, c.i).Render(""); got != "w\n  "+c.want {
			t.Errorf("At(%d) = %q, want %q", c.i, got, "w\n  "+c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	p := &Problem{What: "p", Status: 125}
	for _, c := range []struct {
		err  error
		what string
		code int
	}{
		{p, "p", 125},
		{fmt.Errorf("launch: %w", p), "p", 125},
		{&Problem{What: "q"}, "q", 2},
		{errors.New("plain"), "plain", 2},
	} {
		if got := Wrap(c.err, 2); got.What != c.what || got.Code() != c.code {
			t.Errorf("Wrap(%v) = %+v", c.err, got)
		}
	}
	if got := (&Problem{}).Code(); got != 1 {
		t.Errorf("Code of an unset status = %d, want 1", got)
	}
}

func TestErrno(t *testing.T) {
	_, err := os.Open("/nowhere/at/all")
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{err, "no such file or directory"},
		{fmt.Errorf("mount: %w", syscall.EPERM), "operation not permitted"},
		{errors.New("no errno"), "no errno"},
	} {
		if got := Errno(c.err); got != c.want {
			t.Errorf("Errno(%v) = %q, want %q", c.err, got, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	flags := []string{"--memory", "--cpu", "--pids", "--pid", "cd", "export"}
	for _, c := range []struct{ word, want string }{
		{"--memroy", "--memory"},
		{"--mem", "--memory"},
		{"--pisd", "--pids"},
		{"--network", ""},
		{"exprot", "export"},
		{"cdd", "cd"},
		{"dc", "cd"},
		{"x", ""},
		{"", ""},
		{"--memory", ""},
		{strings.Repeat("x", 100), ""},
	} {
		if got := Nearest(c.word, flags); got != c.want {
			t.Errorf("Nearest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("a b", 1, 2)
	f.Add("a\nb\xff", 3, 900)
	f.Fuzz(func(t *testing.T, src string, start, end int) {
		(&Problem{What: "w", Source: src, Start: start, End: end}).Render("cosh")
	})
}
