package eval

import (
	"strconv"
	"strings"

	"cosh/shell/pattern"
	"cosh/shell/session"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// builder makes fields out of a word's parts: the general way, for words that
// the fast paths of compiler.fields do not know. Fields go to the argument
// stack.
type builder struct {
	sh    *Shell
	plain []byte
	glob  []byte // the field as a pattern, once hasGlob
	// hasGlob: the field has an unquoted pattern character.
	hasGlob bool
	// extended: and a group, @( ), written in the script.
	extended bool
	// started: the field exists even if it is empty.
	started bool
}

func (b *builder) parts(parts []part) {
	for i := range parts {
		p := &parts[i]
		switch {
		case p.constant:
			b.add(p.plain, p.glob, p.meta)
			b.extended = b.extended || p.extended
			b.started = b.started || p.quoted || p.plain != ""
		case p.emit != nil:
			p.emit(b.sh, b)
		case p.quoted:
			b.quoted(p.text(b.sh))
		default:
			b.split(p.text(b.sh))
		}
		if b.sh.fault != nil {
			return
		}
	}
}

// add appends text whose pattern form is glob.
func (b *builder) add(plain, glob string, meta bool) {
	if meta && !b.hasGlob {
		b.hasGlob = true
		b.glob = pattern.AppendEscaped(b.glob[:0], string(b.plain))
	}
	if b.hasGlob {
		b.glob = append(b.glob, glob...)
	}
	b.plain = append(b.plain, plain...)
}

// quoted appends text that stands for itself.
func (b *builder) quoted(s string) {
	b.started = true
	if b.hasGlob {
		b.glob = pattern.AppendEscaped(b.glob, s)
	}
	b.plain = append(b.plain, s...)
}

// unquoted appends a piece of an expansion: it may hold pattern characters.
func (b *builder) unquoted(s string) {
	if s != "" {
		b.started = true
		b.add(s, s, b.sh.hasMeta(s))
	}
}

// end finishes the field, if there is one.
func (b *builder) end() {
	if !b.started {
		return
	}
	sh := b.sh
	if b.hasGlob && sh.Options&session.NoGlob == 0 {
		sh.pathnames(string(b.glob), string(b.plain), b.extended)
	} else {
		sh.args = append(sh.args, string(b.plain))
	}
	b.plain, b.hasGlob, b.started, b.extended = b.plain[:0], false, false, false
}

// split appends the result of an unquoted expansion (XCU 2.6.5).
func (b *builder) split(v string) {
	ifs := b.sh.IFS()
	if !ifs.Any {
		b.unquoted(v)
		return
	}
	i := 0
	for i < len(v) {
		start := i
		for i < len(v) && !ifs.Is(v[i]) {
			i++
		}
		b.unquoted(v[start:i])
		if i == len(v) {
			return
		}
		i = b.separator(v, i)
	}
}

// separator ends a field at v[i] and returns where the next one begins: one
// separator is any IFS white space around at most one other IFS byte.
func (b *builder) separator(v string, i int) int {
	ifs := b.sh.IFS()
	spaces := false
	for i < len(v) && ifs.Space(v[i]) {
		i++
		spaces = true
	}
	if spaces && b.started {
		b.end()
		if i < len(v) && ifs.Is(v[i]) {
			i++
		} else {
			return i
		}
	} else if i < len(v) && ifs.Is(v[i]) {
		b.started = true
		b.end()
		i++
	}
	for i < len(v) && ifs.Space(v[i]) {
		i++
	}
	return i
}

// globDir is where relative patterns start.
func (sh *Shell) globDir() string {
	if sh.OwnDir {
		return sh.Dir
	}
	return "."
}

// splitVar appends the fields of an unquoted $x.
func (sh *Shell) splitVar(id session.ID, text func(*Shell) string) {
	if _, ok := sh.Number(id); ok && !sh.IFS().Digits {
		v, _ := sh.Get(id)
		sh.args = append(sh.args, v)
		return
	}
	sh.split(text(sh))
}

// split appends the fields of an unquoted expansion that is a word of its own.
// Fields of a value without pattern characters are views of it.
func (sh *Shell) split(v string) {
	if v == "" {
		return
	}
	if sh.Options&session.NoGlob == 0 && (strings.ContainsAny(v, `*?[\`) || sh.hasMeta(v)) {
		b := builder{sh: sh}
		b.split(v)
		b.end()
		return
	}
	ifs := sh.IFS()
	i := 0
	for i < len(v) && ifs.Space(v[i]) {
		i++
	}
	for i < len(v) {
		start := i
		for i < len(v) && !ifs.Is(v[i]) {
			i++
		}
		sh.args = append(sh.args, v[start:i])
		for i < len(v) && ifs.Space(v[i]) {
			i++
		}
		if i < len(v) && ifs.Is(v[i]) && !ifs.Space(v[i]) {
			i++
			for i < len(v) && ifs.Space(v[i]) {
				i++
			}
		}
	}
}
