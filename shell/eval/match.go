package eval

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/expand"
	"cosh/shell/lang"
	"cosh/shell/pattern"
	"cosh/shell/session"
)

// pattern compiles a word that is a pattern: what is quoted stands for itself.
func (c *compiler) pattern(w *syntax.Word) func(*Shell) *pattern.Pattern {
	return matcher(c.parts(w, inPattern), false)
}

// foldable is pattern where nocasematch counts: in case and in [[ ]].
func (c *compiler) foldable(w *syntax.Word) func(*Shell) *pattern.Pattern {
	return matcher(c.parts(w, inPattern), true)
}

// conditional is the pattern of [[ x = word ]]: what an expansion gives may hold
// groups such as +(a) whatever shopt says, as in bash.
func (c *compiler) conditional(w *syntax.Word) func(*Shell) *pattern.Pattern {
	parts := c.parts(w, inPattern)
	if slices.ContainsFunc(parts, func(p part) bool { return !p.constant }) {
		return dynamicMatcher(parts, pattern.Extended, true)
	}
	return matcher(parts, true)
}

// patternOf makes a pattern of parts, for ${x/pattern/…}.
func patternOf(parts []part) func(*Shell) *pattern.Pattern { return matcher(parts, true) }

// matcher makes a pattern of parts. A constant one is compiled once.
func matcher(parts []part, fold bool) func(*Shell) *pattern.Pattern {
	var constant strings.Builder
	dynamic, mode := false, pattern.Mode(0)
	for i := range parts {
		constant.WriteString(parts[i].glob)
		dynamic = dynamic || !parts[i].constant
		if parts[i].extended {
			mode = pattern.Extended
		}
	}
	if dynamic && !fold && !slices.ContainsFunc(parts, func(p part) bool { return p.meta || p.extended || !p.quoted && !p.constant }) {
		return literalMatcher(joinText(parts))
	}
	if dynamic {
		return dynamicMatcher(parts, mode, fold)
	}
	text := constant.String()
	p := pattern.CompileMode(text, mode)
	var asked session.Shopts // the options that change what the text means
	if mode == 0 && pattern.HasGroup(text) {
		asked = session.ExtGlob
	}
	if fold {
		asked |= session.NoCaseMatch
	}
	if asked == 0 {
		return func(*Shell) *pattern.Pattern { return &p }
	}
	return func(sh *Shell) *pattern.Pattern {
		if sh.Shopts&asked != 0 {
			q := pattern.CompileMode(text, sh.patternMode(mode, fold))
			return &q
		}
		return &p
	}
}

// literalMatcher is for words such as "$x", which match nothing but the text
// they come to.
func literalMatcher(text func(*Shell) string) func(*Shell) *pattern.Pattern {
	return func(sh *Shell) *pattern.Pattern {
		p := pattern.OfText(text(sh))
		return &p
	}
}

// dynamicMatcher compiles a pattern at each use.
func dynamicMatcher(parts []part, mode pattern.Mode, fold bool) func(*Shell) *pattern.Pattern {
	return func(sh *Shell) *pattern.Pattern {
		base := len(sh.buf)
		for i := range parts {
			switch p := &parts[i]; {
			case p.constant:
				sh.buf = append(sh.buf, p.glob...)
			case p.quoted:
				v := p.text(sh)
				sh.buf = pattern.AppendEscaped(sh.buf, v)
			default:
				v := p.text(sh)
				sh.buf = append(sh.buf, v...)
			}
		}
		text := string(sh.buf[base:])
		sh.buf = sh.buf[:base]
		p := pattern.CompileMode(text, sh.patternMode(mode, fold))
		return &p
	}
}

// patternMode adds what shopt has turned on.
func (sh *Shell) patternMode(mode pattern.Mode, fold bool) pattern.Mode {
	if sh.Shopts&session.ExtGlob != 0 {
		mode |= pattern.Extended
	}
	if fold && sh.Shopts&session.NoCaseMatch != 0 {
		mode |= pattern.FoldCase
	}
	return mode
}

// globShopts are the options of shopt that change pathname expansion.
const globShopts = session.ExtGlob | session.GlobStar | session.NullGlob | session.FailGlob | session.DotGlob | session.NoCaseGlob

// pathnames appends the paths that a field with pattern characters matches, or
// the field itself when there are none; extended tells that a group is written
// in the script.
func (sh *Shell) pathnames(glob, plain string, extended bool) {
	n := len(sh.args)
	ignored, _ := sh.GetName("GLOBIGNORE")
	if sh.Shopts&globShopts == 0 && !extended && ignored == "" {
		sh.args = expand.Glob(sh.args, sh.globDir(), glob)
	} else {
		o := expand.Options{Dots: sh.Shopts&session.DotGlob != 0 || ignored != "", Stars: sh.Shopts&session.GlobStar != 0}
		if extended || sh.Shopts&session.ExtGlob != 0 {
			o.Mode = pattern.Extended
		}
		if sh.Shopts&session.NoCaseGlob != 0 {
			o.Mode |= pattern.FoldCase
		}
		sh.args = expand.GlobWith(sh.args, sh.globDir(), glob, o)
		sh.ignorePathnames(n, ignored, o.Mode)
		if len(sh.args) == n && sh.Shopts&(session.NullGlob|session.FailGlob) != 0 &&
			(pattern.IsPattern(glob) || o.Mode&pattern.Extended != 0 && pattern.HasGroup(glob)) {
			if sh.Shopts&session.FailGlob != 0 {
				sh.fail(&lapse{"no match: " + plain})
			}
			return
		}
	}
	if len(sh.args) == n {
		sh.args = append(sh.args, plain)
	}
}

// ignorePathnames takes the paths out that GLOBIGNORE, patterns with colons
// between them, matches; base is where they begin.
func (sh *Shell) ignorePathnames(base int, ignored string, mode pattern.Mode) {
	for ignored != "" {
		var one string
		one, ignored, _ = strings.Cut(ignored, ":")
		p := pattern.CompileMode(one, mode)
		left := slices.DeleteFunc(sh.args[base:], p.Match)
		sh.args = sh.args[:base+len(left)]
	}
}

// hasMeta is pattern.HasMeta for a value, which may hold a group under extglob.
func (sh *Shell) hasMeta(v string) bool {
	return pattern.HasMeta(v) || sh.Shopts&session.ExtGlob != 0 && pattern.HasGroup(v)
}

// extGlob adds an extended pattern. The parser knows only its text; what is
// quoted or expanded in it is found by reading that.
func (c *compiler) extGlob(out []part, g *syntax.ExtGlob) []part {
	group := func(s string) part { return part{constant: true, plain: s, glob: s, meta: true, extended: true} }
	open, text := g.Op.String(), g.Pattern.Value
	if !strings.ContainsAny(text, "'\"\\$`") {
		return append(out, group(open+text+")"))
	}
	o := c.sh.lang
	o.Line = c.line(g) - 1
	pieces, err := lang.Group(c.chunk.Name, text, o)
	if err != nil {
		return append(out, part{text: func(sh *Shell) string { sh.fail(err); return "" }})
	}
	out = append(out, group(open))
	for _, p := range pieces {
		if p.Word == nil {
			out = append(out, group(string(rune(p.Punct))))
			continue
		}
		inner := *c
		inner.chunk = p.Chunk
		out = append(out, inner.parts(p.Word, inPattern)...)
	}
	return append(out, group(")"))
}

// settleMeta takes the mark of a pattern off the parts of a word that are constant
// and together none: a[1 holds no bracket expression.
func settleMeta(parts []part) []part {
	meta := false
	for i := range parts {
		if !parts[i].constant || parts[i].extended {
			return parts
		}
		meta = meta || parts[i].meta
	}
	if !meta {
		return parts
	}
	var whole strings.Builder
	for i := range parts {
		whole.WriteString(parts[i].glob)
	}
	if !pattern.IsPattern(whole.String()) {
		for i := range parts {
			parts[i].meta = false
		}
	}
	return parts
}
