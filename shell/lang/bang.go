package lang

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// nameBangs writes @ for the ! of ${!-word} and the like in the parser's copy:
// to the bash grammar a ! there begins an indirect expansion.
func (s *segment) nameBangs(lo, hi int) {
	t := s.src.text
	for at := lo; ; {
		i := strings.Index(t[at:hi], "${!")
		if i < 0 || at+i+len("${!") == hi {
			return
		}
		at += i + len("${!")
		if strings.IndexByte(":-+=?%", t[at]) >= 0 {
			s.edit(edit{at - 1, at, "@", bang})
		}
	}
}

// bangs gives the parameters that nameBangs has renamed their name back.
func (s *segment) bangs(n syntax.Node) bool {
	if e, ok := n.(*syntax.ParamExp); ok && e.Param != nil && e.Param.Value == "@" {
		if c := s.src.text[s.textOffset(e.Param.Pos())]; c == '!' || c == '#' {
			e.Param.Value = string(c)
		}
	}
	return true
}
