package eval

import (
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/session"
)

// Brace expansion comes before all other expansions: {a,b} and {1..9} make
// several words of one, whose parts are compiled as if they had been written.

// braces expands the braces of words; under posix they are ordinary
// characters.
func (c *compiler) braces(list []*syntax.Word) []*syntax.Word {
	if c.sh.posix() || c.sh.Shopts&session.NoBraces != 0 || !slices.ContainsFunc(list, hasBrace) {
		return list
	}
	var out []*syntax.Word
	for _, w := range list {
		out = append(out, expandBraces(w)...)
	}
	return out
}

func hasBrace(w *syntax.Word) bool {
	for _, p := range w.Parts {
		if lit, ok := p.(*syntax.Lit); ok && strings.IndexByte(lit.Value, '{') >= 0 {
			return true
		}
	}
	return false
}

// expandBraces gives the words that one stands for: itself without braces.
func expandBraces(w *syntax.Word) []*syntax.Word {
	if !hasBrace(w) {
		return []*syntax.Word{w}
	}
	split := &syntax.Word{Parts: slices.Clone(w.Parts)}
	if !syntax.SplitBraces(split) || !slices.ContainsFunc(split.Parts, isBrace) {
		return []*syntax.Word{w}
	}
	var out []*syntax.Word
	for _, parts := range alternatives(split.Parts) {
		if parts = joinLits(parts); len(parts) > 0 {
			out = append(out, &syntax.Word{Parts: parts})
		}
	}
	return out
}

func isBrace(p syntax.WordPart) bool { _, ok := p.(*syntax.BraceExp); return ok }

// alternatives are all the part lists that parts stand for, the leftmost brace
// varying slowest.
func alternatives(parts []syntax.WordPart) [][]syntax.WordPart {
	i := slices.IndexFunc(parts, isBrace)
	if i < 0 {
		return [][]syntax.WordPart{parts}
	}
	before := parts[:i:i]
	rest := alternatives(parts[i+1:])
	var out [][]syntax.WordPart
	for _, middle := range elements(parts[i].(*syntax.BraceExp)) {
		for _, tail := range rest {
			out = append(out, slices.Concat(before, middle, tail))
		}
	}
	return out
}

// elements are what one brace expression stands for.
func elements(b *syntax.BraceExp) [][]syntax.WordPart {
	if b.Sequence {
		return sequence(b)
	}
	var out [][]syntax.WordPart
	for _, e := range b.Elems {
		out = append(out, alternatives(e.Parts)...)
	}
	return out
}

// sequence is {first..last} and {first..last..step} of numbers or letters. The
// step's sign is that of the direction; 0 is 1. A number written with a zero in
// front makes all as wide as the widest.
func sequence(b *syntax.BraceExp) [][]syntax.WordPart {
	first, last := b.Elems[0].Lit(), b.Elems[1].Lit()
	step := int64(1)
	if len(b.Elems) > 2 {
		step, _ = strconv.ParseInt(b.Elems[2].Lit(), 10, 64)
		step = max(step, -step, 1)
	}
	from, err := strconv.ParseInt(first, 10, 64)
	letters := err != nil
	to, _ := strconv.ParseInt(last, 10, 64)
	width := 0
	if letters {
		from, to = int64(first[0]), int64(last[0])
	} else if padded(first) || padded(last) {
		width = max(len(first), len(last))
	}
	var out [][]syntax.WordPart
	for n := from; ; {
		if letters && n == '\\' {
			out = append(out, []syntax.WordPart{&syntax.SglQuoted{}}) // it quotes, in bash
		} else {
			out = append(out, []syntax.WordPart{&syntax.Lit{Value: spelled(n, letters, width)}})
		}
		switch {
		case from <= to && to-n >= step:
			n += step
		case from > to && n-to >= step:
			n -= step
		default:
			return out
		}
	}
}

// padded reports a number with a zero in front.
func padded(s string) bool {
	s = strings.TrimLeft(s, "-+")
	return len(s) > 1 && s[0] == '0'
}

func spelled(n int64, letter bool, width int) string {
	if letter {
		return string(rune(n))
	}
	s := strconv.FormatInt(n, 10)
	if len(s) >= width {
		return s
	}
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	return sign + strings.Repeat("0", width-len(sign)-len(s)) + s
}

// joinLits makes one literal of neighbours, so that a tilde prefix or a bracket
// expression that the braces had cut is whole again.
func joinLits(parts []syntax.WordPart) []syntax.WordPart {
	var out []syntax.WordPart
	for _, p := range parts {
		lit, ok := p.(*syntax.Lit)
		if !ok {
			out = append(out, p)
			continue
		}
		if lit.Value == "" {
			continue
		}
		if n := len(out); n > 0 {
			if longer, rest := longerName(out[n-1], lit.Value); longer != nil {
				out[n-1] = longer
				if rest == "" {
					continue
				}
				lit = &syntax.Lit{Value: rest, ValuePos: lit.ValuePos, ValueEnd: lit.ValueEnd}
			}
			if prev, ok := out[n-1].(*syntax.Lit); ok {
				out[n-1] = &syntax.Lit{Value: prev.Value + lit.Value, ValuePos: prev.ValuePos, ValueEnd: lit.ValueEnd}
				continue
			}
		}
		out = append(out, lit)
	}
	return out
}

// longerName is $v before text that goes on with its name, as in {$v,w}x: brace
// expansion knows only characters, so that this is $vx.
func longerName(p syntax.WordPart, text string) (longer *syntax.ParamExp, rest string) {
	e, ok := p.(*syntax.ParamExp)
	if !ok || !e.Short || e.Param == nil || !session.Valid(e.Param.Value) {
		return nil, text
	}
	n := 0
	for n < len(text) && session.Valid("_"+text[:n+1]) {
		n++
	}
	if n == 0 {
		return nil, text
	}
	long := *e
	long.Param = &syntax.Lit{Value: e.Param.Value + text[:n], ValuePos: e.Param.ValuePos, ValueEnd: e.Param.ValueEnd}
	return &long, text[n:]
}
