package eval

import (
	"fmt"
	"sync"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/lang"
	"cosh/shell/session"
)

// lazyBody compiles a function's body at its first call: a script defines
// more functions than it uses.
type lazyBody struct {
	once sync.Once
	c    *compiler // nil: the source is parsed first
	stmt *syntax.Stmt
	run  node
	// weight is how deeply its statements are nested.
	weight int
	err    error
}

// bodyOf is the function's compiled body. Virtual subshells may ask at the same
// time.
func (sh *Shell) bodyOf(fn *session.Function) (*lazyBody, error) {
	b, ok := fn.Body.(*lazyBody)
	if !ok {
		return nil, fmt.Errorf("%s: the function has no body", fn.Name)
	}
	b.once.Do(func() {
		if b.c == nil {
			b.err = b.parse(sh, fn)
			return
		}
		b.c.nest = &nesting{}
		b.run = b.c.stmt(b.stmt)
		b.weight = b.c.nest.deepest
		b.c, b.stmt = nil, nil
	})
	return b, b.err
}

// parse compiles the body from its source.
func (b *lazyBody) parse(sh *Shell, fn *session.Function) error {
	o := sh.LangOptions()
	o.Line = fn.Line - 1
	chunk, err := lang.Parse(fn.Script, fn.Source, o)
	if err != nil {
		return err
	}
	c := sh.compiler(chunk)
	b.run = c.list(chunk.Stmts)
	b.weight = c.nest.deepest
	return nil
}

// giveBodies prepares the functions that came with a hand-over.
func giveBodies(s *session.Session) {
	s.Funcs(func(f *session.Function) {
		if f.Body == nil {
			f.Body = &lazyBody{}
		}
	})
}

// LangOptions are the parser's options as the session's stand now.
func (sh *Shell) LangOptions() lang.Options {
	o := sh.lang
	o.Posix = sh.posix()
	return o
}
