// Package arith evaluates arithmetic expansion, $(( )) (XCU 2.6.4): the
// operators of C on signed 64-bit integers that wrap, with ** as in ksh and
// bash. An expression is compiled once to closures.
package arith

import (
	"errors"
	"strconv"

	"cosh/shell/session"
)

// ErrNeedsExpansion says that only the text after expansion shows what the
// expression is: the caller expands it as in double quotes and hands the
// result to Value.
var ErrNeedsExpansion = errors.New("arithmetic expression needs expansion first")

// Error is an expression that has no value, or a text that is none.
type Error struct {
	Reason string
	Text   string // the whole expression
}

func (e *Error) Error() string { return e.Reason + ": " + strconv.Quote(e.Text) }

// UnsetError is the use of an unset variable under the option NoUnset.
type UnsetError struct{ Name string }

func (e *UnsetError) Error() string { return e.Name + ": parameter not set" }

// Expr is a compiled expression. It may be evaluated by several goroutines at
// once, each with a session of its own.
type Expr struct {
	eval node
	// dollars are the operands written $x when they have to be looked at
	// before anything else happens; see parser.dollarsFirst.
	dollars []node
}

// node computes a part of an expression. depth counts the variables whose
// values are being evaluated as expressions around it.
type node func(s *session.Session, depth int) (int64, error)

// Parse compiles src; its names become slots. $x, ${x}, $1 to $9, $# and $?
// become operands. It fails with ErrNeedsExpansion for all other expansions
// and those that form only a part of a token, and with *Error. An empty
// text is 0.
func Parse(src string, names *session.Names) (*Expr, error) {
	return parse(src, names, true)
}

// Eval computes the value. It fails with ErrNeedsExpansion, before anything
// has been assigned, when the value of a $ operand is not a canonical
// decimal; with *Error, *UnsetError or *session.ReadonlyError.
func (e *Expr) Eval(s *session.Session) (int64, error) {
	for _, d := range e.dollars {
		if _, err := d(s, 0); err != nil {
			return 0, err
		}
	}
	return e.eval(s, 0)
}

// Value evaluates a text that has been expanded already: a $ in it is a
// syntax error. It fails with *Error, *UnsetError or *session.ReadonlyError.
func Value(text string, s *session.Session) (int64, error) {
	return valueOf(text, s, 0)
}

func valueOf(text string, s *session.Session, depth int) (int64, error) {
	e, err := parse(text, s.Names, false)
	if err != nil {
		return 0, err
	}
	return e.eval(s, depth)
}
