package builtins

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// integral is a number as an integer conversion reads its argument: a decimal,
// octal (0…) or hexadecimal (0x…) constant of C with an optional sign, or a
// quote and a character, whose code it is.
type integral struct {
	magnitude uint64
	negative  bool
	overflow  bool
	rest      string // what is left of the argument behind the number
	none      bool   // it does not begin with a number
}

func readIntegral(s string) (v integral) {
	if s != "" && (s[0] == '\'' || s[0] == '"') {
		v.magnitude, _ = character(s[1:])
		return v
	}
	for s != "" && (s[0] == ' ' || s[0] >= '\t' && s[0] <= '\r') {
		s = s[1:]
	}
	if s != "" && (s[0] == '-' || s[0] == '+') {
		v.negative = s[0] == '-'
		s = s[1:]
	}
	base := uint64(10)
	switch {
	case len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' && digit(s[2]) < 16:
		base, s = 16, s[2:]
	case s != "" && s[0] == '0':
		base = 8
	}
	i := 0
	for ; i < len(s); i++ {
		d := uint64(digit(s[i]))
		if d >= base {
			break
		}
		if v.magnitude > (math.MaxUint64-d)/base {
			v.overflow = true
		}
		v.magnitude = v.magnitude*base + d
	}
	v.none, v.rest = i == 0, s[i:]
	return v
}

// character is the code of the first character of s: Unicode's where s is
// UTF-8, else the byte.
func character(s string) (code uint64, rest string) {
	if s == "" {
		return 0, ""
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 {
		return uint64(s[0]), s[1:]
	}
	return uint64(r), s[n:]
}

// signed reads the argument of %d. A missing one is 0.
func (p *printer) signed(arg string) int64 {
	if arg == "" {
		return 0
	}
	v := readIntegral(arg)
	limit := uint64(math.MaxInt64)
	if v.negative {
		limit++
	}
	if v.overflow || v.magnitude > limit {
		v.overflow, v.magnitude = true, limit
	}
	n := int64(v.magnitude)
	if v.negative {
		n = -n
	}
	if v.overflow || v.none || v.rest != "" {
		p.notNumber(arg, strconv.FormatInt(n, 10), v.none, v.overflow)
	}
	return n
}

// whole reads the argument of %u, %o and %x: a negative number counts from
// the top, as in C.
func (p *printer) whole(arg string) uint64 {
	if arg == "" {
		return 0
	}
	v := readIntegral(arg)
	n := v.magnitude
	switch {
	case v.overflow:
		n = math.MaxUint64
	case v.negative:
		n = -n
	}
	if v.overflow || v.none || v.rest != "" {
		p.notNumber(arg, strconv.FormatUint(n, 10), v.none, v.overflow)
	}
	return n
}

// notNumber reports an argument that is no number, or one only in part; the
// conversion goes on with what could be read.
func (p *printer) notNumber(arg, got string, none, overflow bool) {
	switch {
	case overflow:
		p.fail("%s is out of range: taken as %s", arg, got)
	case none:
		p.fail("%s is not a number", arg)
	default:
		p.fail("%s is not a number: taken as %s", arg, got)
	}
}

// integer appends a signed number.
func (p *printer) integer(cv conversion, n int64) {
	if cv.width == 0 && cv.prec < 0 && !cv.plus && !cv.space {
		p.out = strconv.AppendInt(p.out, n, 10)
		return
	}
	magnitude, sign := uint64(n), ""
	switch {
	case n < 0:
		magnitude, sign = -magnitude, "-"
	case cv.plus:
		sign = "+"
	case cv.space:
		sign = " "
	}
	var buf [20]byte
	p.digits(cv, sign, strconv.AppendUint(buf[:0], magnitude, 10), magnitude == 0)
}

// unsigned appends a number in the base of its conversion.
func (p *printer) unsigned(cv conversion, n uint64) {
	var buf [24]byte
	text := buf[:0]
	prefix := ""
	switch cv.verb {
	case 'o':
		if text = strconv.AppendUint(text, n, 8); cv.sharp && n != 0 {
			cv.prec = max(cv.prec, len(text)+1)
		}
	case 'x', 'X':
		if text = strconv.AppendUint(text, n, 16); cv.sharp && n != 0 {
			prefix = "0x"
		}
	default:
		text = strconv.AppendUint(text, n, 10)
	}
	start := len(p.out)
	p.digits(cv, prefix, text, n == 0)
	if cv.verb == 'X' {
		upper(p.out[start:])
	}
}

// digits appends sign or prefix and the digits with at least prec of them,
// filled up to the width. The value 0 with precision 0 has no digits, but for
// %#o.
func (p *printer) digits(cv conversion, prefix string, digits []byte, zero bool) {
	if zero && cv.prec == 0 && !(cv.verb == 'o' && cv.sharp) {
		digits = digits[:0]
	}
	start := len(p.out)
	p.out = append(p.out, prefix...)
	zeros := cv.prec - len(digits)
	if cv.prec < 0 && cv.zero && !cv.minus {
		zeros = cv.width - len(prefix) - len(digits)
	}
	p.fill('0', zeros)
	p.out = append(p.out, digits...)
	p.pad(start, cv)
}

// upper makes ASCII letters capitals.
func upper(b []byte) {
	for i, c := range b {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 0x20
		}
	}
}
