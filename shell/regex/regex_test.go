package regex

import (
	"os/exec"
	"strings"
	"testing"
)

// matches lists an expression, a text, and what matches: the whole and the
// groups, separated by commas; "-" nothing, "!" no expression.
var matches = []struct{ expr, text, want string }{
	{"a", "bab", "a"}, {"", "x", ""}, {"^$", "", ""}, {"a|ab", "abc", "ab"}, {"x*", "aaa", ""},
	{"(a|ab)(c|bcd)", "abcd", "abcd,a,bcd"}, {"^(.*)=(.*)$", "k=v", "k=v,k,v"}, {"(x)?y", "y", "y,"},
	{"a.c", "a\nc", "a\nc"}, {"[[:alpha:]_][[:alnum:]_]*", "9ab_1-", "ab_1"}, {"[]a]+", "x]a", "]a"}, {"[^]a]", "]ab", "b"},
	{"[a\\]", "\\", "\\"}, {"[a-]+", "-a-", "-a-"}, {"[[.-.]a]", "-", "-"}, {"[[=e=]]", "e", "e"}, {"a{2}", "aaa", "aa"}, {"a{2,}", "aaaa", "aaaa"},
	{"a{,2}", "aaa", "aa"}, {"a{1,2}b", "aab", "aab"}, {"(ab){2}", "abab", "abab,ab"}, {"a**", "aa", "aa"}, {"a+?", "aa", "aa"},
	{"*a", "a", "!"}, {"a|*b", "b", "!"}, {"(+b)", "b", "!"}, {"{", "{", "!"}, {"a\\{", "a{", "a{"}, {"a\\.b", "a.b", "a.b"}, {"a\\.b", "axb", "-"}, {"\\$", "a$", "$"}, {"a)", "a)", "a)"}, {"()", "a", ","},
	{"\\<b\\w+", "ab bc", "bc"}, {"a|b|", "c", ""}, {"é+", "aéé", "éé"}, {".", "é", "é"},
	{"(", "a", "!"}, {"[a", "a", "!"}, {"a{2,1}", "a", "!"}, {"a{x}", "a", "!"}, {"[b-a]", "a", "!"}, {"[[:no:]]", "a", "!"}, {"a\\", "a", "!"},
	{"^a|b$", "cb", "b"}, {"a^b", "a^b", "-"}, {"(^a)", "a", "a,a"}, {"([0-9]+)\\.([0-9]+)", "v1.25", "1.25,1,25"},
}

func TestMatch(t *testing.T) {
	for _, c := range matches {
		if got := matched(c.expr, c.text); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.expr, c.text, got, c.want)
		}
	}
	if _, err := Compile(`(a)\1`, false); err == nil {
		t.Error("a back-reference is no error")
	}
	if r, err := Compile("straße", true); err != nil || r.Match("STRAßE") == nil {
		t.Error("folded case does not match")
	}
	if _, err := Compile(strings.Repeat("(", 100000)+strings.Repeat(")", 100000), false); err == nil {
		t.Error("100000 parentheses are no error")
	}
}

func matched(expr, text string) string {
	r, err := Compile(expr, false)
	if err != nil {
		return "!"
	}
	m := r.Match(text)
	if m == nil {
		return "-"
	}
	return strings.Join(m, ",")
}

// TestBash asks bash, whose =~ is glibc's regexec(3), the same.
func TestBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	const script = `[[ $2 =~ $1 ]]; case $? in 1) printf -- -;; 2) printf '!';; 0) IFS=,; printf %s "${BASH_REMATCH[*]}";; esac`
	for _, c := range matches {
		cmd := exec.Command(bash, "-c", script, "bash", c.expr, c.text)
		cmd.Env = []string{"LC_ALL=C.UTF-8"}
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("bash: %v", err)
		}
		if string(out) != c.want {
			t.Errorf("%q in %q: bash says %q, the table %q", c.expr, c.text, out, c.want)
		}
	}
}

func FuzzCompile(f *testing.F) {
	for _, c := range matches {
		f.Add(c.expr, c.text)
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		if r, err := Compile(expr, len(text)%2 == 0); err == nil {
			r.Match(text)
		}
	})
}
