package builtins

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// real reads the argument of a floating-point conversion: a constant of C,
// inf, nan, or a quote and a character. A missing one is 0.
func (p *printer) real(arg string) float64 {
	if arg == "" {
		return 0
	}
	if arg[0] == '\'' || arg[0] == '"' {
		code, _ := character(arg[1:])
		return float64(code)
	}
	s := strings.TrimLeft(arg, " \t\n\v\f\r")
	n, hex := floatPrefix(s)
	text := s[:n]
	if hex && !strings.ContainsAny(text, "pP") {
		text += "p0" // strconv wants the exponent that C leaves out
	}
	v, err := strconv.ParseFloat(text, 64)
	none := n == 0
	overflow := err != nil && !none
	if overflow || none || n < len(s) {
		p.notNumber(arg, s[:n], none, overflow)
	}
	return v
}

// floatPrefix is the length of the longest number at the beginning of s, 0
// when there is none, and whether it is a hexadecimal one.
func floatPrefix(s string) (n int, hex bool) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	for _, word := range [...]string{"infinity", "inf", "nan"} {
		if len(s)-i >= len(word) && strings.EqualFold(s[i:i+len(word)], word) {
			return i + len(word), false
		}
	}
	base, mark := uint32(10), byte('e')
	if len(s)-i > 2 && s[i] == '0' && s[i+1]|0x20 == 'x' && (digit(s[i+2]) < 16 || s[i+2] == '.') {
		base, mark, hex = 16, 'p', true
		i += 2
	}
	begin := i
	i += run(s[i:], base)
	count := i - begin
	if i < len(s) && s[i] == '.' {
		fraction := run(s[i+1:], base)
		if count += fraction; count > 0 {
			i += 1 + fraction
		}
	}
	if count == 0 {
		if hex {
			return begin - 1, false // "0x" without digits: the 0 alone
		}
		return 0, false
	}
	if i < len(s) && s[i]|0x20 == mark {
		e := i + 1
		if e < len(s) && (s[e] == '+' || s[e] == '-') {
			e++
		}
		if k := run(s[e:], 10); k > 0 {
			i = e + k
		}
	}
	return i, hex
}

// run counts the digits at the beginning of s.
func run(s string, base uint32) int {
	n := 0
	for n < len(s) && digit(s[n]) < base {
		n++
	}
	return n
}

// float appends a floating-point number.
func (p *printer) float(cv conversion, v float64) {
	var buf [64]byte
	digits := floatDigits(buf[:0], cv, math.Abs(v))
	sign := ""
	switch {
	case math.Signbit(v):
		sign = "-"
	case cv.plus:
		sign = "+"
	case cv.space:
		sign = " "
	}
	start := len(p.out)
	p.out = append(p.out, sign...)
	if len(digits) > 1 && digits[1]|0x20 == 'x' {
		p.out = append(p.out, digits[:2]...)
		digits = digits[2:]
	}
	if cv.zero && !cv.minus && !math.IsInf(v, 0) && !math.IsNaN(v) {
		p.fill('0', cv.width-(len(p.out)-start)-len(digits))
	}
	p.out = append(p.out, digits...)
	if cv.verb < 'a' {
		upper(p.out[start:])
	}
	p.pad(start, cv)
}

// floatDigits appends v, which is not negative, in lower case as C spells it.
func floatDigits(dst []byte, cv conversion, v float64) []byte {
	switch {
	case math.IsInf(v, 0):
		return append(dst, "inf"...)
	case math.IsNaN(v):
		return append(dst, "nan"...)
	}
	prec := cv.prec
	verb := cv.verb | 0x20
	if prec < 0 && verb != 'a' {
		prec = 6
	}
	switch verb {
	case 'a':
		return hexDigits(strconv.AppendFloat(dst, v, 'x', prec, 64), cv.sharp)
	case 'g':
		prec = max(prec, 1)
		if cv.sharp {
			return sharpG(dst, v, prec)
		}
	}
	out := strconv.AppendFloat(dst, v, verb, prec, 64)
	if cv.sharp && prec == 0 {
		out = withPoint(out)
	}
	return out
}

// sharpG is %#g, which keeps the zeros at the end: style e where the exponent
// is below -4 or not below the precision, else style f.
func sharpG(dst []byte, v float64, prec int) []byte {
	out := strconv.AppendFloat(dst, v, 'e', prec-1, 64)
	e := bytes.LastIndexByte(out, 'e')
	exponent, err := strconv.Atoi(string(out[e+1:]))
	if err == nil && exponent >= -4 && exponent < prec {
		out = strconv.AppendFloat(out[:0], v, 'f', prec-1-exponent, 64)
	}
	return withPoint(out)
}

// withPoint puts a point behind the digits where there is none.
func withPoint(b []byte) []byte {
	if bytes.IndexByte(b, '.') >= 0 {
		return b
	}
	e := bytes.IndexByte(b, 'e')
	if e < 0 {
		return append(b, '.')
	}
	b = append(b, 0)
	copy(b[e+1:], b[e:])
	b[e] = '.'
	return b
}

// hexDigits takes the zero out of strconv's exponent: p+01 is p+1 in C.
func hexDigits(b []byte, sharp bool) []byte {
	p := bytes.IndexByte(b, 'p')
	if len(b) == p+4 && b[p+2] == '0' {
		b[p+2] = b[p+3]
		b = b[:p+3]
	}
	if sharp && bytes.IndexByte(b, '.') < 0 {
		b = append(b, 0)
		copy(b[p+1:], b[p:])
		b[p] = '.'
	}
	return b
}
