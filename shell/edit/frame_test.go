package edit

import (
	"strings"
	"testing"
)

// TestView shows the cursor as a bar, and a row per line.
func TestView(t *testing.T) {
	for _, tt := range []struct {
		about, prompt, keys string
		width, height       int
		want                string
	}{
		{"prompt and text", "$ ", "echo", 20, 5, "$ echo|"},
		{"cursor inside", "$ ", "echo Left Left", 20, 5, "$ ec|ho"},
		{"colours take no room", "\x1b[1;31m$\x1b[0m ", "ab", 20, 5, "\x1b[1;31m$\x1b[0m ab|"},
		{"what bash's \\[ \\] enclose takes none", "\x01\x1b]0;t\x07\x02$ ", "ab", 4, 5, "\x1b]0;t\x07$ ab\n|"},
		{"window title", "\x1b]0;a title\x1b\\$ ", "a", 8, 5, "\x1b]0;a title\x1b\\$ a|"},
		{"a prompt of two lines", "top\n$ ", "ab", 20, 5, "top\n$ ab|"},
		{"text wraps, the cursor too", "$ ", "abcdef", 8, 5, "$ abcdef\n|"},
		{"and on", "$ ", "abcdefg", 8, 5, "$ abcdef\ng|"},
		{"a wide character is not cut", "$ ", "日本語", 7, 5, "$ 日本\n語|"},
		{"wide and cursor", "$ ", "日本 Left", 20, 5, "$ 日|本"},
		{"cursor on a wide one that wraps", "$ ", "a日本語 Left", 7, 5, "$ a日本\n|語"},
		{"combining", "$ ", "e\u0301x Left", 20, 5, "$ e\u0301|x"},
		{"PS2", "$ ", "a{ Enter b", 20, 5, "$ a{\n> b|"},
		{"cursor at the end of a full row of several", "$ ", "abcd{ Enter b Up End", 7, 5, "$ abcd|{\n> b"},
		{"controls are shown", "$ ", "Ctrl-V Ctrl-A Ctrl-V Escape x", 20, 5, "$ ^A^[x|"},
		{"tabs end at stops", "$ ", "a Ctrl-V Tab b", 20, 5, "$ a     b|"},
		{"a style goes on over rows", "\x1b[1m$ ", "abcdef", 6, 5, "\x1b[1m$ abcd\x1b[0m\n\x1b[1mef\x1b[0m|"},
		{"only the rows around the cursor", "$ ", "a{ Enter b Enter c Enter d", 20, 2, "> c\n> d|"},
		{"scrolled up", "$ ", "a{ Enter b Enter c Enter d Up Up Up", 20, 2, "$ a|{\n> b"},
		{"search", "$ ", "Ctrl-R wo", 40, 5, "(search back) 'wo': one t|wo"},
		{"failed search", "$ ", "Ctrl-R xy", 40, 5, "(no such line) 'xy': |"},
		{"interrupted", "$ ", "ab Left Ctrl-C", 20, 5, "$ ab^C|"},
		{"submitted at the edge: no row more", "$ ", "abcdef Enter", 8, 5, "$ abcde|f"},
	} {
		m := New(Config{Incomplete: openBrace, History: lines{"one two"}})
		m.Reset(tt.prompt, "> ")
		for _, k := range press(t, tt.keys) {
			m.Update(k)
		}
		f := m.View(tt.width, tt.height)
		if got := withCursor(f); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.about, got, tt.want)
		}
		for _, r := range f.Rows {
			if r.Width > tt.width {
				t.Errorf("%s: row %q of %d columns", tt.about, r.Text, r.Width)
			}
		}
	}
}

// withCursor puts a bar where the cursor is.
func withCursor(f Frame) string {
	var out []string
	for i, row := range f.Rows {
		text := row.Text
		if i == f.Row {
			at, col := 0, 0
			for _, p := range parsePrompt(text) {
				if !p.escape {
					if col >= f.Col {
						break
					}
					col += Width(p.text)
				}
				at += len(p.text)
			}
			text = text[:at] + "|" + text[at:]
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

func TestClearOnce(t *testing.T) {
	m := New(Config{})
	m.Update(WithCtrl('l'))
	if f := m.View(20, 5); !f.Clear {
		t.Error("Ctrl-L does not clear")
	}
	if f := m.View(20, 5); f.Clear {
		t.Error("Ctrl-L clears twice")
	}
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0301": 1, "日本": 4, "ｱ": 1, "Ａ": 2, "한": 2, "ᄒ\u1161\u11ab": 2,
		"😀": 2, "👍🏽": 4, "❤\ufe0f": 1, "🇩🇪": 2, "a\u200bb": 2, "\u00ad": 1, "→": 1, "│": 1,
	} {
		if got := Width(text); got != want {
			t.Errorf("%q: %d columns, want %d", text, got, want)
		}
	}
}

func TestClusters(t *testing.T) {
	for _, text := range []string{"a", "e\u0301", "👩\u200d👧", "👍🏽", "🇩🇪", "日", "❤\ufe0f", "\n", "\xff"} {
		if n := nextCluster(text + "a"); n != len(text) && text != "\xff" {
			t.Errorf("next of %q: %d", text, n)
		}
		if n := prevCluster("a" + text); n != len(text) {
			t.Errorf("previous of %q: %d", text, n)
		}
	}
}
