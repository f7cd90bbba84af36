package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A backslash and a newline may stand inside any operator (XCU 2.2.1); the
// parser wants its operators whole. In its copy the two bytes change places with
// the rest of the operator: of `<\`, newline, `<` become `<<\` and newline.

// operators are those of more than one byte, longest first.
var operators = [...]string{"<<<", "<<-", ";;&", "&>>", "&&", "||", ";;", ";&", "|&", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "((", "$((", "$(", "${", "$?", "$#", "$@", "$*", "$-", "$!", "$$", ":-", ":=", ":?", ":+", "##", "%%"}

// joinOperator mends the split operator at or near the place of an error.
func (s *segment) joinOperator(at int) bool {
	s.readOn(len(s.src.text))
	t := s.src.text
	for lo := max(at-6, 0); lo <= at+2 && lo < len(t); lo++ {
		end, op := splitOperator(t, lo)
		if end < 0 || !s.once(joined, lo) {
			continue
		}
		return s.edit(edit{lo, end, op + continuations(end-lo-len(op)), joined})
	}
	return false
}

// splitOperator is an operator at t[lo:] with line continuations in it, and where
// it ends; -1 where there is none.
func splitOperator(t string, lo int) (end int, op string) {
	for _, op := range operators {
		if end := splitMatch(t, lo, op); end > lo+len(op) {
			return end, op
		}
	}
	return -1, ""
}

// splitMatch is where op ends at t[lo:], line continuations passed over; -1 where
// it does not stand there.
func splitMatch(t string, lo int, op string) int {
	for i := 0; i < len(op); i++ {
		for i > 0 && strings.HasPrefix(t[min(lo, len(t)):], "\\\n") {
			lo += 2
		}
		if lo >= len(t) || t[lo] != op[i] {
			return -1
		}
		lo++
	}
	return lo
}

// joinDollars makes ${, $( and $(( whole; split ones would be no error, but text.
func (s *segment) joinDollars(lo, hi int) {
	s.readOn(hi)
	t := s.src.text
	for at := lo; ; at++ {
		i := strings.IndexByte(t[at:hi], '$')
		if i < 0 {
			return
		}
		at += i
		if end, _ := joinedHead(t, at); end >= 0 {
			s.joinHead(at)
		} else if end, op := splitOperator(t, at); end >= 0 {
			s.edit(edit{at, end, op + continuations(end-at-len(op)), dollar})
			if op == "$((" {
				s.joinClosing(end)
			}
		}
	}
}

// joinClosing makes the )) whole of the arithmetic expansion whose inside begins at i.
func (s *segment) joinClosing(i int) bool {
	t := s.src.text
	closing := skipNested(t, i, '(', ')')
	if closing < 0 {
		return false
	}
	next := pastContinuations(t, closing+1)
	return next > closing+1 && strings.HasPrefix(t[next:], ")") && s.once(joined, closing) &&
		s.edit(edit{closing, next + 1, "))" + continuations(next-closing-1), joined})
}

// joinBangs takes two of `! ! command` away: bash lets a pipeline be negated
// any number of times.
func (s *segment) joinBangs(at int) bool {
	t := s.src.text
	if at >= len(t) || t[at] != '!' {
		return false
	}
	end := at + 1
	for end < len(t) && blank(t[end]) {
		end++
	}
	if end == len(t) || t[end] != '!' || !s.once(joined, at) {
		return false
	}
	return s.edit(edit{at, end + 1, strings.Repeat(" ", end+1-at), joined})
}

// takeLocation lets the parser read {name}> in a posix shell: an extension
// that POSIX allows (XCU 2.7), and of the bash grammar alone.
func (s *segment) takeLocation() bool {
	err, ok := s.err.(syntax.LangError)
	if !ok || !strings.Contains(err.Feature, "varname") || !s.once(joined, -1) {
		return false
	}
	syntax.Variant(syntax.LangBash)(s.p)
	return true
}

// returnVariant undoes takeLocation.
func (s *segment) returnVariant() {
	if s.tried[mark{joined, -1}] {
		s.opts.variant()(s.p)
	}
}
