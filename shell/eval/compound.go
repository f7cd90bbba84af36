package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/lang"
	"cosh/shell/pattern"
	"cosh/shell/session"
)

// subshell compiles ( list ): a virtual subshell, but under job control a
// process, which can be stopped as a whole.
func (c *compiler) subshell(cmd *syntax.Subshell) node {
	body := c.list(cmd.Stmts)
	if c.tail[cmd] {
		return body
	}
	h := handover{text: lang.Text(c.chunk, cmd), line: c.line(cmd), script: c.chunk.Name}
	asks := mentionsPid(h.text)
	return func(sh *Shell) ctl {
		if sh.monitored() || sh.mustBeProcess(asks) {
			return sh.errexit(sh.foregroundSelf(h))
		}
		sub := sh.fork()
		sh.Status = sub.run(body)
		return sh.errexit(ctlNext)
	}
}

// condition runs a list where -e does not bite.
func condition(sh *Shell, cond node) ctl {
	sh.guard++
	r := cond(sh)
	sh.guard--
	return r
}

func (c *compiler) ifClause(cmd *syntax.IfClause) node {
	if len(cmd.Cond) == 0 { // the else branch
		return c.list(cmd.Then)
	}
	cond, then := c.list(cmd.Cond), c.list(cmd.Then)
	var otherwise node
	if cmd.Else != nil {
		otherwise = c.ifClause(cmd.Else)
	}
	return func(sh *Shell) ctl {
		if r := condition(sh, cond); r != ctlNext {
			return r
		}
		if sh.Status == 0 {
			return then(sh)
		}
		if otherwise != nil {
			return otherwise(sh)
		}
		sh.Status = 0
		return ctlNext
	}
}

// turn handles how a loop's body ended: stop says that the loop ends with r.
func (sh *Shell) turn(r ctl) (stop bool, out ctl) {
	switch r {
	case ctlNext:
		return false, ctlNext
	case ctlBreak:
		sh.levels--
		if sh.levels > 0 {
			return true, ctlBreak
		}
		return true, ctlNext
	case ctlContinue:
		sh.levels--
		if sh.levels > 0 {
			return true, ctlContinue
		}
		return false, ctlNext
	}
	return true, r
}

func (c *compiler) while(cmd *syntax.WhileClause) node {
	cond, body := c.list(cmd.Cond), c.list(cmd.Do)
	until := cmd.Until
	return func(sh *Shell) ctl {
		status := 0
		sh.Loops++
		defer func() { sh.Loops-- }()
		for {
			if r := condition(sh, cond); r != ctlNext {
				if stop, out := sh.turn(r); stop {
					return out
				}
				continue
			}
			if (sh.Status == 0) == until {
				sh.Status = status
				return ctlNext
			}
			r := body(sh)
			if stop, out := sh.turn(r); stop {
				return out
			}
			status = sh.Status
			if sh.process.pending.Load() != 0 {
				if r := sh.takeSignals(); r != ctlNext {
					return r
				}
			}
		}
	}
}

func (c *compiler) forClause(cmd *syntax.ForClause) node {
	if cmd.Select {
		return c.selectClause(cmd)
	}
	body := c.watchedTurn(cmd, c.list(cmd.Do))
	switch loop := cmd.Loop.(type) {
	case *syntax.WordIter:
		return c.forWords(loop, body)
	case *syntax.CStyleLoop:
		return c.forArithm(loop, body)
	}
	return c.refuse(cmd)
}

func (c *compiler) forWords(loop *syntax.WordIter, body node) node {
	if !session.Valid(loop.Name.Value) {
		return c.badName(loop.Name)
	}
	id := c.names.ID(loop.Name.Value)
	return c.overWords(loop, func(sh *Shell, values []string) ctl { return sh.forEach(id, values, body) })
}

// overWords expands the words of for and select and runs the loop on them.
func (c *compiler) overWords(loop *syntax.WordIter, run func(sh *Shell, values []string) ctl) node {
	line := c.line(loop)
	items := c.words(loop.Items)
	params := !loop.InPos.IsValid()
	return func(sh *Shell) ctl {
		sh.Line = line
		base := len(sh.args)
		values := sh.Params
		if !params {
			if !sh.expand(items) {
				sh.args = sh.args[:base]
				return sh.fatal()
			}
			values = sh.args[base:len(sh.args):len(sh.args)]
		}
		sh.Status = 0
		sh.Loops++
		r := run(sh, values)
		sh.Loops--
		sh.args = sh.args[:base]
		return r
	}
}

// badName is a for loop over what cannot be a variable.
func (c *compiler) badName(name *syntax.Lit) node {
	line := c.line(name)
	return func(sh *Shell) ctl {
		sh.Line = line
		sh.failf("for %s: the variable of a loop is a name: letters, digits and _, no digit first", name.Value)
		return sh.fatal()
	}
}

func (sh *Shell) forEach(id session.ID, values []string, body node) ctl {
	reference := sh.FlagsOf(id)&session.NameRef != 0
	for _, v := range values {
		if reference {
			if err := sh.Refer(id, v); err != nil {
				sh.fail(err)
				return sh.fatal()
			}
		} else if err := sh.Set(id, v); err != nil {
			sh.fail(err)
			return sh.fatal()
		}
		if stop, out := sh.turn(body(sh)); stop {
			return out
		}
		if sh.process.pending.Load() != 0 {
			if r := sh.takeSignals(); r != ctlNext {
				return r
			}
		}
	}
	return ctlNext
}

// forArithm is for ((init; cond; post)).
func (c *compiler) forArithm(loop *syntax.CStyleLoop, body node) node {
	init, cond, post := c.arithmPart(loop.Init), c.arithmPart(loop.Cond), c.arithmPart(loop.Post)
	return func(sh *Shell) ctl {
		sh.Loops++
		defer func() { sh.Loops-- }()
		if init != nil {
			init(sh)
		}
		status := 0
		for sh.fault == nil {
			if cond != nil && (cond(sh) == 0 || sh.fault != nil) {
				break
			}
			if stop, out := sh.turn(body(sh)); stop {
				return out
			}
			status = sh.Status
			if post != nil {
				post(sh)
			}
			if sh.process.pending.Load() != 0 {
				if r := sh.takeSignals(); r != ctlNext {
					return r
				}
			}
		}
		if sh.fault != nil {
			return sh.fatal()
		}
		sh.Status = status
		return ctlNext
	}
}

func (c *compiler) arithmCommand(cmd *syntax.ArithmCmd) node {
	f, line, text := c.arithmPart(cmd.X), c.line(cmd), c.chunk.Arith(cmd)
	return func(sh *Shell) ctl {
		sh.Line = line
		if sh.Options&session.XTrace != 0 && !sh.noEcho {
			sh.message(sh.ps4() + "((" + text + "))")
		}
		n := f(sh)
		if sh.fault != nil {
			sh.report(sh.fault)
			sh.fault, n = nil, 0
		}
		sh.Status = 0
		if n == 0 {
			sh.Status = 1
		}
		sh.alone()
		return sh.errexit(ctlNext)
	}
}

type caseArm struct {
	dynamic []func(*Shell) *pattern.Pattern
	body    node
	end     syntax.CaseOperator
}

func (c *compiler) caseClause(cmd *syntax.CaseClause) node {
	word := c.text(cmd.Word)
	line := c.line(cmd)
	arms := make([]caseArm, len(cmd.Items))
	for i, item := range cmd.Items {
		arms[i] = caseArm{body: c.list(item.Stmts), end: item.Op}
		for _, w := range item.Patterns {
			arms[i].dynamic = append(arms[i].dynamic, c.foldable(w))
		}
		if len(item.Stmts) == 0 {
			arms[i].body = func(sh *Shell) ctl { sh.Status = 0; return ctlNext }
		}
	}
	return func(sh *Shell) ctl {
		sh.Line = line
		sh.last = 0
		text := word(sh)
		if sh.fault != nil {
			return sh.fatal()
		}
		hit := sh.match(arms, text, 0)
		if sh.fault != nil {
			return sh.fatal()
		}
		if hit < 0 {
			sh.Status = 0
			return ctlNext
		}
		return sh.runArms(arms, text, hit)
	}
}

// match is the first arm from i on that matches, -1 when none does.
func (sh *Shell) match(arms []caseArm, text string, i int) int {
	for ; i < len(arms); i++ {
		for _, f := range arms[i].dynamic {
			if p := f(sh); p.Match(text) && sh.fault == nil {
				return i
			}
		}
	}
	return -1
}

// runArms runs the arm i, and what ;& and ;;& lead on to.
func (sh *Shell) runArms(arms []caseArm, text string, i int) ctl {
	for {
		if r := arms[i].body(sh); r != ctlNext {
			return r
		}
		switch arms[i].end {
		case syntax.Fallthrough:
			i++
			if i == len(arms) {
				return ctlNext
			}
		case syntax.Resume:
			if i = sh.match(arms, text, i+1); i < 0 {
				return ctlNext
			}
		default:
			return ctlNext
		}
	}
}
