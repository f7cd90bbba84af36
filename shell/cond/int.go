package cond

import (
	"errors"
	"math"
)

var (
	errNotInteger = errors.New("not an integer")
	errRange      = errors.New("integer out of range")
)

// IntError is an operand that is no integer, or none of 64 bits.
type IntError struct {
	Text string
	Err  error
}

func (e *IntError) Error() string {
	if e.Text == "" {
		return "empty operand: " + e.Err.Error()
	}
	return e.Text + ": " + e.Err.Error()
}

func (e *IntError) Unwrap() error { return e.Err }

// Int reads an integer as test does: decimal digits, perhaps a sign, blanks
// around them. It fails with *IntError.
func Int(s string) (int64, error) {
	i, end := 0, len(s)
	for i < end && isBlank(s[i]) {
		i++
	}
	for end > i && isBlank(s[end-1]) {
		end--
	}
	negative := false
	if i < end && (s[i] == '-' || s[i] == '+') {
		negative = s[i] == '-'
		i++
	}
	if i == end {
		return 0, &IntError{s, errNotInteger}
	}
	var n uint64 // of the magnitude, which may be one more than MaxInt64
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	inRange := true
	for ; i < end; i++ {
		d := uint64(s[i] - '0')
		if d > 9 {
			return 0, &IntError{s, errNotInteger}
		}
		if n > (limit-d)/10 {
			inRange = false
			continue
		}
		n = n*10 + d
	}
	switch {
	case !inRange:
		return 0, &IntError{s, errRange}
	case negative:
		return -int64(n), nil
	}
	return int64(n), nil
}

// isBlank is isspace(3) in the C locale, which strtol(3) skips.
func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }
