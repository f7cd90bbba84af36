package eval

import (
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"cosh/builtins"
	"cosh/shell/files"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// FuzzCompile holds that whatever parses can be compiled. Nothing is run.
func FuzzCompile(f *testing.F) {
	for _, src := range []string{
		"! a | b |& c && { d; } &\n",
		"x=$((1 $op 2)) y+=${z:-\"${q#'*'}\"} f <&3 >|g <<E\n$x ${u-'q'}\nE\n",
		"for ((i=0;i<3;i++)); do case $i in (a|b) break 2;& *) ;; esac; done\n",
		"f() ( return ) >x; function g { local a=~:~b; }; [[ a = b ]]; ((x))\n",
		"limit --pids 3 isolate { a; } | b & (isolate ( c ))\n",
		"export a=b{1,2} c; readonly d[1]=2; echo $'\\x41' ${x/a/b} ${x:1:2} ${!n} ${a[@]}\n",
		"if a; then b; elif c; then d; else e; fi <f; until g; do h; done; time i\n",
	} {
		f.Add(src)
	}
	sh := New(Config{Session: session.New(session.NewNames()), Files: &files.Table{}, Registry: &builtins.Registry{}})
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 4096 {
			return
		}
		chunk, err := lang.Parse("", src, sh.LangOptions())
		if err != nil {
			return
		}
		c := sh.compiler(chunk)
		c.markTail(chunk.Stmts)
		c.list(chunk.Stmts)
		for _, s := range chunk.Stmts {
			syntax.Walk(s, func(n syntax.Node) bool { // bodies wait for a call
				if fn, ok := n.(*syntax.FuncDecl); ok {
					c.stmt(fn.Body)
				}
				return true
			})
		}
	})
}
