package eval

import (
	"sync"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/lang"
	"cosh/shell/session"
)

// lazyBody compiles a function's body at its first call: a script defines
// more functions than it uses.
type lazyBody struct {
	once sync.Once
	c    *compiler
	stmt *syntax.Stmt
	run  node
}

func (b *lazyBody) node() node {
	b.once.Do(func() {
		b.run = b.c.stmt(b.stmt)
		b.c, b.stmt = nil, nil
	})
	return b.run
}

// bodyOf is the function's compiled body; one that came with a hand-over is
// parsed from its source first.
func (sh *Shell) bodyOf(fn *session.Function) (node, error) {
	if b, ok := fn.Body.(*lazyBody); ok {
		return b.node(), nil
	}
	o := sh.langOptions()
	o.Line = fn.Line - 1
	chunk, err := lang.Parse(fn.Script, fn.Source, o)
	if err != nil {
		return nil, err
	}
	run := sh.compiler(chunk).list(chunk.Stmts)
	b := &lazyBody{run: run}
	b.once.Do(func() {})
	fn.Body = b
	return run, nil
}

// langOptions are the parser's options as the session's stand now.
func (sh *Shell) langOptions() lang.Options {
	o := sh.lang
	o.Posix = sh.posix()
	return o
}
