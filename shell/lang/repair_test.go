package lang

import (
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// What the parser alone rejects or takes for something else.
func TestRepairs(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"operator from a parameter", "echo $((1 $op 2)); b", "echo $((1 $op 2)); b"},
		{"assignment to an expansion", "echo $(($1 += 2))", "echo $(($1 += 2))"},
		{"name from pieces", "echo $((x$i++)) \"$((y$i))\"", "echo $((x$i++)) \"$((y$i))\""},
		{"several", "echo $((1 $o 2)) $((3 $o 4)) $((5 + 6))", "echo $((1 $o 2)) $((3 $o 4)) $((5 + 6))"},
		{"nested", "echo $(( $(echo $((1 $op 2))) + 1 ))", "echo $(( $(echo $((1 $op 2))) + 1 ))"},
		{"over lines", "echo $((1\n $op\n 2))\nb", "echo $((1\n $op\n 2))|b"},
		{"wrong at run time only", "echo $((--)) $((1 +)) $(()) $(( )) $((\n))", "echo $((--)) $((1 +)) $(()) $(( )) $((\n))"},
		{"old brackets", "echo $[1 + 2]", "echo $((1 + 2))"},
		{"in a substitution in a string", "echo \"$(a $((1 $op 2)))\"", "echo \"$(a $((1 $op 2)))\""},
		{"in backquotes", "echo `a $((1 \\$op 2))`", "echo $(a $((1 $op 2)))"},
		{"line continuation", "echo $((1 + \\\n2))", "echo $((1 + 2))"},
		{"in a block", "isolate { echo $((1 $op 2)); }", "[isolate {echo $((1 $op 2))}]"},
		{"command", "((1 $op 2)) && b", "<ArithmCmd && b>"},
		{"two subshells", "((a); b)", "((a); b)"},
		{"two subshells in a substitution", "echo $((a); (b)); c", "echo $((a); (b)); c"},
		{"a block in two subshells", "((isolate { a; }); isolate ( b ))", "(([isolate {a}]); [isolate (b)])"},
		{"# in a word, in a subshell", "(echo $v#x); b", "(echo $v#x); b"},
		{"# in a word, in a substitution", "echo $(sed s#$a#\"$b\"#g)", "echo $(sed s#$a#\"$b\"#g)"},
		{"# in a word, in a case", "case a in a) x=$v# y=${v}#z ;; esac; b", "case a) x=$v# y=${v}#z; b"},
		{"# in expansions", "echo ${#v} ${v#$w#} $# $((16#ff)) '$v#' # $v#", "echo ${#v} ${v#$w#} $# $((16#ff)) '$v#'"},
		{"# begins a comment", "(a; #b\nc) # '", "(a; c)"},
		{"let as a function", "let x 1>&2; let 'y = 2'; b let", "let x 1>&2; let 'y = 2'; b let"},
		{"declaration of no name", "(export a.b=1 c); local d=2", "(export a.b=1 c); DeclClause"},
		{"let() as a name", "let() { a; }", "let() {a}"},
	} {
		for how, r := range readers(c.src) {
			out, _ := all(r)
			if got := strings.Join(out, "|"); got != c.want {
				t.Errorf("%s, %s: %q\n got %q\nwant %q", c.name, how, c.src, got, c.want)
			}
		}
	}
}

func TestHereDocumentEndedByEOF(t *testing.T) {
	for _, c := range []struct{ src, body, warning string }{
		{"a\ncat <<E\nx $y", "x $y\n", "t: line 2: warning: here-document ended by the end of the text: expected `E`"},
		{"cat <<'E F'\nx\n", "x\n", "t: line 1: warning: here-document ended by the end of the text: expected `E F`"},
		{"cat <<E", "", "t: line 1: warning: here-document ended by the end of the text: expected `E`"},
	} {
		for how, r := range readers(c.src) {
			_, chunks := all(r)
			if len(chunks) == 0 {
				t.Errorf("%s %q: no commands", how, c.src)
				continue
			}
			last := chunks[len(chunks)-1]
			if len(last.Warnings) != 1 || last.Warnings[0].Error() != c.warning {
				t.Errorf("%s %q: warnings %v, want %q", how, c.src, last.Warnings, c.warning)
			}
			body := ""
			if w := last.Stmts[0].Redirs[0].Hdoc; w != nil {
				for _, p := range w.Parts {
					if lit, ok := p.(*syntax.Lit); ok {
						body += lit.Value
					} else {
						body += Text(last, p)
					}
				}
			}
			if body != c.body {
				t.Errorf("%s %q: body %q, want %q", how, c.src, body, c.body)
			}
		}
	}
}

// A quote in any part of a here-document's word makes the body literal.
func TestQuotedDelimiters(t *testing.T) {
	for _, c := range []struct {
		src     string
		literal bool
	}{
		{"cat <<AB\n$x\nAB\n", false},
		{"cat <<'AB'\n$x\nAB\n", true},
		{"cat <<'A'B\n$x\nAB\n", true},
		{"cat <<\"A\"'B'C | b\n$x\nABC\n", true},
		{"cat <<- A\"B\"C\n\t$x\n\tABC\n", true},
		{"cat <<\\AB\n$x\nAB\n", true},
		{"cat <<A\\B\n$(\nAB\n", true},
		{"cat <<'A'B\n$(\nAB\n", true},
		{"cat \"<<'A'B\" <<AB\n$x\nAB\n", false},
	} {
		chunk, err := Parse("", c.src, opts)
		if err != nil {
			t.Errorf("%q: %v", c.src, err)
			continue
		}
		s := chunk.Stmts[0]
		if pipe, ok := s.Cmd.(*syntax.BinaryCmd); ok {
			s = pipe.X
		}
		lit := s.Redirs[0].Hdoc.Lit()
		if literal := strings.HasPrefix(lit, "$"); literal != c.literal {
			t.Errorf("%q: literal is %v, body %q", c.src, literal, lit)
		}
		if strings.Contains(c.src, `"<<'A'B"`) && Text(chunk, chunk.Stmts[0].Cmd) != `cat "<<'A'B"` {
			t.Errorf("%q: the string has become %q", c.src, Text(chunk, chunk.Stmts[0].Cmd))
		}
	}
}

// The tabs of <<- go, at the beginning of lines and nowhere else.
func TestTabs(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"cat <<-E\n\ta\n\t\tb\tc\n\tE\n", "a\nb\tc\n"},
		{"cat <<-'E'\n\t$a\n\t\tb\n\tE\n", "$a\nb\n"},
		{"cat <<-E\n$x\ta\n\t$y\n\tE\n", "$x\ta\n$y\n"},
		{"cat <<-E\n\ta\\\n\tb\nE\n", "a\tb\n"},
		{"cat <<E\n\ta\nE\n", "\ta\n"},
	} {
		for how, r := range readers(c.src) {
			chunk, err := r.Next()
			if err != nil {
				t.Errorf("%s %q: %v", how, c.src, err)
				continue
			}
			if got := showWord(chunk, chunk.Stmts[0].Redirs[0].Hdoc); got != c.want {
				t.Errorf("%s %q\n got %q\nwant %q", how, c.src, got, c.want)
			}
		}
	}
}

func TestDocument(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"", ""},
		{`$x + "1" $((1 $op 2))`, `$x + "1" $((1 $op 2))`},
		{"$(isolate { a; } | b) \\$", "$(<[isolate {a}] | b>) \\$"},
		{"\\u@\\h:\\w# ", "\\u@\\h:\\w# "},
		{"${x:-isolate { a}\n`b`", "${x:-isolate { a}\n$(b)"},
	} {
		chunk, err := Document("", c.src, opts)
		if err != nil {
			t.Errorf("%q: %v", c.src, err)
			continue
		}
		got := ""
		if chunk.Word != nil {
			got = showWord(chunk, chunk.Word)
		}
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
	}
}

func TestIncomplete(t *testing.T) {
	for _, c := range []struct {
		src  string
		want bool
	}{
		{"a\n", false}, {"", false}, {"# 'x\n", false}, {"# x\\\n", false}, {"a\\\\\n", false}, {"a; )\n", false}, {"fi\n", false},
		{"isolate --pid a\n", false}, {"isolate { a; }\n", false}, {"cat <<E\nE\n", false}, {"echo $((1 $op 2))\n", false},
		{"a \\\n", true}, {"a \\", true}, {"'a\n", true}, {"\"a\n", true}, {"`a\n", true}, {"$(a\n", true}, {"${x\n", true}, {"${x:-a\n", true},
		{"a |\n", true}, {"a &&\n", true}, {"if a\n", true}, {"if a; then\n", true}, {"while a; do\n", true}, {"for i in a\n", true},
		{"case x in\n", true}, {"case x in a) b\n", true}, {"{ a\n", true}, {"(a\n", true}, {"f()\n", true}, {"f() {\n", true},
		{"cat <<E\n", true}, {"cat <<E\nb\n", true}, {"a; (b; $((1 +\n", true}, {"echo $((1 $op\n", true},
		{"isolate {\n", true}, {"limit --pids 3 isolate ( a\n", true}, {"isolate { cat <<E; }\n", true},
	} {
		if got := Incomplete(c.src, opts); got != c.want {
			t.Errorf("Incomplete(%q) = %v", c.src, got)
		}
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"a\nif b; fi\n", "t:2:7: syntax error: unexpected `fi`: it can only be used to end an `if`\n  if b; fi\n        ^^\n"},
		{"a; )", "t:1:4: syntax error: unexpected `)`: it can only be used to close a subshell\n  a; )\n     ^\n"},
		{"echo 'a\nb\n", "t:1:6: syntax error: unclosed quote `'`\n  echo 'a\n       ^\n"},
		{"while a; do b", "t:1:1: syntax error: unclosed `while`: expected `done`\n  while a; do b\n  ^^^^^\n"},
		{"a b (c)", "t:1:5: syntax error: unexpected `(` after a command's words\n  a b (c)\n      ^\n"},
		{"a && ; b", "t:1:3: syntax error: expected a command after `&&`\n  a && ; b\n    ^^\n"},
		{"a; () b", "t:1:4: syntax error: expected a command after `(`\n  a; () b\n     ^^\n"},
		{"isolate { a", "t:1:9: syntax error: unclosed `{`: expected `}`\n  isolate { a\n          ^\n"},
		{"isolate ( ; )", "t:1:9: syntax error: expected a command after `(`\n  isolate ( ; )\n          ^\n"},
		{"f() {\n\tisolate { fi; }\n}", "t:2:12: syntax error: unexpected `fi`: it can only be used to end an `if`\n   isolate { fi; }\n             ^^\n"},
		{"if a; then\r\nb\r\nfi\r\n", "t:1:1: syntax error: expected `then` after `if`: the lines end in a carriage return, as DOS writes them\n  if a; then␍\n  ^^\n  try: sed -i 's/\\r$//' t\n"},
	} {
		for how, r := range readers(c.src) {
			var got string
			for got == "" {
				_, err := r.Next()
				if bad, ok := err.(*SyntaxError); ok {
					got = bad.Problem().Render("")
				} else if err != nil {
					got = err.Error()
				}
			}
			if got != c.want {
				t.Errorf("%s %q\n got %s\nwant %s", how, c.src, got, c.want)
			}
		}
	}
	_, err := Parse("", "a &> b", Options{Posix: true})
	if err != nil && !strings.Contains(err.Error(), "POSIX") {
		t.Errorf("posix: %v", err)
	}
}
