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
	// weight is how deeply its statements are nested.
	weight int
}

// compile makes run; it does so once.
func (b *lazyBody) compile() *lazyBody {
	b.once.Do(func() {
		b.c.nest = &nesting{}
		b.run = b.c.stmt(b.stmt)
		b.weight = b.c.nest.deepest
		b.c, b.stmt = nil, nil
	})
	return b
}

// bodyOf is the function's compiled body; one that came with a hand-over is
// parsed from its source first.
func (sh *Shell) bodyOf(fn *session.Function) (*lazyBody, error) {
	if b, ok := fn.Body.(*lazyBody); ok {
		return b.compile(), nil
	}
	o := sh.langOptions()
	o.Line = fn.Line - 1
	chunk, err := lang.Parse(fn.Script, fn.Source, o)
	if err != nil {
		return nil, err
	}
	c := sh.compiler(chunk)
	b := &lazyBody{run: c.list(chunk.Stmts), weight: c.nest.deepest}
	b.once.Do(func() {})
	fn.Body = b
	return b, nil
}

// langOptions are the parser's options as the session's stand now.
func (sh *Shell) langOptions() lang.Options {
	o := sh.lang
	o.Posix = sh.posix()
	return o
}
