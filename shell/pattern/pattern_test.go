package pattern

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// matches lists pattern, text and whether they match.
var matches = []struct {
	pattern, text string
	want          bool
}{
	{"", "", true}, {"", "a", false},
	{"abc", "abc", true}, {"abc", "abd", false}, {"abc", "ab", false},
	{"*", "", true}, {"*", "any thing", true}, {"**", "x", true},
	{"?", "a", true}, {"?", "", false}, {"?", "ab", false}, {"??", "ab", true},
	{"a*", "abc", true}, {"a*", "bac", false}, {"*c", "abc", true}, {"*c", "acb", false},
	{"*b*", "abc", true}, {"*b*", "acd", false},
	{"a*c", "ac", true}, {"a*c", "abbc", true}, {"a*c", "abcd", false},
	{"a*b*c", "aXbYc", true}, {"a*b*c", "aXcYb", false},
	{"*.tar.*", "x.tar.gz", true}, {"ab*ba", "aba", false}, {"ab*ba", "abba", true},
	{"*a?", "xab", true}, {"?*?", "a", false}, {"?*?", "ab", true},
	{"[abc]", "b", true}, {"[abc]", "d", false}, {"[!abc]", "d", true}, {"[!abc]", "a", false},
	{"[a-c]x", "bx", true}, {"[a-c]x", "dx", false}, {"[c-a]", "b", false},
	{"[]]", "]", true}, {"[]a]", "a", true}, {"[!]]", "]", false}, {"[!]]", "a", true},
	{"[-a]", "-", true}, {"[a-]", "-", true}, {"[!-]", "-", false}, {"[--0]", ".", true},
	{"[[:digit:]]*", "1x", true}, {"[[:digit:]]*", "x1", false},
	{"[![:space:]]", " ", false}, {"[[:alpha:]_]", "_", true}, {"[[:upper:][:digit:]]", "a", false},
	{"[[:punct:]]", "$", true}, {"[[:xdigit:]]", "f", true}, {"[[:xdigit:]]", "g", false},
	{"[[:blank:]]", "\t", true}, {"[[:cntrl:]]", "\x01", true}, {"[[:graph:]]", " ", false},
	{"[[:print:]]", " ", true}, {"[[:lower:]]", "a", true}, {"[[:alnum:]]", "-", false},
	{"[", "[", true}, {"[a", "[a", true}, {"[a", "a", false}, {"[]", "[]", true}, {"[!]", "[!]", true},
	{"a[", "a[", true}, {"[*", "[xyz", true}, {"[[]", "[", true}, {"x[*]y", "x*y", true}, {"[*]", "a", false},
	{`\*`, "*", true}, {`\*`, "a", false}, {`a\?`, "a?", true}, {`\a`, "a", true}, {`\\`, `\`, true},
	{`\**`, "*a", true}, {`*\*`, "a*", true}, {`*\*`, "ab", false}, {`*\\*`, `a\b`, true},
	{`[\]]`, "]", true}, {`[a\-z]`, "-", true}, {`[a\-z]`, "b", false}, {`[\!a]`, "!", true}, {`[\!a]`, "b", false},
	{`[\a-c]`, "b", true}, {`\[a]`, "[a]", true}, {`\[a]`, "a", false},
	{"a/b", "a/b", true}, {"a*b", "a/b", true}, {"*", ".hidden", true},
	{"a\nb*", "a\nbc", true}, {"*b", "a\nb", true},
}

func TestMatch(t *testing.T) {
	for _, c := range matches {
		p := Compile(c.pattern)
		if got := p.Match(c.text); got != c.want {
			t.Errorf("%q against %q: %v, want %v", c.pattern, c.text, got, c.want)
		}
	}
}

// TestMatchUnicode needs a UTF-8 locale in other shells, and dash has none.
func TestMatchUnicode(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"?", "é", true}, {"??", "é", false}, {"?", "日", true}, {"?", "\xff", true}, {"?", "\xc3\xa9\xa9", false},
		{"[é]", "é", true}, {"[!é]", "é", false}, {"[!a]", "é", true}, {"*[!é]", "aé", false},
		{"[α-ω]", "λ", true}, {"[α-ω]", "a", false}, {"[[:alpha:]]", "é", true}, {"[[:upper:]]", "É", true},
		{"[[=é=]]", "é", true}, {"[[.é.]-ï]", "ê", true}, {"[[.ch.]]", "c", false},
		{"[[=a=]b]", "a", true}, {"[[.].]]", "]", true}, {"[[.-.]]", "-", true}, {"[a[.-.]z]", "b", false},
		{"[[:nosuch:]]", "n", false}, {"[[:alpha]", ":", true}, {"[[:alpha]]", "a]", true},
		{"\xc3*", "é", false}, {"*\xa9", "é", false}, {"\xc3?", "\xc3x", true}, {"[\xff]", "\xff", true},
		{"[\x80-\xff]", "\xa0", true}, {"[\x80-\xff]", "é", false}, {"\xff*\xfe", "\xff\xfe", true},
		{`\é*`, "éa", true}, {`x\`, `x\`, true}, {`*\`, `x\`, true}, {`[\`, `[\`, true},
	} {
		p := Compile(c.pattern)
		if got := p.Match(c.text); got != c.want {
			t.Errorf("%q against %q: %v, want %v", c.pattern, c.text, got, c.want)
		}
	}
}

var trims = []struct{ pattern, text, prefix, longPrefix, suffix, longSuffix string }{
	{"", "abc", "abc", "abc", "abc", "abc"},
	{"a", "aba", "ba", "ba", "ab", "ab"},
	{"*", "abc", "abc", "", "abc", ""},
	{"?", "abc", "bc", "bc", "ab", "ab"},
	{"*/", "a/b/c/", "b/c/", "", "a/b/c", ""},
	{"/*", "/a/b/c", "a/b/c", "", "/a/b", ""},
	{"*.", "a.b.c", "b.c", "c", "a.b.c", "a.b.c"},
	{".*", "a.b.c", "a.b.c", "a.b.c", "a.b", "a"},
	{"*b*", "abcbd", "cbd", "", "abc", ""},
	{"a*b", "aXbYb", "Yb", "", "", ""},
	{"b*d", "abcbd", "abcbd", "abcbd", "abc", "a"},
	{"[0-9]*", "12ab34", "2ab34", "", "12ab3", ""},
	{"*[!0-9]", "12ab34", "b34", "34", "12ab34", "12ab34"},
	{"?*", "abc", "bc", "", "ab", ""},
	{"*?", "abc", "bc", "", "ab", ""},
	{`\*`, "*a*", "a*", "a*", "*a", "*a"},
	{"*a*b*", "xaybz", "z", "", "x", ""},
	{"a?c", "abcabc", "abc", "abc", "abc", "abc"},
	{"x*", "", "", "", "", ""},
	{"*x", "abc", "abc", "abc", "abc", "abc"},
	{"a*[bc]*d", "aabcdacd", "acd", "", "aabcd", ""},
}

func TestTrim(t *testing.T) {
	for _, c := range trims {
		p := Compile(c.pattern)
		got := []string{p.TrimPrefix(c.text, false), p.TrimPrefix(c.text, true), p.TrimSuffix(c.text, false), p.TrimSuffix(c.text, true)}
		want := []string{c.prefix, c.longPrefix, c.suffix, c.longSuffix}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q in %q: %q, want %q", c.pattern, c.text, got, want)
		}
	}
}

// TestDash asks dash the questions of both tables.
func TestDash(t *testing.T) {
	dash, err := exec.LookPath("dash")
	if err != nil {
		t.Skip("dash is not installed")
	}
	var script, want strings.Builder
	for _, c := range matches {
		fmt.Fprintf(&script, "p=%s; case %s in $p) echo true;; *) echo false;; esac\n", quote(c.pattern), quote(c.text))
		fmt.Fprintln(&want, c.want)
	}
	for _, c := range trims {
		fmt.Fprintf(&script, "p=%s; t=%s; echo \"${t#$p},${t##$p},${t%%$p},${t%%%%$p}\"\n", quote(c.pattern), quote(c.text))
		fmt.Fprintf(&want, "%s,%s,%s,%s\n", c.prefix, c.longPrefix, c.suffix, c.longSuffix)
	}
	cmd := exec.Command(dash)
	cmd.Stdin = strings.NewReader(script.String())
	cmd.Env = []string{"LC_ALL=C"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("dash: %v\n%s", err, out)
	}
	asked, gotLines, wantLines := strings.Split(script.String(), "\n"), strings.Split(string(out), "\n"), strings.Split(want.String(), "\n")
	lines := asked[:0]
	for i := 0; i < len(asked); i++ { // a newline in a text makes one question of two lines
		l := asked[i]
		for strings.Count(l, "'")%2 == 1 && i+1 < len(asked) {
			i++
			l += "\n" + asked[i]
		}
		lines = append(lines, l)
	}
	for i := range wantLines {
		if i >= len(gotLines) || gotLines[i] != wantLines[i] {
			t.Errorf("%s: dash says %q, the table %q", lines[i], gotLines[i], wantLines[i])
		}
	}
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func TestQuoting(t *testing.T) {
	for _, s := range []string{"", "plain", "*", "a?b[c]", `back\slash`, "!^-", "é*", "\xff*"} {
		p := Compile(Escape(s))
		if lit, ok := p.Literal(); !ok || lit != s {
			t.Errorf("Escape(%q) = %q compiles to %q, %v", s, Escape(s), lit, ok)
		}
		if got := Unescape(Escape(s)); got != s {
			t.Errorf("Unescape(Escape(%q)) = %q", s, got)
		}
		if HasMeta(Escape(s)) {
			t.Errorf("HasMeta(Escape(%q))", s)
		}
		in := Compile("[" + Escape("]-!z"+s) + "]")
		for _, c := range "]-!z" + s {
			if c != '\uFFFD' && !in.Match(string(c)) {
				t.Errorf("[%s] does not match %q", Escape("]-!z"+s), c)
			}
		}
	}
	for _, c := range []struct {
		text            string
		meta, isPattern bool
	}{
		{"[", true, false}, {"[a", true, false}, {"[a]", true, true}, {`\*`, false, false}, {`\\*`, true, true}, {"a?", true, true},
		{`\[a]`, false, false}, {"]", false, false}, {"[a\\]", true, false}, {"", false, false},
	} {
		if HasMeta(c.text) != c.meta || IsPattern(c.text) != c.isPattern {
			t.Errorf("%q: HasMeta %v, IsPattern %v", c.text, HasMeta(c.text), IsPattern(c.text))
		}
	}
}

// TestStars holds matching to a time that backtracking over every star would
// not keep, and to no memory.
func TestStars(t *testing.T) {
	text := strings.Repeat("a", 20000)
	p := Compile(strings.Repeat("*a", 50) + "*?b")
	if p.Match(text) || p.TrimPrefix(text, true) != text || p.TrimSuffix(text, false) != text {
		t.Error("matched a text without b")
	}
	q := Compile("a*[b-d]?x*[[:digit:]]")
	if n := testing.AllocsPerRun(10, func() { q.Match("aaacyx7"); q.TrimSuffix("zzacyx7", true) }); n != 0 {
		t.Errorf("matching allocates %v times", n)
	}
}
