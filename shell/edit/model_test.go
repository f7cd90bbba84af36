package edit

import (
	"strings"
	"testing"
)

// lines is a History for tests.
type lines []string

func (l lines) Len() int        { return len(l) }
func (l lines) At(i int) string { return l[i] }
func (l lines) Search(text string, before int) (int, bool) {
	for i := before - 1; i >= 0; i-- {
		if strings.Contains(l[i], text) {
			return i, true
		}
	}
	return 0, false
}

// openBrace stands for the parser: text is incomplete while a brace is open.
func openBrace(text string) bool {
	return strings.Count(text, "{") > strings.Count(text, "}") || strings.HasSuffix(text, `\`)
}

// TestKeys types keys on an empty line; the bar in want is the cursor.
func TestKeys(t *testing.T) {
	history := lines{"echo one", "for i in 1 2\ndo echo $i\ndone", "echo three"}
	for _, tt := range []struct{ keys, want string }{
		{"", "|"},
		{"ab Space c", "ab c|"},
		// moving
		{"abc Ctrl-A x", "x|abc"}, {"abc Home x", "x|abc"},
		{"abc Ctrl-A Ctrl-E x", "abcx|"}, {"abc Home End x", "abcx|"},
		{"abc Ctrl-B x", "abx|c"}, {"abc Left Left x", "ax|bc"}, {"abc Ctrl-A Ctrl-F x", "ax|bc"},
		{"abc Right", "abc|"}, {"abc Home Left", "|abc"},
		{"ab-c Space de Alt-b Alt-b", "ab-|c de"}, {"ab Space cd Home Alt-f", "ab| cd"},
		{"ab Space cd Ctrl-Left", "ab |cd"}, {"ab Space cd Home Ctrl-Right Ctrl-Right", "ab cd|"}, {"ab Space cd Alt-Left", "ab |cd"},
		// deleting
		{"abc Backspace", "ab|"}, {"Backspace", "|"}, {"abc Home Delete", "|bc"}, {"abc Home Ctrl-D", "|bc"},
		{"Delete", "|"}, {"abc Delete", "abc|"},
		// killing and yanking
		{"abc Left Left Ctrl-K", "a|"}, {"abc Left Ctrl-U", "|c"},
		{"ab Space c-d Ctrl-W", "ab |"}, {"ab Space c-d Space Space Ctrl-W", "ab |"},
		{"ab Space c-d Alt-Backspace", "ab c-|"}, {"ab Space cd Home Alt-d", "| cd"},
		{"ab Space cd Ctrl-W Ctrl-Y Ctrl-Y", "ab cdcd|"},
		{"a Space b Space c Ctrl-W Ctrl-W Ctrl-Y", "a b c|"},
		{"a Space b Home Alt-d Alt-d Ctrl-Y", "a b|"},
		{"one Ctrl-U two Ctrl-U Ctrl-Y Alt-y", "one|"}, {"one Ctrl-U two Ctrl-U Ctrl-Y Alt-y Alt-y", "two|"}, {"ab Alt-y", "ab|"},
		{"Ctrl-Y", "|"},
		// transposing
		{"abc Ctrl-T", "acb|"}, {"abc Home Right Ctrl-T", "ba|c"}, {"a Ctrl-T", "|a"}, {"Ctrl-T", "|"}, {"ab Home Ctrl-T", "|ab"},
		// undo: typed words, kills, recall
		{"ab Space cd Ctrl-_", "ab|"}, {"ab Space cd Ctrl-_ Ctrl-_", "|"}, {"ab Ctrl-U Ctrl-_", "ab|"}, {"ab Ctrl-U Ctrl-_ Ctrl-_ Ctrl-_", "|"},
		{"ab Up Ctrl-_", "ab|"}, {"abc Left x Ctrl-_", "ab|c"}, {"ab Backspace c Ctrl-_ Ctrl-_", "ab|"},
		// wide, combining, emoji: one key moves over what is seen as one character
		{"日本 Left x", "日x|本"}, {"日本 Backspace", "日|"}, {"e\u0301a Left Backspace", "|a"}, {"ae\u0301 Left", "a|e\u0301"},
		{"👩\u200d👧x Left Left", "|👩\u200d👧x"}, {"👍🏽 Backspace", "|"}, {"🇩🇪🇫🇷 Backspace", "🇩🇪|"},
		// history
		{"Up", "echo three|"}, {"Ctrl-P Ctrl-N", "|"}, {"ab Up Down", "ab|"}, {"Down", "|"},
		{"Up x Ctrl-Up Ctrl-Down", "echo threex|"},
		{"PageUp", "echo one|"}, {"x Alt-< Alt->", "x|"}, {"x Space Alt-.", "x three|"},
		{"Ctrl-Up Ctrl-Up", "for i in 1 2\ndo echo $i\ndone|"}, {"Up Up Up", "for i in 1 2\ndo e|cho $i\ndone"}, {"Up Up Up Up Up", "echo one|"},
		// search
		{"Ctrl-R on", "for i in 1 2\ndo echo $i\nd|one"}, {"Ctrl-R on Ctrl-R", "echo |one"}, {"Ctrl-R on Ctrl-R Ctrl-R", "echo |one"},
		{"Ctrl-R onx", "for i in 1 2\ndo echo $i\nd|one"}, {"ab Ctrl-R on Ctrl-G", "ab|"}, {"Ctrl-R thx Backspace", "echo |three"},
		{"Ctrl-R th Escape x", "echo x|three"}, {"Ctrl-R th Ctrl-E x", "echo threex|"}, {"Ctrl-R th Up", "for i in 1 2\ndo echo $i\ndone|"},
		{"ab Ctrl-R on Escape Ctrl-_", "ab|"}, {"Ctrl-R Backspace Escape", "|"},
		// several lines
		{"a{ Enter b", "a{\nb|"}, {"a{ Enter b Up", "a|{\nb"}, {"a{ Enter b Home x", "a{\nx|b"}, {"a{ Enter b Ctrl-A Ctrl-U", "a{|b"},
		{"a{ Enter bb Up End Down", "a{\nbb|"}, {"a{ Enter b Up Ctrl-E Ctrl-K", "a{|b"}, {"a{ Enter b Ctrl-Home", "|a{\nb"},
		{"a Alt-Enter b", "a\nb|"}, {`a\ Enter b`, "a\\\nb|"},
		// pasting runs nothing
		{`Paste:a\nb\n`, "a\nb\n|"}, {`xy Left Paste:a\nb`, "xa\nb|y"}, {`a Paste:b\s\t Ctrl-_`, "a|"},
		// literal keys
		{"Ctrl-V Tab x", "\tx|"}, {"Ctrl-V Ctrl-A", "\x01|"}, {"Ctrl-V Left ab", "ab|"},
		// without effect
		{"ab Ctrl-Z", "ab|"}, {`ab Ctrl-\`, "ab|"}, {"ab Tab", "ab|"}, {"ab Resize", "ab|"}, {"ab Escape", "ab|"}, {"ab Insert", "ab|"}, {"Ctrl-L ab", "ab|"},
	} {
		m := New(Config{Incomplete: openBrace, History: history})
		for _, k := range press(t, tt.keys) {
			if r := m.Update(k); r != Continue {
				t.Errorf("%s: %v gives %d", tt.keys, k, r)
			}
		}
		if got := m.Text()[:m.Cursor()] + "|" + m.Text()[m.Cursor():]; got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.keys, got, tt.want)
		}
	}
}

func TestResult(t *testing.T) {
	for _, tt := range []struct {
		keys string
		want Result
		text string
	}{
		{"ab Enter", Submit, "ab"}, {"Enter", Submit, ""}, {"ab Left Enter", Submit, "ab"},
		{"a{ Enter } Enter", Submit, "a{\n}"}, {"a{ Enter } Up Enter", Submit, "a{\n}"},
		{"ab Ctrl-C", Interrupt, "ab"}, {"Interrupt", Interrupt, ""}, {"Ctrl-R Ctrl-C", Interrupt, ""},
		{"Ctrl-D", EOF, ""}, {"ab Ctrl-D", Continue, "ab"}, {"Delete", Continue, ""}, {"Hangup", EOF, ""},
		{"a Backspace Ctrl-D", EOF, ""}, {"Ctrl-R th Enter", Submit, "echo three"},
		{"Ctrl-V Enter Enter", Submit, "\n"}, {`Paste:a\nb\n Enter`, Submit, "a\nb\n"},
	} {
		m := New(Config{Incomplete: openBrace, History: lines{"echo three"}})
		var got Result
		for _, k := range press(t, tt.keys) {
			got = m.Update(k)
		}
		if got != tt.want || m.Text() != tt.text {
			t.Errorf("%s: got %d %q, want %d %q", tt.keys, got, m.Text(), tt.want, tt.text)
		}
	}
}

// A line begun anew knows nothing of the one before, but for what was killed.
func TestReset(t *testing.T) {
	m := New(Config{History: lines{"old"}})
	for _, k := range press(t, "ab Ctrl-U Up x Enter") {
		m.Update(k)
	}
	m.Reset("$ ", "> ")
	for _, k := range press(t, "Up Ctrl-_ Ctrl-_ Ctrl-Y") {
		m.Update(k)
	}
	if m.Text() != "ab" {
		t.Errorf("got %q", m.Text())
	}
}
