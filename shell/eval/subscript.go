package eval

import (
	"strings"

	"cosh/shell/arith"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// subscript is a compiled [subscript]. What it means is known when it is
// evaluated: an expression for an indexed array, a text for an associative
// one.
type subscript struct {
	raw    string
	all    byte // '@' or '*' when it is just that
	number func(*Shell) int64
	key    func(*Shell) string
}

func (c *compiler) subscript(raw string) *subscript {
	x := &subscript{raw: raw}
	if raw == "@" || raw == "*" {
		x.all = raw[0]
	}
	x.number = c.arithm(raw)
	if !strings.ContainsAny(raw, "$`\\\"'") {
		x.key = func(*Shell) string { return raw }
		return x
	}
	chunk, err := lang.Key(c.chunk.Name, raw, c.sh.lang)
	if err != nil {
		x.key = func(sh *Shell) string { sh.fail(err); return "" }
		return x
	}
	inner := *c
	inner.chunk = chunk
	x.key = inner.text(chunk.Word)
	return x
}

// at evaluates the subscript for the variable id.
func (x *subscript) at(sh *Shell, id session.ID) session.Sub {
	if sh.Kind(id)&session.Assoc != 0 {
		return session.Sub{Key: x.key(sh)}
	}
	if x.all != 0 || strings.TrimSpace(x.raw) == "" {
		sh.fail(&session.SubscriptError{Name: sh.names.Name(id) + "[" + x.raw + "]"})
		return session.Sub{}
	}
	return session.Sub{N: x.number(sh)}
}

// Arithmetic expands and evaluates an expression; see session.Language.
func (sh *Shell) Arithmetic(text string) (int64, error) {
	if strings.ContainsAny(text, "$`\\") {
		var err error
		if text, err = sh.expanded(sh.compiler(emptyChunk).document(text)); err != nil {
			return 0, err
		}
	}
	return arith.Value(text, sh.Session)
}

// Key expands the subscript of an associative array; see session.Language.
func (sh *Shell) Key(text string) (string, error) {
	return sh.expanded(sh.compiler(emptyChunk).subscript(text).key)
}

// expanded runs an expansion whose fault is its own.
func (sh *Shell) expanded(f func(*Shell) string) (string, error) {
	before := sh.fault
	sh.fault = nil
	text := f(sh)
	err := sh.fault
	sh.fault = before
	return text, err
}
