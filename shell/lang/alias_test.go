package lang

import (
	"strings"
	"testing"
)

// substitutedText is text with the aliases replaced, line by line.
func substitutedText(text string, names map[string]string, posix bool) (string, *aliasing) {
	a := newAliasing(names, posix)
	next := linesOf(text)
	var b strings.Builder
	for {
		line, err := next()
		if err != nil {
			return b.String(), a
		}
		b.WriteString(a.line(line, next))
	}
}

// XCU 2.3.1: where x, which is `A`, e, which is `echo ` with a blank, and the
// alias of a reserved word are replaced.
func TestAliasPlaces(t *testing.T) {
	names := map[string]string{"x": "A", "e": "echo ", "if": "no", "self": "self x", "open": "echo '"}
	for _, c := range []struct{ in, out string }{
		{"x", "A"},
		{"x y x; x|x&&x||x&x", "A y x; A|A&&A||A&A"},
		{"\\x 'x' \"x\" x\\", "\\x 'x' \"x\" x\\"},
		{"e x x", "echo  A x"},
		{"e e x", "echo  echo  A"},
		{"self self", "self x self"},
		{"a=1 b+=2 c[1]=3 x x", "a=1 b+=2 c[1]=3 A x"},
		{">f 2>&1 {fd}<g x x", ">f 2>&1 {fd}<g A x"},
		{"x >x <<x\nb x\nx\nx", "A >x <<x\nb x\nx\nA"},
		{"if x; then x; elif x; then x; else x; fi; x", "if A; then A; elif A; then A; else A; fi; A"},
		{"for x in x x; do x; done", "for x in x x; do A; done"},
		{"for x\ndo x\ndone >x; x", "for x\ndo A\ndone >x; A"},
		{"case x in x|x) x;; (x) x ;& *) x;; esac; x", "case x in x|x) A;; (x) A ;& *) A;; esac; A"},
		{"case x\nin\nesac; x", "case x\nin\nesac; A"},
		{"x() { x; }; y() x", "A() { A; }; y() A"},
		{"{ x; }; (x); ! x", "{ A; }; (A); ! A"},
		{"$(x) `x` \"$(x `x`)\" ${x-$(x)} $((x))", "$(A) `A` \"$(A `A`)\" ${x-$(A)} $((x))"},
		{"# x\nx # x", "# x\nA # x"},
		{"open x\nx'; x", "echo ' x\nx'; A"},
		{"[[ x && x ]] && x; ((x)); a=(x); x", "[[ x && x ]] && A; ((x)); a=(x); A"},
		{"cat <(x) >(x); function f { x; }", "cat <(A) >(A); function f { A; }"},
		{"x\\\n\nx x\\\nx", "A\nA x\\\nx"},
		{"cat <<'E' <<-F\n$(x)\nE\nx\n\tF\nx", "cat <<'E' <<-F\n$(x)\nE\nx\n\tF\nA"},
		{"echo $(cat <<E\nx\nE\n) x; x", "echo $(cat <<E\nx\nE\n) x; A"},
	} {
		if out, _ := substitutedText(c.in, names, false); out != c.out {
			t.Errorf("%q becomes %q, want %q", c.in, out, c.out)
		}
	}
}

// The automaton ends where it began, at a command's first word.
func TestAliasStateComesBack(t *testing.T) {
	for _, text := range []string{
		"case a in (b) case c in d) ;; esac;; e) f=$(case g in h) i;; esac) ;; esac\n",
		"f() { for i in \"${a[@]}\"; do (( i++ )); [[ $i =~ (x|y) ]] && break; done < <(ls); }\n",
		"echo \"a `b \"c\"` ${d:-\"e\"} $(f \"g)\" ')' \\))\"\n",
		"a=(1 $(b) 'c)' [3]=d); echo ${a[@]/#x/}; echo @(a|b) !(c)\n",
		"cat <<A; cat <<-'B'\n`x` $(y\nA\n\tz\n\tB\n",
	} {
		if _, a := substitutedText(text, map[string]string{"zz": "z"}, false); len(a.stack) != 1 || a.top().state != atCommandWord || len(a.docs) > 0 {
			t.Errorf("%q: %d frames, state %d", text, len(a.stack), a.top().state)
		}
	}
}

// A text without the alias is left as it is, whatever it is.
func FuzzAlias(f *testing.F) {
	for _, text := range []string{"a b", "case x in (", "`$(${\"'", "<<E\nx", "a=(", "[[ ", "((", "esac", ";;", "\\\n", "{fd}<", ")"} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, posix bool) {
		if out, _ := substitutedText(text, map[string]string{"\x00": "x"}, posix); out != text && !strings.Contains(text, "\x00") {
			t.Errorf("%q becomes %q", text, out)
		}
		substitutedText(text, map[string]string{"a": "b ", "b": "a ;case x in ", "c": "'", "d": "<<d \n"}, posix)
	})
}
