package lang

import (
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// FuzzParse holds that no text panics or hangs, that a text shared line by line
// means what it means as a whole, and that one in which this package finds
// nothing to do has the parser's own tree.
func FuzzParse(f *testing.F) {
	for _, src := range []string{
		"isolate --pid { ps aux | head; } && x | limit --pids 3 ( b ) &\n",
		"echo 'isolate { a; }' \"$(isolate { a; } )\" # isolate { b; }\ncat <<E\nisolate { a; }\nE\n",
		"limit \\\n { echo $((1 $op 2)) $v#x; }; let x; ((a); b)\n", "cat <<'A'B <<-C\nx\nAB\n\ty",
		"f() { isolate ( a ); }; case x in a) isolate { b; } ;; esac\r\n\xff", "time ! isolate { a; } | b\n", "isolate { ;\n", "`isolate { a; }`\n",
		"$((a); (b)) $(()) $((\n)) ${x\n", "exec isolate <(a) { b; } <<E >c\nE\n", "exit\n'",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 4096 {
			return
		}
		_, _ = Parse("", src, opts)
		checked := opts
		checked.Check = true
		chunk, err := Parse("", src, checked)
		if err == nil {
			for _, s := range chunk.Stmts {
				Text(chunk, s)
			}
			if examine(src, opts) == 0 && len(chunk.shifts) == 0 && len(chunk.Warnings) == 0 &&
				!strings.Contains(src, "((") && !strings.Contains(src, "\\\n") && strings.Count(src, "!") < 2 && strings.Count(src, "'") != 1 {
				samePrint(t, src, chunk)
			}
		} else if examine(src, opts) == 0 {
			if _, plain := syntax.NewParser().Parse(strings.NewReader(src), ""); plain == nil {
				t.Errorf("%q: %v, where the parser alone finds nothing", src, err)
			}
		}
		Incomplete(src, opts)
		_, _ = Document("", src, opts)
		text, _ := all(NewTextReader("", src, opts))
		shared, _ := all(NewReader("", lines(src), opts))
		if a, b := toError(text), toError(shared); a != b {
			t.Errorf("%q\nas a text   %q\nline by line %q", src, a, b)
		}
	})
}

// toError is the lines up to the first error.
func toError(out []string) string {
	for i, line := range out {
		if strings.HasPrefix(line, "error") {
			return strings.Join(out[:i], "|") + "|error"
		}
	}
	return strings.Join(out, "|")
}
