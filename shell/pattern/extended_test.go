package pattern

import (
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// extendedMatches lists patterns, texts they match and texts they do not.
var extendedMatches = []struct {
	pattern  string
	yes, not []string
}{
	{"@(a|b)", []string{"a", "b"}, []string{"", "ab", "c"}},
	{"?(a|b)c", []string{"c", "ac", "bc"}, []string{"abc", "a"}},
	{"*(ab)", []string{"", "ab", "abab"}, []string{"a", "aba"}},
	{"+(ab|c)", []string{"ab", "c", "cabc"}, []string{"", "a"}},
	{"!(a)", []string{"", "b", "aa"}, []string{"a"}},
	{"!(*.c)", []string{"", "x.h", "c"}, []string{".c", "x.c"}},
	{"!(a|b*)x", []string{"x", "cx", "aax"}, []string{"ax", "bx", "bbx"}},
	{"+(a@(b|c))", []string{"ab", "acab"}, []string{"a", "abb"}},
	{"@(a|)", []string{"a", ""}, []string{"b"}},
	{"@()", []string{""}, []string{"a"}},
	{"a@(*)b", []string{"ab", "axyb"}, []string{"a", "b"}},
	{"*.@(t@(ar?(.@(gz|bz2))|gz))", []string{"x.tar", "x.tar.gz", "x.tgz", "x.tar.bz2"}, []string{"x.gz", "tar"}},
	{`@(\||\()`, []string{"|", "("}, []string{"a", `\|`}},
	{"@([|]|[)])", []string{"|", ")"}, []string{"", "["}},
	{"?(é)ü", []string{"éü", "ü"}, []string{"é"}},
	{"!(!(a))", []string{"a"}, []string{"", "b", "aa"}},
	{"+(a", []string{"+(a"}, []string{"a"}},
	{"a+b", []string{"a+b"}, []string{"aab"}},
	{"*(a)*(b)", []string{"", "aab", "b"}, []string{"ba"}},
	{"[!a]@(x)", []string{"bx"}, []string{"ax", "x"}},
}

func TestExtended(t *testing.T) {
	for _, c := range extendedMatches {
		p := CompileMode(c.pattern, Extended)
		for _, s := range c.yes {
			if !p.Match(s) {
				t.Errorf("%s does not match %q", c.pattern, s)
			}
		}
		for _, s := range c.not {
			if p.Match(s) {
				t.Errorf("%s matches %q", c.pattern, s)
			}
		}
	}
}

func TestExtendedBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	for _, c := range extendedMatches {
		for i, s := range append(append([]string(nil), c.yes...), c.not...) {
			cmd := exec.Command(bash, "-O", "extglob", "-c", `[[ $2 == $1 ]]`, "bash", c.pattern, s)
			cmd.Env = []string{"LC_ALL=C.UTF-8"}
			if yes := cmd.Run() == nil; yes != (i < len(c.yes)) {
				t.Errorf("%s and %q: bash says %v", c.pattern, s, yes)
			}
		}
	}
}

func TestFoldCase(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"abc", "ABC", true}, {"A*", "abc", true}, {"[a-c]X", "Bx", true}, {"[!a]", "A", false}, {"É", "é", true}, {"a", "b", false},
		{"@(a|B)", "b", true}, {"[[:upper:]]", "a", true},
	} {
		if p := CompileMode(c.pattern, Extended|FoldCase); p.Match(c.text) != c.want {
			t.Errorf("%s and %s: %v", c.pattern, c.text, !c.want)
		}
	}
}

func TestTrimExtended(t *testing.T) {
	for _, c := range []struct{ pattern, text, short, long, shortEnd, longEnd string }{
		{"+(a)", "aaba", "aba", "ba", "aab", "aab"},
		{"*(a)", "aab", "aab", "b", "aab", "aab"},
		{"!(x)", "ab", "ab", "", "ab", ""},
		{"@(b|ab)", "abab", "ab", "ab", "aba", "ab"},
		{"+([0-9])", "12x34", "2x34", "x34", "12x3", "12x"},
	} {
		p := CompileMode(c.pattern, Extended)
		got := []string{p.TrimPrefix(c.text, false), p.TrimPrefix(c.text, true), p.TrimSuffix(c.text, false), p.TrimSuffix(c.text, true)}
		want := []string{c.short, c.long, c.shortEnd, c.longEnd}
		if strings.Join(got, ",") != strings.Join(want, ",") {
			t.Errorf("%s on %s: %q, want %q", c.pattern, c.text, got, want)
		}
	}
}

// TestExtendedAgrees compares the extended matcher with the one for plain
// patterns, on patterns that both know.
func TestExtendedAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		pat, text := word(rng, "ab*?[]!\\é", 6), word(rng, "abé", 8)
		plain := Compile(pat)
		r := groupReader{mode: Extended}
		other := Pattern{kind: extended, tree: r.read(pat)}
		if plain.Match(text) != other.Match(text) {
			t.Fatalf("%q and %q: plain %v, extended %v", pat, text, plain.Match(text), other.Match(text))
		}
		for _, long := range []bool{false, true} {
			if a, b := plain.TrimPrefix(text, long), other.TrimPrefix(text, long); a != b {
				t.Fatalf("TrimPrefix %q of %q, %v: plain %q, extended %q", pat, text, long, a, b)
			}
			if a, b := plain.TrimSuffix(text, long), other.TrimSuffix(text, long); a != b {
				t.Fatalf("TrimSuffix %q of %q, %v: plain %q, extended %q", pat, text, long, a, b)
			}
		}
	}
}

func word(rng *rand.Rand, letters string, most int) string {
	set := []rune(letters)
	var b strings.Builder
	for range rng.IntN(most + 1) {
		b.WriteRune(set[rng.IntN(len(set))])
	}
	return b.String()
}

// TestExtendedPatience holds patterns that backtracking would never finish, and
// nesting, to an end.
func TestExtendedPatience(t *testing.T) {
	done := make(chan bool)
	go func() {
		text := strings.Repeat("a", 500)
		for _, pat := range []string{"*(*(a))b", "+(a|aa|aaa)b", "+(+(+(a)))b", "*(a*)*(a*)b", "!(!(a*)b)c"} {
			p := CompileMode(pat, Extended)
			p.Match(text)
		}
		deep := strings.Repeat("@(", 100000) + strings.Repeat(")", 100000)
		p := CompileMode(deep, Extended)
		p.Match("x")
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("still matching after a minute")
	}
}

func FuzzExtended(f *testing.F) {
	for _, c := range extendedMatches {
		f.Add(c.pattern, strings.Join(c.yes, ""))
	}
	f.Fuzz(func(t *testing.T, pat, text string) {
		if len(pat) > 200 || len(text) > 100 {
			return
		}
		p := CompileMode(pat, Extended)
		if rest := p.TrimPrefix(text, true); !strings.HasSuffix(text, rest) {
			t.Errorf("TrimPrefix %q of %q: %q", pat, text, rest)
		}
		if rest := p.TrimSuffix(text, true); !strings.HasPrefix(text, rest) {
			t.Errorf("TrimSuffix %q of %q: %q", pat, text, rest)
		}
		if p.Match(text) && p.TrimPrefix(text, true) != "" {
			t.Errorf("%q matches %q, and not as a prefix", pat, text)
		}
	})
}
