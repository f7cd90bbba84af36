package eval

import (
	"fmt"
	"strings"
	"time"

	"mvdan.cc/sh/v3/syntax"
)

// The formats of time: bash's own, and that of POSIX (XCU time) for -p.
const (
	bashTimes  = "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS"
	posixTimes = "real %2R\nuser %2U\nsys %2S"
)

// elapsed is what time measures, in seconds: user and sys of the shell and of
// the children it has waited for.
type elapsed struct{ real, user, sys float64 }

// timeClause is time PIPELINE. The times come in the format of TIMEFORMAT; an
// empty one shows nothing. Without a pipeline they are those since the start.
func (c *compiler) timeClause(cmd *syntax.TimeClause) node {
	body := func(*Shell) ctl { return ctlNext }
	if cmd.Stmt != nil {
		body = c.stmt(cmd.Stmt)
	}
	id := c.names.ID("TIMEFORMAT")
	posix := cmd.PosixFormat
	return func(sh *Shell) ctl {
		start := time.Now()
		u, s, cu, cs := sh.Times()
		r := body(sh)
		u2, s2, cu2, cs2 := sh.Times()
		e := elapsed{time.Since(start).Seconds(), u2 - u + cu2 - cu, s2 - s + cs2 - cs}
		format, ok := sh.Get(id)
		switch {
		case posix || !ok && sh.posix():
			format = posixTimes
		case !ok:
			format = bashTimes
		case format == "":
			return r
		}
		text, err := e.format(format)
		if err != nil {
			sh.report(err)
			return r
		}
		sh.message(text)
		return r
	}
}

// format replaces %[p][l]R, U, S and P: seconds with p digits (3), with l as
// minutes and seconds; P is the percentage of the processor.
func (e elapsed) format(format string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		precision, long := 3, false
		if c := format[i]; c >= '0' && c <= '9' && i+1 < len(format) {
			precision = min(int(c-'0'), 3)
			i++
		}
		if format[i] == 'l' && i+1 < len(format) {
			long = true
			i++
		}
		switch format[i] {
		case '%':
			b.WriteByte('%')
		case 'R':
			b.WriteString(seconds3(e.real, precision, long))
		case 'U':
			b.WriteString(seconds3(e.user, precision, long))
		case 'S':
			b.WriteString(seconds3(e.sys, precision, long))
		case 'P':
			percent := 0.0
			if e.real > 0 {
				percent = (e.user + e.sys) / e.real * 100
			}
			fmt.Fprintf(&b, "%.2f", percent)
		default:
			return "", fmt.Errorf("TIMEFORMAT: %%%c is no format", format[i])
		}
	}
	return b.String(), nil
}

// seconds3 writes a time, cut and not rounded, as bash does.
func seconds3(t float64, precision int, long bool) string {
	ms := int64(t * 1000)
	whole := ms / 1000
	text := ""
	if long {
		text = fmt.Sprintf("%dm", whole/60)
		whole %= 60
	}
	text += fmt.Sprintf("%d", whole)
	if precision > 0 {
		text += "." + fmt.Sprintf("%03d", ms%1000)[:precision]
	}
	if long {
		text += "s"
	}
	return text
}
