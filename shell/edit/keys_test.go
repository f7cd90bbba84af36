package edit

import (
	"strings"
	"testing"
)

// press spells keys for the tables: words separated by blanks, each either a
// key's name (Ctrl-A, Alt-b, Ctrl-Left, Enter, Space) or characters to type.
func press(t *testing.T, spelled string) []Key {
	t.Helper()
	var keys []Key
	for _, word := range strings.Fields(spelled) {
		if k, ok := named(word); ok {
			keys = append(keys, k)
			continue
		}
		for _, r := range word {
			keys = append(keys, Char(r))
		}
	}
	return keys
}

func named(word string) (Key, bool) {
	var k Key
	rest := word
	for found := true; found; {
		found = false
		for _, m := range []struct {
			name string
			bit  Mod
		}{{"Ctrl-", Ctrl}, {"Alt-", Alt}, {"Shift-", Shift}} {
			if after, ok := strings.CutPrefix(rest, m.name); ok {
				rest, found = after, true
				k.Mod |= m.bit
			}
		}
	}
	if text, ok := strings.CutPrefix(rest, "Paste:"); ok {
		return Key{Code: KeyPaste, Text: strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\s`, " ").Replace(text)}, true
	}
	if rest == "Space" {
		return Char(' '), true
	}
	for c := KeyEnter; c <= KeyHangup; c++ {
		if c.String() == rest {
			k.Code = c
			return k, true
		}
	}
	if k.Mod == 0 {
		return k, false
	}
	k.Code, k.Rune = KeyRune, []rune(rest)[0]
	if k.Mod&Ctrl != 0 {
		k.Rune = []rune(strings.ToLower(rest))[0]
	}
	return k, true
}

func TestDecode(t *testing.T) {
	for _, tt := range []struct{ bytes, want string }{
		{"a", "a"}, {" ", " "}, {"é", "é"}, {"日", "日"}, {"😀", "😀"},
		{"\x01", "Ctrl-A"}, {"\x1a", "Ctrl-Z"}, {"\x1c", `Ctrl-\`}, {"\x1f", "Ctrl-_"}, {"\x00", "Ctrl-@"},
		{"\r", "Enter"}, {"\n", "Enter"}, {"\t", "Tab"}, {"\x7f", "Backspace"}, {"\b", "Backspace"},
		{"\x1bb", "Alt-b"}, {"\x1bé", "Alt-é"}, {"\x1b\x7f", "Alt-Backspace"}, {"\x1b\r", "Alt-Enter"},
		// arrows: normal, application mode, xterm modifiers, rxvt
		{"\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left"},
		{"\x1bOA\x1bOB\x1bOC\x1bOD", "Up Down Right Left"},
		{"\x1b[1;5D\x1b[1;3C\x1b[1;2A", "Ctrl-Left Alt-Right Shift-Up"},
		{"\x1bOd\x1bOc\x1b[d\x1b\x1b[C", "Ctrl-Left Ctrl-Right Shift-Left Alt-Right"},
		// Home, End: xterm, its application mode, linux and screen, rxvt
		{"\x1b[H\x1bOH\x1b[1~\x1b[7~", "Home Home Home Home"},
		{"\x1b[F\x1bOF\x1b[4~\x1b[8~", "End End End End"},
		{"\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Delete PageUp PageDown"},
		{"\x1b[3;5~\x1b[3^", "Ctrl-Delete Ctrl-Delete"},
		{"\x1b[Z", "Shift-Tab"},
		// unknown sequences type nothing
		{"\x1b[15~x", "x"}, {"\x1b[[Ax", "x"}, {"\x1b[?1;2cx", "x"}, {"\x1b[12;40Rx", "x"},
		{"\x1b]0;title\ax", "x"}, {"\x1b]11;rgb:0/0/0\x1b\\x", "x"}, {"\x1b[1;\x1b[Ax", "Up x"},
		// neither does what is not UTF-8
		{"\xffa\xc3b\xe6\x97c", "a b c"},
		// pasted newlines are text, and so is everything else
		{"\x1b[200~a\rb\r\nc\n\x1b[A\x03\x1b[201~x", "Paste(a\nb\nc\n\x1b[A\x03) x"},
		{"\x1b[200~\x1b[201~", "Paste()"},
	} {
		var d Decoder
		var got []string
		for i := range len(tt.bytes) {
			if k, ok := d.Feed(tt.bytes[i]); ok {
				got = append(got, k.String())
			}
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.bytes, got, tt.want)
		}
		if d.Pending() {
			t.Errorf("%q: still pending", tt.bytes)
		}
	}
}

func TestDecodeTimeout(t *testing.T) {
	for _, tt := range []struct {
		bytes  string
		escape bool
	}{{"\x1b", true}, {"\x1b\x1b", true}, {"\x1b[", false}, {"\x1b[1;", false}, {"\x1bO", false}, {"\xe6", false}} {
		var d Decoder
		for i := range len(tt.bytes) {
			if k, ok := d.Feed(tt.bytes[i]); ok {
				t.Errorf("%q: early %v", tt.bytes, k)
			}
		}
		if !d.Pending() {
			t.Errorf("%q: not pending", tt.bytes)
		}
		if k, ok := d.Timeout(); ok != tt.escape || k.Code != KeyEscape {
			t.Errorf("%q: timeout gives %v, %v", tt.bytes, k, ok)
		}
		if k, ok := d.Feed('a'); !ok || k != Char('a') {
			t.Errorf("%q: afterwards a is %v", tt.bytes, k)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("a\x1b[1;5D\x1b[200~x\x1b[201~\xe6\x97\xa5"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var d Decoder
		m := New(Config{})
		for _, c := range in {
			if k, ok := d.Feed(c); ok {
				m.Update(k)
				m.View(7, 3)
			}
			if len(m.Text()) > 1<<12 { // yanking doubles
				return
			}
		}
	})
}
