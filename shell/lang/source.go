package lang

import (
	"errors"
	"io"
	"strings"
)

// A source is text that is being read: whole, or line by line from next.
type source struct {
	text string                 // what is here of it, from the segment's start
	next func() (string, error) // nil: text is all there is
	end  error                  // what next said when it had no more for this segment
	buf  *strings.Builder       // holds text where it grows by lines
	care care                   // what the lines of a whole text may hold

	alias *aliasing // nil without aliases
}

// wholeText is the source of a text that is all there, looked through once for
// what would make its lines need a closer look.
func wholeText(text string, o Options) source {
	return source{text: text, care: examine(text, o)}
}

// line gives the end of the line that begins at lo, reading it if need be; lo
// itself means that there is none.
func (s *source) line(lo int) int {
	if lo >= len(s.text) && !s.more() {
		return lo
	}
	if i := strings.IndexByte(s.text[lo:], '\n'); i >= 0 {
		return lo + i + 1
	}
	return len(s.text)
}

// more reads one more line, and reports whether there was one.
func (s *source) more() bool {
	if s.next == nil || s.end != nil {
		return false
	}
	line, err := s.next()
	if err != nil {
		s.end = err
		if !errors.Is(err, io.EOF) {
			return false
		}
	}
	if s.alias != nil && line != "" {
		line = s.alias.line(line, s.next)
	}
	if line == "" {
		if s.end == nil {
			s.end = io.EOF
		}
		return false
	}
	if s.buf == nil {
		s.buf = new(strings.Builder)
	}
	s.buf.WriteString(line)
	s.text = s.buf.String()
	return true
}

// drop lets go of the first n bytes; the end may be asked for again, as a
// terminal gives more after an end of file.
func (s *source) drop(n int) {
	s.end = nil
	s.text = s.text[n:]
	if s.buf == nil {
		return
	}
	rest := s.text
	s.buf = nil
	if rest != "" {
		s.buf = new(strings.Builder)
		s.buf.WriteString(rest)
		s.text = s.buf.String()
	}
}

// failure is the error of reading that ended the text, if it was not its end.
func (s *source) failure() error {
	if s.end == nil || errors.Is(s.end, io.EOF) {
		return nil
	}
	return s.end
}
