package history

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func tempPath(t *testing.T) string { return filepath.Join(t.TempDir(), "state", "cosh", "history") }

func mustOpen(t *testing.T, path string) *History {
	t.Helper()
	h, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func appendAll(t *testing.T, h *History, entries ...string) {
	t.Helper()
	for _, e := range entries {
		if err := h.Append(e); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAppend(t *testing.T) {
	for _, tt := range []struct {
		about string
		in    []string
		want  []string
	}{
		{"in order", []string{"a", "b"}, []string{"a", "b"}},
		{"several lines are one entry", []string{"for i\ndo\ndone", "b"}, []string{"for i\ndo\ndone", "b"}},
		{"backslashes", []string{`a\nb`, `a\\`, "a\\\nb", `\`}, []string{`a\nb`, `a\\`, "a\\\nb", `\`}},
		{"bytes that are not UTF-8, tabs, CR", []string{"\xff\t\r", "b"}, []string{"\xff\t\r", "b"}},
		{"a repetition is left out", []string{"a", "a", "b", "a"}, []string{"a", "b", "a"}},
		{"blank ones and those after a space too", []string{"", " secret", "\t", "\n", "a"}, []string{"a"}},
	} {
		path := tempPath(t)
		h := mustOpen(t, path)
		appendAll(t, h, tt.in...)
		if got := h.Entries(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: in memory %q", tt.about, got)
		}
		if got := mustOpen(t, path).Entries(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: in the file %q", tt.about, got)
		}
	}
}

func TestSearch(t *testing.T) {
	h := mustOpen(t, "")
	appendAll(t, h, "make one", "ls", "make two")
	for _, tt := range []struct {
		text   string
		before int
		want   int
		ok     bool
	}{{"make", 3, 2, true}, {"make", 2, 0, true}, {"make", 0, 0, false}, {"x", 3, 0, false}, {"two", 99, 2, true}} {
		if got, ok := h.Search(tt.text, tt.before); got != tt.want || ok != tt.ok {
			t.Errorf("%+v: got %d, %v", tt, got, ok)
		}
	}
}

func TestModes(t *testing.T) {
	path := tempPath(t)
	appendAll(t, mustOpen(t, path), "a")
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700 | os.ModeDir} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
}

// A line that was cut short is not offered, and not joined to the next one.
func TestTornLine(t *testing.T) {
	for _, torn := range []string{"rm -rf /", strings.Repeat("long ", 5000), ""} {
		path := tempPath(t)
		appendAll(t, mustOpen(t, path), "whole")
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.WriteString(torn)
		f.Close()
		h := mustOpen(t, path)
		appendAll(t, h, "next")
		want := []string{"whole", "next"}
		if !slices.Equal(h.Entries(), want) || !slices.Equal(mustOpen(t, path).Entries(), want) {
			t.Errorf("got %.60q, then %.60q", h.Entries(), mustOpen(t, path).Entries())
		}
	}
}

func TestLimit(t *testing.T) {
	path := tempPath(t)
	h, err := open(path, 100)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 150 {
		appendAll(t, h, fmt.Sprint("line\n", i))
	}
	if h.Len() != 100 || h.At(0) != "line\n50" {
		t.Errorf("%d entries from %q", h.Len(), h.At(0))
	}
	again, err := open(path, 100)
	if err != nil || !slices.Equal(h.Entries(), again.Entries()) {
		t.Errorf("trimmed: %v", err)
	}
	text, err := os.ReadFile(path)
	if n := strings.Count(string(text), "\n"); err != nil || n != 100 {
		t.Errorf("the file has %d lines, %v", n, err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	appendAll(t, h, "after") // its file was replaced meanwhile
	if got := mustOpen(t, path); got.Len() != 101 || got.At(100) != "after" {
		t.Errorf("after trimming %d entries", got.Len())
	}
}

// A link to the file stays one.
func TestLink(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := os.WriteFile(target, []byte(strings.Repeat("x\ny\n", 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	h, err := open(link, 10)
	if err != nil {
		t.Fatal(err)
	}
	appendAll(t, h, "z")
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("link: %v, %v", info.Mode(), err)
	}
	if got := mustOpen(t, target); got.Len() != 11 || got.At(10) != "z" {
		t.Errorf("target: %q", got.Entries())
	}
}

// Where there can be no file, the shell still has its memory.
func TestNoFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(file, "history"), "/dev/null"} {
		h, err := Open(path)
		if err == nil {
			t.Errorf("%s: no error", path)
		}
		appendAll(t, h, "a")
		if h.Len() != 1 {
			t.Errorf("%s: not in memory", path)
		}
	}
}

func TestDefaultPath(t *testing.T) {
	for _, tt := range []struct{ state, home, want string }{
		{"/s", "/h", "/s/cosh/history"}, {"", "/h", "/h/.local/state/cosh/history"},
		{"relative", "/h", "/h/.local/state/cosh/history"}, {"", "", ""},
	} {
		env := map[string]string{"XDG_STATE_HOME": tt.state, "HOME": tt.home}
		if got := DefaultPath(func(k string) string { return env[k] }); got != tt.want {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
}
