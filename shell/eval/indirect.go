package eval

import (
	"sort"
	"strings"
	"sync/atomic"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/session"
)

// excl compiles the expansions that begin with ${!: subscripts, names, and
// the parameter whose name another one holds.
func (c *compiler) excl(e *syntax.ParamExp, quoted bool) part {
	name := e.Param.Value
	raw, subscripted := c.chunk.Subscript(e)
	plain := e.Exp == nil && e.Repl == nil && e.Slice == nil
	switch {
	case e.Names != 0:
		list := byte('@')
		if e.Names == syntax.NamesPrefix {
			list = '*'
		}
		return listPart(list, quoted, func(sh *Shell, dst []string) []string { return sh.namesWith(name, dst) })
	case subscripted && plain && (raw == "@" || raw == "*") && session.Valid(name):
		id := c.names.ID(name)
		return listPart(raw[0], quoted, func(sh *Shell, dst []string) []string {
			assoc := sh.Kind(id) == session.Assoc
			sh.EachElem(id, func(sub session.Sub, _ string) {
				if assoc {
					dst = append(dst, sub.Key)
				} else {
					dst = append(dst, itoa(sub.N))
				}
			})
			return dst
		})
	}
	p := c.parameter(name)
	if subscripted {
		p = c.element(p, raw)
	}
	return c.indirect(p, e, quoted, plain)
}

// namesWith appends the names of the variables that begin with prefix.
func (sh *Shell) namesWith(prefix string, dst []string) []string {
	n := len(dst)
	sh.Each(session.Set, func(_ session.ID, name, _ string, _ session.Flag) {
		if strings.HasPrefix(name, prefix) {
			dst = append(dst, name)
		}
	})
	sort.Strings(dst[n:])
	return dst
}

// pointed is an indirect expansion compiled for the name that the parameter
// held the last time.
type pointed struct {
	ref  string
	part part
}

// indirect is ${!x…}: the expansion of the parameter that x names.
func (c *compiler) indirect(p parameter, e *syntax.ParamExp, quoted, plain bool) part {
	direct := *e
	direct.Excl, direct.Index = false, nil
	later := *c
	var last atomic.Pointer[pointed]
	find := func(sh *Shell) *part {
		if p.id != 0 && plain {
			if target, ok := sh.Target(p.id); ok {
				return &part{quoted: true, constant: true, plain: target, glob: target}
			}
		}
		ref, ok := p.get(sh)
		if sh.fault != nil {
			return nil
		}
		if got := last.Load(); got != nil && got.ref == ref {
			return &got.part
		}
		target, valid := later.reference(ref)
		if !ok || !valid {
			what := "invalid indirect expansion"
			if ok {
				what = ref + ": invalid variable name"
			}
			sh.failf("%s: %s", p.name, what)
			return nil
		}
		made := &pointed{ref, later.expansion(target, &direct, quoted)}
		last.Store(made)
		return &made.part
	}
	return part{quoted: quoted,
		text: func(sh *Shell) string {
			if p := find(sh); p != nil {
				return joinText([]part{*p})(sh)
			}
			return ""
		},
		emit: func(sh *Shell, b *builder) {
			if p := find(sh); p != nil {
				b.parts([]part{*p})
			}
		}}
}

// reference is the parameter that a text names: x, 1, @, a[i].
func (c *compiler) reference(ref string) (parameter, bool) {
	name, sub, elem := session.SplitRef(ref)
	switch {
	case name == "":
		return parameter{}, false
	case elem:
		if !session.Valid(name) {
			return parameter{}, false
		}
		return c.element(c.parameter(name), sub), true
	case session.Valid(name), len(name) == 1 && strings.IndexByte("@*#?-$!", name[0]) >= 0:
		return c.parameter(name), true
	case strings.Trim(name, "0123456789") == "":
		return c.parameter(name), true
	}
	return parameter{}, false
}
