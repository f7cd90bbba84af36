package cond

import (
	"errors"
	"fmt"
)

// maxNesting bounds the parentheses and ! in one expression.
const maxNesting = 1000

// expression evaluates arguments of any number:
//
//	or      = and { -o and }
//	and     = factor { -a factor }
//	factor  = ! factor | ( or ) | word binary word | unary word | word
func expression(args []string, e Env) (bool, error) {
	p := parser{args: args, env: e}
	v, err := p.or()
	if err == nil && len(p.args) > 0 {
		err = fmt.Errorf("%s: unexpected argument", p.args[0])
	}
	return v && err == nil, err
}

// parser holds the arguments that have not been read.
type parser struct {
	args    []string
	env     Env
	nesting int
}

func (p *parser) take(word string) bool {
	if len(p.args) == 0 || p.args[0] != word {
		return false
	}
	p.args = p.args[1:]
	return true
}

func (p *parser) or() (bool, error) {
	v, err := p.and()
	for err == nil && p.take("-o") {
		var w bool
		w, err = p.and()
		v = v || w
	}
	return v, err
}

func (p *parser) and() (bool, error) {
	v, err := p.factor()
	for err == nil && p.take("-a") {
		var w bool
		w, err = p.factor()
		v = v && w
	}
	return v, err
}

func (p *parser) factor() (bool, error) {
	if len(p.args) == 0 {
		return false, errors.New("argument expected")
	}
	if p.nesting++; p.nesting > maxNesting {
		return false, errors.New("expression is nested too deeply")
	}
	defer func() { p.nesting-- }()
	first := p.args[0]
	switch {
	case len(p.args) > 2 && isBinary(p.args[1]):
		op, second := p.args[1], p.args[2]
		p.args = p.args[3:]
		return Binary(op, first, second, p.env)
	case first == "!" && len(p.args) > 1:
		p.args = p.args[1:]
		return not(p.factor())
	case first == "(" && len(p.args) > 1:
		p.args = p.args[1:]
		v, err := p.or()
		if err == nil && !p.take(")") {
			err = errors.New("missing )")
		}
		return v, err
	case isUnary(first) && len(p.args) > 1:
		second := p.args[1]
		p.args = p.args[2:]
		return Unary(first, second, p.env)
	}
	p.args = p.args[1:]
	return first != "", nil
}
