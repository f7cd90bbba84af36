package eval

import (
	"strings"
	"sync/atomic"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/regex"
	"cosh/shell/session"
)

// compiledRegex remembers the last expression of one =~.
type compiledRegex struct {
	text string
	fold bool
	re   *regex.Regexp
	err  error
}

// regexTest is text =~ expression. The match and its groups become BASH_REMATCH;
// without one it is empty.
func (c *compiler) regexTest(left, right *syntax.Word) verdict {
	text, expr := c.text(left), regexText(c.parts(right, inPattern))
	rematch := c.names.ID("BASH_REMATCH")
	var last atomic.Pointer[compiledRegex]
	return func(sh *Shell) (bool, error) {
		v := text(sh)
		e := expr(sh)
		if sh.fault != nil {
			return false, nil
		}
		sh.traceTest(quote(v), "=~", quote(e))
		fold := sh.Shopts&session.NoCaseMatch != 0
		m := last.Load()
		if m == nil || m.text != e || m.fold != fold {
			m = &compiledRegex{text: e, fold: fold}
			m.re, m.err = regex.Compile(e, fold)
			last.Store(m)
		}
		if m.err != nil {
			return false, m.err
		}
		groups := m.re.Match(v)
		sh.setList(rematch, groups)
		return groups != nil, nil
	}
}

// setList makes an indexed array of list.
func (sh *Shell) setList(id session.ID, list []string) {
	err := sh.MakeArray(id, session.Indexed)
	if err == nil {
		err = sh.Clear(id)
	}
	for i := 0; i < len(list) && err == nil; i++ {
		err = sh.SetElem(id, session.Sub{N: int64(i)}, list[i])
	}
	if err != nil {
		sh.fail(err)
	}
}

// regexText joins parts to a regular expression in which what was quoted stands
// for itself.
func regexText(parts []part) func(*Shell) string {
	list := make([]func(*Shell) string, len(parts))
	for i := range parts {
		p := &parts[i]
		switch {
		case p.constant && p.quoted:
			lit := regexLiteral(p.plain)
			list[i] = func(*Shell) string { return lit }
		case p.constant:
			lit := regexUnescaped(p.glob)
			list[i] = func(*Shell) string { return lit }
		case p.quoted:
			text := p.text
			list[i] = func(sh *Shell) string { return regexLiteral(text(sh)) }
		default:
			list[i] = p.text
		}
	}
	if len(list) == 1 {
		return list[0]
	}
	return func(sh *Shell) string {
		var b strings.Builder
		for _, f := range list {
			b.WriteString(f(sh))
		}
		return b.String()
	}
}

// regexSpecial are the characters that mean something in an expression.
const regexSpecial = `\[](){}*+?.^$|`

// regexLiteral is an expression that matches just s.
func regexLiteral(s string) string {
	if !strings.ContainsAny(s, regexSpecial) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(regexSpecial, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// regexUnescaped takes the backslashes away that quote a character without a
// meaning: \d is d.
func regexUnescaped(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if i++; strings.IndexByte(regexSpecial, s[i]) >= 0 {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
