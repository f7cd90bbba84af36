package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/command"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// maxDepth bounds nested function calls and evals; each level needs a few
// hundred bytes to some kilobytes of Go's stack, whose own limit is 1 GB.
const maxDepth = 10000

// manyFunctions is how many definitions keep their syntax trees until they are
// called; those after them are parsed again from their source, which takes a
// fiftieth of the memory.
const manyFunctions = 10_000

// function compiles a definition.
func (c *compiler) function(cmd *syntax.FuncDecl) node {
	if cmd.Name == nil {
		return c.refuse(cmd)
	}
	name := cmd.Name.Value
	id := c.names.ID(name)
	b := c.sh.registry.Lookup(name)
	special := b != nil && b.Kind == command.Special
	fn := &session.Function{
		Name:   name,
		Source: lang.Text(c.chunk, cmd.Body),
		Script: c.chunk.Name,
		Line:   c.line(cmd.Body),
	}
	later, asks := *c, mentionsPid(fn.Source)
	return func(sh *Shell) ctl {
		if special {
			sh.failf("%s: a special builtin cannot be defined as a function", name)
			return sh.fatal()
		}
		def := *fn
		def.Body = &lazyBody{}
		if sh.definitions.Add(1) < manyFunctions {
			def.Body = &lazyBody{c: &later, stmt: cmd.Body}
		}
		sh.SetFunc(id, &def)
		if asks {
			sh.functionAsksPid.Store(true)
		}
		sh.Status = 0
		return ctlNext
	}
}

// call runs a function. Its arguments are the positional parameters; they may
// be a view of the argument stack.
func (sh *Shell) call(fn *session.Function, args []string) ctl {
	if sh.Depth >= maxDepth || sh.tooDeep() {
		sh.failf("%s: function calls are nested too deeply (%d)", fn.Name, sh.Depth)
		return sh.fatal()
	}
	body, err := sh.bodyOf(fn)
	if err != nil {
		sh.fail(err)
		return sh.fatal()
	}
	params, loops, getopt := sh.Params, sh.Loops, sh.Getopt()
	sh.Params, sh.Loops = args, 0
	frame := sh.EnterFunction()
	sh.Frames = append(sh.Frames, session.Frame{Func: fn, Line: sh.Line})
	line := sh.Line
	if sh.Traps.Watched() {
		sh.entering(fn)
	}
	sh.nest += body.weight + 1
	r := body.run(sh)
	sh.nest -= body.weight + 1
	if sh.Traps.Watched() {
		r = sh.returning(r)
	}
	sh.Frames = sh.Frames[:len(sh.Frames)-1]
	sh.LeaveFunction(frame)
	sh.Line = line
	sh.Params, sh.Loops = params, loops
	sh.SetGetopt(getopt)
	switch r {
	case ctlReturn, ctlBreak, ctlContinue:
		r = ctlNext
	}
	return r
}

// builtin runs a builtin and does what it asked for.
func (sh *Shell) builtin(b *command.Builtin, argv []string, block *block) ctl {
	if sh.ncalls == len(sh.calls) {
		sh.calls = append(sh.calls, &command.Call{})
	}
	c := sh.calls[sh.ncalls]
	sh.ncalls++
	c.Reset(argv[0], argv[1:])
	c.State, c.Shell = sh.Session, sh
	if block != nil {
		c.Block = block
	}
	if len(sh.compounds) > 0 {
		sh.takeCompounds(c, len(sh.args)-len(argv)+1)
	}
	status := b.Run(c)
	if err := c.Flush(); err != nil {
		status = sh.writeFailed(b.Name, err)
	}
	sh.ncalls--
	r := sh.pending
	sh.pending = ctlNext
	if r == ctlNext || r == ctlBreak || r == ctlContinue {
		sh.Status = status
	}
	if r == ctlNext && b.Kind == command.Special && c.Failed() {
		return sh.abort() // a usage error ends a script (XCU 2.8.1)
	}
	if r == ctlNext && sh.process.pending.Load() != 0 {
		return sh.takeSignals()
	}
	return r
}
