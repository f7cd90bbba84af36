// Package cond evaluates conditions: the primaries of test and [ (XCU test).
package cond

import (
	"fmt"
	"strings"
)

// Env gives what needs the shell. Path joins a path to the virtual working
// directory; Fd maps a virtual descriptor to the process's own.
type Env interface {
	Path(string) string
	Fd(n int) (int, bool)
	// IsSet reports whether a variable or an element, NAME[SUBSCRIPT], is set.
	IsSet(ref string) bool
}

// Test evaluates the arguments of test, or those of [ without the ]. Up to
// four arguments mean what XCU test says for their number; more are read as
// an expression of ! ( ) -a and -o. An error means status 2.
func Test(args []string, e Env) (bool, error) {
	switch len(args) {
	case 0:
		return false, nil
	case 1:
		return args[0] != "", nil
	case 2:
		return two(args, e)
	case 3:
		return three(args, e)
	case 4:
		switch {
		case args[0] == "!":
			return not(three(args[1:], e))
		case args[0] == "(" && args[3] == ")":
			return two(args[1:3], e)
		}
	}
	return expression(args, e)
}

func two(args []string, e Env) (bool, error) {
	if args[0] == "!" {
		return args[1] == "", nil
	}
	return Unary(args[0], args[1], e)
}

func three(args []string, e Env) (bool, error) {
	switch {
	case isBinary(args[1]):
		return Binary(args[1], args[0], args[2], e)
	case args[1] == "-a":
		return args[0] != "" && args[2] != "", nil
	case args[1] == "-o":
		return args[0] != "" || args[2] != "", nil
	case args[0] == "!":
		return not(two(args[1:], e))
	case args[0] == "(" && args[2] == ")":
		return args[1] != "", nil
	}
	return false, fmt.Errorf("%s: unknown binary operator", args[1])
}

func not(v bool, err error) (bool, error) { return !v && err == nil, err }

// Unary evaluates op arg. It fails for an unknown operator and for -t without
// an integer.
func Unary(op string, arg string, e Env) (bool, error) {
	if !isUnary(op) {
		return false, fmt.Errorf("%s: unknown unary operator", op)
	}
	switch op[1] {
	case 'n':
		return arg != "", nil
	case 'z':
		return arg == "", nil
	case 't':
		return isTerminal(arg, e)
	case 'v':
		return e.IsSet(arg), nil
	}
	return file(op[1], arg, e), nil
}

// isUnary reports whether op is a unary primary.
func isUnary(op string) bool {
	return len(op) == 2 && op[0] == '-' && strings.IndexByte("bcdefghknprstuvwxzGLNOS", op[1]) >= 0
}

// Binary evaluates a op b. It fails for an unknown operator and for a
// comparison of what are no integers.
func Binary(op string, a, b string, e Env) (bool, error) {
	switch op {
	case "=", "==":
		return a == b, nil
	case "!=":
		return a != b, nil
	case "<":
		return a < b, nil
	case ">":
		return a > b, nil
	case "-nt", "-ot", "-ef":
		return compareFiles(op, a, b, e), nil
	case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
		return compareInts(op, a, b)
	}
	return false, fmt.Errorf("%s: unknown binary operator", op)
}

func isBinary(op string) bool {
	switch op {
	case "=", "==", "!=", "<", ">", "-nt", "-ot", "-ef", "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
		return true
	}
	return false
}

func compareInts(op, a, b string) (bool, error) {
	m, err := Int(a)
	if err != nil {
		return false, err
	}
	n, err := Int(b)
	if err != nil {
		return false, err
	}
	switch op {
	case "-eq":
		return m == n, nil
	case "-ne":
		return m != n, nil
	case "-lt":
		return m < n, nil
	case "-le":
		return m <= n, nil
	case "-gt":
		return m > n, nil
	}
	return m >= n, nil
}
