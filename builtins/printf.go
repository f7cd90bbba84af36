package builtins

import (
	_ "embed" // the help page
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed printf.md
var printfPage string

var printfFlags = []command.Flag{
	{Name: "variable", Letter: 'v', Arg: "NAME", Help: "assign the result to NAME, write nothing"},
}

// printf writes its arguments under the control of a format (XBD 5, XCU
// printf). The format is used again as long as arguments are left.
func printf(c *command.Call) int {
	o := options{flags: printfFlags, words: c.Args}
	variable := ""
	for o.next() {
		variable = o.value
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) == 0:
		return c.Usage("the format is missing")
	case variable != "" && !session.ValidRef(variable):
		return c.Usage("%s is not a name", variable)
	}
	p := printer{call: c, args: o.words[1:], aside: variable != ""}
	if !p.aside {
		p.out = c.Out()
	}
	for format := o.words[0]; ; {
		before := len(p.args)
		if !p.pass(format) || len(p.args) == 0 || len(p.args) == before {
			break
		}
	}
	if !p.aside {
		c.SetOut(p.out)
	} else if err := c.State.SetRef(variable, string(p.out)); err != nil {
		return c.Errorf(1, "%v", err)
	}
	return p.status
}

// printer is one run of printf.
type printer struct {
	call   *command.Call
	out    []byte
	args   []string
	aside  bool // out goes to a variable, not to the standard output
	status int
}

// pass goes through the format once. It reports false where nothing may be
// written any more: after \c, and after a conversion that there is not.
func (p *printer) pass(format string) bool {
	for {
		i := 0
		for i < len(format) && format[i] != '%' && format[i] != '\\' {
			i++
		}
		p.out = append(p.out, format[:i]...)
		if i == len(format) {
			return true
		}
		mark := format[i]
		format = format[i+1:]
		n, goOn := 0, true
		switch {
		case mark == '\\':
			p.out, n, _ = appendEscape(p.out, format, inFormat)
		case format != "" && format[0] == '%':
			p.out = append(p.out, '%')
			n = 1
		default:
			n, goOn = p.directive(format)
		}
		if !goOn {
			return false
		}
		format = format[n:]
	}
}

// conversion is what stands between % and the letter.
type conversion struct {
	minus, plus, space, sharp, zero bool

	width int
	prec  int // -1: none
	verb  byte
}

// widest is the most that a width or a precision may be, in bytes.
const widest = 1 << 26

// directive performs the conversion at the beginning of s, which begins
// behind the %, and returns its length.
func (p *printer) directive(s string) (n int, goOn bool) {
	cv := conversion{prec: -1}
	n = cv.flags(s)
	cv.width, n = p.measure(s, n)
	if cv.width < 0 {
		cv.minus, cv.width = true, -cv.width
	}
	if n < len(s) && s[n] == '.' {
		cv.prec, n = p.measure(s, n+1)
		cv.prec = max(cv.prec, -1) // a negative one counts as none
	}
	for n < len(s) && strings.IndexByte("hlLjzt", s[n]) >= 0 {
		n++ // the sizes of C's types mean nothing here
	}
	if end := timeFormat(s, n); end >= 0 {
		p.clock(cv, s[n+1:end])
		return end + len(")T"), true
	}
	if n == len(s) {
		p.fail("%%%s: the conversion's letter is missing", s)
		return n, false
	}
	if cv.width > widest || cv.prec > widest {
		p.fail("%%%s: too wide", s[:n+1])
		return n, false
	}
	cv.verb = s[n]
	if !p.convert(cv, s[:n+1]) {
		return n + 1, false
	}
	return n + 1, true
}

// flags reads the flags and returns how many bytes they take.
func (cv *conversion) flags(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '-':
			cv.minus = true
		case '+':
			cv.plus = true
		case ' ':
			cv.space = true
		case '#':
			cv.sharp = true
		case '0':
			cv.zero = true
		default:
			return i
		}
	}
	return len(s)
}

// measure reads a width or a precision at s[i:], "*" from an argument.
func (p *printer) measure(s string, i int) (n, next int) {
	if i < len(s) && s[i] == '*' {
		v := p.signed(p.next())
		return int(min(max(v, -widest-1), widest+1)), i + 1
	}
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n = min(n*10+int(s[i]-'0'), widest+1)
	}
	return n, i
}

// convert appends one converted argument. It reports false at the end of all
// output.
func (p *printer) convert(cv conversion, text string) bool {
	switch cv.verb {
	case 's':
		arg := p.next()
		if cv.prec >= 0 && cv.prec < len(arg) {
			arg = arg[:cv.prec]
		}
		start := len(p.out)
		p.out = append(p.out, arg...)
		p.pad(start, cv)
	case 'd', 'i':
		p.integer(cv, p.signed(p.next()))
	case 'u', 'o', 'x', 'X':
		p.unsigned(cv, p.whole(p.next()))
	case 'c':
		start := len(p.out)
		if arg := p.next(); arg != "" {
			p.out = append(p.out, arg[0])
		} else {
			p.out = append(p.out, 0)
		}
		p.pad(start, cv)
	case 'b':
		start := len(p.out)
		out, stop := appendEscaped(p.out, p.next(), inArgument)
		p.out = out
		p.cut(start, cv)
		return !stop
	case 'q':
		start := len(p.out)
		p.out = appendEscapedWord(p.out, p.next())
		p.cut(start, cv)
	case 'a', 'A', 'e', 'E', 'f', 'F', 'g', 'G':
		p.float(cv, p.real(p.next()))
	default:
		p.fail("%%%s is not a conversion", text)
		return false
	}
	return true
}

// next takes the next argument, "" when there is none.
func (p *printer) next() string {
	if len(p.args) == 0 {
		return ""
	}
	arg := p.args[0]
	p.args = p.args[1:]
	return arg
}

// cut shortens what was appended since start to the precision and pads it.
func (p *printer) cut(start int, cv conversion) {
	if cv.prec >= 0 && len(p.out)-start > cv.prec {
		p.out = p.out[:start+cv.prec]
	}
	p.pad(start, cv)
}

// pad fills what was appended since start up to the width with blanks.
func (p *printer) pad(start int, cv conversion) {
	n := len(p.out) - start
	fill := cv.width - n
	if fill <= 0 {
		return
	}
	p.fill(' ', fill)
	if cv.minus {
		return
	}
	copy(p.out[start+fill:], p.out[start:start+n])
	for i := start; i < start+fill; i++ {
		p.out[i] = ' '
	}
}

// fill appends a byte n times.
func (p *printer) fill(b byte, n int) {
	for ; n > 0; n-- {
		p.out = append(p.out, b)
	}
}

// fail reports what is wrong, behind what has been written so far.
func (p *printer) fail(format string, args ...any) {
	if !p.aside {
		p.call.SetOut(p.out)
	}
	p.status = p.call.Errorf(1, format, args...)
	if !p.aside {
		p.out = p.call.Out()
	}
}
