package builtins

import (
	"strconv"
	"strings"
	"time"
)

// timeFormat is the end of the format in %(format)T at s[n:], which begins with
// the parenthesis; -1 where it is none.
func timeFormat(s string, n int) int {
	if n >= len(s) || s[n] != '(' {
		return -1
	}
	end := strings.Index(s[n:], ")T")
	if end < 0 {
		return -1
	}
	return n + end
}

// clock converts an argument of %(format)T: seconds since 1970, -1 or none for
// now, -2 for when the shell began.
func (p *printer) clock(cv conversion, format string) {
	t := time.Now()
	if len(p.args) > 0 {
		switch n := p.signed(p.next()); n {
		case -1:
		case -2:
			t = p.call.State.Started()
		default:
			t = time.Unix(n, 0)
		}
	}
	if format == "" {
		format = "%X"
	}
	start := len(p.out)
	p.out = appendTime(p.out, format, t.In(p.zone()))
	p.cut(start, cv)
}

// zone is the time zone that TZ names.
func (p *printer) zone() *time.Location {
	name, ok := p.call.State.GetName("TZ")
	if !ok {
		return time.Local
	}
	zone, err := time.LoadLocation(strings.TrimPrefix(name, ":"))
	if err != nil {
		return time.UTC
	}
	return zone
}

// appendTime is strftime(3) in the POSIX locale.
func appendTime(dst []byte, format string, t time.Time) []byte {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			dst = append(dst, format[i])
			continue
		}
		if i++; (format[i] == 'E' || format[i] == 'O') && i+1 < len(format) {
			i++
		}
		dst = appendTimeField(dst, format[i], t)
	}
	return dst
}

// layouts are the conversions that Go's package time has a layout for.
func layout(verb byte) string {
	switch verb {
	case 'a':
		return "Mon"
	case 'A':
		return "Monday"
	case 'b', 'h':
		return "Jan"
	case 'B':
		return "January"
	case 'c':
		return "Mon Jan _2 15:04:05 2006"
	case 'd':
		return "02"
	case 'D', 'x':
		return "01/02/06"
	case 'e':
		return "_2"
	case 'F':
		return "2006-01-02"
	case 'H':
		return "15"
	case 'I':
		return "03"
	case 'm':
		return "01"
	case 'M':
		return "04"
	case 'p':
		return "PM"
	case 'r':
		return "03:04:05 PM"
	case 'R':
		return "15:04"
	case 'S':
		return "05"
	case 'T', 'X':
		return "15:04:05"
	case 'y':
		return "06"
	case 'Y':
		return "2006"
	case 'z':
		return "-0700"
	case 'Z':
		return "MST"
	}
	return ""
}

func appendTimeField(dst []byte, verb byte, t time.Time) []byte {
	if l := layout(verb); l != "" {
		return t.AppendFormat(dst, l)
	}
	year, week := t.ISOWeek()
	weekday := int(t.Weekday())
	switch verb {
	case '%':
		return append(dst, '%')
	case 'n':
		return append(dst, '\n')
	case 't':
		return append(dst, '\t')
	case 's':
		return strconv.AppendInt(dst, t.Unix(), 10)
	case 'C':
		return appendPadded(dst, t.Year()/100, 2, '0')
	case 'g':
		return appendPadded(dst, year%100, 2, '0')
	case 'G':
		return strconv.AppendInt(dst, int64(year), 10)
	case 'j':
		return appendPadded(dst, t.YearDay(), 3, '0')
	case 'k':
		return appendPadded(dst, t.Hour(), 2, ' ')
	case 'l':
		return appendPadded(dst, (t.Hour()+11)%12+1, 2, ' ')
	case 'P':
		return append(dst, strings.ToLower(t.Format("PM"))...)
	case 'u':
		return strconv.AppendInt(dst, int64((weekday+6)%7+1), 10)
	case 'w':
		return strconv.AppendInt(dst, int64(weekday), 10)
	case 'U':
		return appendPadded(dst, (t.YearDay()+6-weekday)/7, 2, '0')
	case 'V':
		return appendPadded(dst, week, 2, '0')
	case 'W':
		return appendPadded(dst, (t.YearDay()+6-(weekday+6)%7)/7, 2, '0')
	}
	return append(dst, '%', verb)
}

// appendPadded appends a number, filled up to the width.
func appendPadded(dst []byte, n, width int, fill byte) []byte {
	digits := strconv.Itoa(n)
	for i := len(digits); i < width; i++ {
		dst = append(dst, fill)
	}
	return append(dst, digits...)
}
