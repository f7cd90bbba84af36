package lang

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// wrappers are the words that take a block in these tests.
var wrappers = map[string]bool{"isolate": true, "limit": true, "chroot-image": true, "explain": true}

var opts = Options{Wrappers: wrappers}

// lines is a shared text: a line a call.
func lines(text string) func() (string, error) {
	return func() (string, error) {
		if text == "" {
			return "", io.EOF
		}
		i := strings.IndexByte(text, '\n') + 1
		if i == 0 {
			i = len(text)
		}
		line := text[:i]
		text = text[i:]
		return line, nil
	}
}

// readers are the ways to read a text; all must give the same commands.
func readers(text string) map[string]*Reader {
	return map[string]*Reader{
		"text":  NewTextReader("t", text, opts),
		"lines": NewReader("t", lines(text), opts),
	}
}

// all reads a text to its end: each line's commands as show gives them, then
// the error, if any.
func all(r *Reader) (out []string, chunks []*Chunk) {
	for {
		c, err := r.Next()
		if err == io.EOF {
			return out, chunks
		}
		if err != nil {
			return append(out, "error: "+err.Error()), chunks
		}
		if len(c.Stmts) > 0 {
			out = append(out, show(c, c.Stmts))
			chunks = append(chunks, c)
		}
	}
}

// show makes the structure of commands plain: [ ] around a wrapper with its block,
// < > around the two sides of an operator.
func show(c *Chunk, list []*syntax.Stmt) string {
	var parts []string
	for _, s := range list {
		parts = append(parts, showStmt(c, s))
	}
	return strings.Join(parts, "; ")
}

func showStmt(c *Chunk, s *syntax.Stmt) (out string) {
	out = showCmd(c, s.Cmd)
	for _, r := range s.Redirs {
		redir, _, _ := strings.Cut(Text(c, r), "\n")
		out += " " + redir
	}
	if b := c.Blocks[s]; b != nil {
		out = "[" + out + " " + showCmd(c, b.Cmd) + "]"
	}
	if s.Negated {
		out = "! " + out
	}
	if s.Background {
		out += " &"
	}
	return out
}

func showCmd(c *Chunk, cmd syntax.Command) string {
	switch cmd := cmd.(type) {
	case *syntax.CallExpr:
		var words []string
		for _, a := range cmd.Assigns {
			words = append(words, Text(c, a))
		}
		for _, w := range cmd.Args {
			words = append(words, showWord(c, w))
		}
		return strings.Join(words, " ")
	case *syntax.BinaryCmd:
		return "<" + showStmt(c, cmd.X) + " " + cmd.Op.String() + " " + showStmt(c, cmd.Y) + ">"
	case *syntax.Block:
		return "{" + show(c, cmd.Stmts) + "}"
	case *syntax.Subshell:
		return "(" + show(c, cmd.Stmts) + ")"
	case *syntax.IfClause:
		return "if " + show(c, cmd.Cond) + " then " + show(c, cmd.Then) + " fi"
	case *syntax.WhileClause:
		return "while " + show(c, cmd.Cond) + " do " + show(c, cmd.Do) + " done"
	case *syntax.ForClause:
		return "for do " + show(c, cmd.Do) + " done"
	case *syntax.CaseClause:
		out := "case"
		for _, i := range cmd.Items {
			out += " " + showWord(c, i.Patterns[0]) + ") " + show(c, i.Stmts)
		}
		return out
	case *syntax.FuncDecl:
		return cmd.Name.Value + "() " + showStmt(c, cmd.Body)
	case *syntax.TimeClause:
		if cmd.Stmt == nil {
			return "time"
		}
		return "time " + showStmt(c, cmd.Stmt)
	case nil:
		return ""
	}
	return fmt.Sprintf("%T", cmd)[len("*syntax."):]
}

func showWord(c *Chunk, w *syntax.Word) string {
	if lit := w.Lit(); lit != "" {
		return lit
	}
	out := ""
	for _, p := range w.Parts {
		switch p := p.(type) {
		case *syntax.CmdSubst:
			out += "$(" + show(c, p.Stmts) + ")"
		case *syntax.ArithmExp:
			out += "$((" + c.Arith(p) + "))"
		case *syntax.Lit:
			out += p.Value
		case *syntax.SglQuoted:
			out += "'" + p.Value + "'"
		default:
			out += Text(c, p)
		}
	}
	return out
}

func TestWrapperBlocks(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"isolate --pid { ps aux | head -3; }", "[isolate --pid {<ps aux | head -3>}]"},
		{"limit --memory 64M --pids 20 { make -j8; }", "[limit --memory 64M --pids 20 {make -j8}]"},
		{"limit --memory 1M isolate ( cmd )", "[limit --memory 1M isolate (cmd)]"},
		{"isolate { a; }; isolate ( b )\n", "[isolate {a}]; [isolate (b)]"},
		{"explain isolate { a; }", "[explain isolate {a}]"},
		{"isolate\t{ a; }", "[isolate {a}]"},
		{"isolate   {\n  a\n  b\n}", "[isolate {a; b}]"},
		{"isolate \\\n  --pid \\\n  { a; }", "[isolate --pid {a}]"},
		{"isolate --env 'a\nb' { c; }", "[isolate --env 'a\nb' {c}]"},
		{"isolate --hostname \"$(hostname) {\" { a; }", "[isolate --hostname \"$(hostname) {\" {a}]"},
		{"isolate --hostname `hostname` { a; }", "[isolate --hostname $(hostname) {a}]"},
		// around it
		{"! isolate { a; }", "! [isolate {a}]"},
		{"isolate { a; } &", "[isolate {a}] &"},
		{"isolate { a; } && b || c", "<<[isolate {a}] && b> || c>"},
		{"x && isolate { a; } && b", "<<x && [isolate {a}]> && b>"},
		{"x | isolate { a; } | b", "<<x | [isolate {a}]> | b>"},
		{"x && ! y | isolate { a; } | b || c &", "<<x && ! <<y | [isolate {a}]> | b>> || c> &"},
		{"isolate { a; } | limit --pids 3 { b; } | c", "<<[isolate {a}] | [limit --pids 3 {b}]> | c>"},
		{"isolate { a; } && limit --pids 3 ( b ) & c", "<[isolate {a}] && [limit --pids 3 (b)]> &; c"},
		{"! isolate { a; } | b", "! <[isolate {a}] | b>"},
		{"time isolate { a; } | b", "time <[isolate {a}] | b>"},
		{"isolate { a; } >out 2>&1 <in", "[isolate >out 2>&1 <in {a}]"},
		{"isolate >out { a; } 2>err", "[isolate >out 2>err {a}]"},
		{"isolate 2>&1 { a; }", "[isolate 2>&1 {a}]"},
		{"</dev/null isolate { a; }", "[isolate </dev/null {a}]"},
		{"X=1 Y='a b' isolate { a; }", "[X=1 Y='a b' isolate {a}]"},
		{"command isolate { a; }", "[command isolate {a}]"},
		{"exec isolate --pid { a; }", "[exec isolate --pid {a}]"},
		// inside
		{"isolate { limit --pids 3 { a; } | b; }", "[isolate {<[limit --pids 3 {a}] | b>}]"},
		{"isolate ( isolate ( isolate ( a ) ) )", "[isolate ([isolate ([isolate (a)])])]"},
		{"echo $(isolate { a; }) `isolate { b; }`", "echo $([isolate {a}]) $([isolate {b}])"},
		{"if isolate { a; }; then limit --pids 3 { b; }; fi", "if [isolate {a}] then [limit --pids 3 {b}] fi"},
		{"while ! isolate { a; }; do isolate ( b ); done", "while ! [isolate {a}] do [isolate (b)] done"},
		{"for i in 1 2; do isolate { a; } done", "for do [isolate {a}] done"},
		{"case x in a) isolate { b; } ;; (c) isolate ( d ) esac", "case a) [isolate {b}] c) [isolate (d)]"},
		{"f() { isolate { a; }; }", "f() {[isolate {a}]}"},
		{"f() { isolate \"$@\"; }", "f() {isolate \"$@\"}"},
		{"{ isolate { a; }; } | b", "<{[isolate {a}]} | b>"},
		{"isolate { case x in a) b;; esac; }", "[isolate {case a) b}]"},
		{"isolate { cat; } <<E | b\nisolate { no; }\nE\n", "<[isolate <<E {cat}] | b>"},
		{"isolate <<E { cat; }\nbody\nE\n", "[isolate <<E {cat}]"},
		{"isolate { cat <<E\nbody\nE\n}", "[isolate {cat <<E}]"},
		// not blocks
		{"isolate", "isolate"},
		{"isolate ps { a }", ""},
		{"echo 'isolate { a; }' \"limit ( b )\"", "echo 'isolate { a; }' \"limit ( b )\""},
		{"echo 'x\nisolate { a; }'", "echo 'x\nisolate { a; }'"},
		{"a # isolate { a; }", "a"},
		{"cat <<'E'\nisolate { a; }\nE\n", "cat <<'E'"},
		{"echo isolate { a", "echo isolate { a"},
		{"isolate-all { a", "isolate-all { a"},
		{"isolate {a,b}", "isolate {a,b}"},
		{"isolate && { a; }", "<isolate && {a}>"},
		{"isolate x; { a; }", "isolate x; {a}"},
		{"isolate x\n{ a; }", "isolate x|{a}"},
		{"isolate() { a; }", "isolate() {a}"},
		{"isolate () { a; }", "isolate() {a}"},
		{"echo $(( limit + (3) ))", "echo $(( limit + (3) ))"},
		{"echo ${isolate} {", "echo ${isolate} {"},
	} {
		for how, r := range readers(c.src) {
			out, chunks := all(r)
			if c.want == "" {
				if got := strings.Join(out, "|"); !strings.HasPrefix(got, "error") {
					t.Errorf("%s %q\n got %s\nwant an error", how, c.src, got)
				}
				continue
			}
			if got := strings.Join(out, "|"); got != c.want {
				t.Errorf("%s %q\n got %s\nwant %s", how, c.src, got, c.want)
			}
			for _, c := range chunks {
				checkSources(t, c)
			}
		}
	}
}

// checkSources holds that a block's source is from brace to brace.
func checkSources(t *testing.T, c *Chunk) {
	t.Helper()
	for _, b := range c.Blocks {
		ends := b.Source[:1] + b.Source[len(b.Source)-1:]
		if ends != "{}" && ends != "()" {
			t.Errorf("block source %q of %q", b.Source, c.Src)
		}
	}
}
