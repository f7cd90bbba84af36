package lang

import (
	"io"
	"strings"

	"cosh/shell/diag"

	"mvdan.cc/sh/v3/syntax"
)

// parseAhead is how much of a whole text is parsed in one go, in bytes: enough
// to make the parser's fixed costs (4 KB of buffers a go) small.
const parseAhead = 32 << 10

// A segment is a stretch of text that is parsed in one go, over and over until
// its edits are right. It ends with a complete line.
type segment struct {
	p      *syntax.Parser
	src    *source
	opts   Options
	budget int   // bytes after which a complete line ends the segment; 0: shared text
	toEnd  bool  // only the end of the text ends the segment
	strict bool  // leave a here-document that lacks its end an error
	doc    bool  // the text is a here-document's, not commands
	chunk  Chunk // what all of its chunks have in common

	edits   []edit        // what differs in the parser's copy, by place
	tried   map[mark]bool // the repairs made, whether or not they stood
	scanned int           // how much of the text has been looked at for edits
	waiting []int         // wrappers whose command goes on in lines not yet read
	tail    string        // what the copy has behind the end of the text
	first   error         // the error that came before proposals were withdrawn for it
	renamed bool          // some $# is an @ in the copy
	hidden  int           // how many arithmetic expressions have been hidden after errors

	// of the parse at hand
	fed    int            // bytes of text given to the parser
	out    string         // given next, before more lines
	cursor int            // edits before this one are behind fed
	tailed bool           // the tail has been given
	last   bool           // the line at hand ends the segment
	open   []*syntax.Stmt // the commands of the line at hand
	groups []group        // the complete lines
	word   *syntax.Word   // of a doc
	err    error
	given  int  // bytes given to the parser since tooDeep was asked
	frames int  // the depth of the stack when it was asked first; 0 before
	cutOff bool // the error is in an arithmetic expression that does not end
}

// A group is the commands of a complete line, and where the line ends.
type group struct {
	stmts []*syntax.Stmt
	end   int
}

// parse parses the segment until nothing is left to mend. Where a line fails and
// complete ones stand before it, those are the segment and the next one begins
// with the line: mending it costs no more than its own length.
func (s *segment) parse() {
	for {
		s.attempt()
		if s.verify() {
			continue
		}
		if s.err != nil && len(s.groups) > 0 {
			s.fed, s.err = s.limit(), nil
		}
		if s.err == nil || !s.repair() {
			break
		}
	}
	if s.src.next != nil || s.src.care&careParens != 0 {
		s.refuseNameless()
	}
	if s.src.next != nil || s.src.care&careTabs != 0 {
		s.stripTabs()
	}
	if s.src.next != nil || s.src.care&careBang != 0 || s.renamed {
		s.walk(s.bangs)
	}
	if s.opts.Posix && (s.src.next != nil || s.src.care&careIssue8 != 0) {
		s.walk(s.issue8)
	}
	if s.src.next != nil || s.src.care&careBackquote != 0 {
		s.walk(s.joinBackquoted)
	}
	s.returnVariant()
	s.restore()
}

// attempt parses the text with the edits as they are.
func (s *segment) attempt() {
	s.fed, s.out, s.cursor, s.tailed, s.last = 0, "", 0, false, false
	s.open, s.groups, s.word, s.err, s.cutOff = nil, nil, nil, nil, false
	s.given, s.frames = 0, 0
	s.chunk.Blocks = nil
	s.chunk.shifts = shifts(s.edits)
	if s.doc {
		s.word, s.err = s.p.Document(s)
		return
	}
	for stmt, err := range s.p.StmtsSeq(s) { // no break: it yields after a failure
		if err != nil {
			s.err = err
			continue
		}
		s.open = append(s.open, stmt)
		s.last = s.last || leaves(stmt)
	}
	if s.err == nil {
		s.complete()
	}
}

// leaves reports a command that may make the text behind it no text at all, as
// in a script that carries an archive: it is not to be parsed ahead.
func leaves(stmt *syntax.Stmt) bool {
	call, ok := stmt.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	switch call.Args[0].Lit() {
	case "exit", "exec":
		return true
	}
	return false
}

// complete ends the line at hand.
func (s *segment) complete() {
	if len(s.open) > 0 {
		s.groups = append(s.groups, group{s.open, s.fed})
		s.open = nil
	}
}

// Read gives the parser the next line of its copy. Where a complete line ends
// the segment it says that the text is at its end.
func (s *segment) Read(p []byte) (int, error) {
	if s.out == "" && !s.nextLine() {
		if err := s.src.failure(); err != nil {
			return 0, err
		}
		return 0, io.EOF
	}
	n := copy(p, s.out)
	s.out = s.out[n:]
	if s.given += n; s.given >= deepEvery {
		if s.given = 0; s.tooDeep() {
			return 0, errDeep
		}
	}
	return n, nil
}

// nextLine makes out the next line, or the tail; false ends the segment.
func (s *segment) nextLine() bool {
	if s.fed > 0 && s.src.text[s.fed-1] == '\n' && !s.toEnd && !s.p.Incomplete() && !s.joinedAcross(s.fed) {
		s.complete()
		if s.fed >= s.budget || s.last {
			return false
		}
	}
	hi := s.src.line(s.fed)
	if hi == s.fed {
		if s.tail == "" || s.tailed || s.src.failure() != nil {
			return false
		}
		s.out, s.tailed = s.tail, true
		return true
	}
	if hi > s.scanned {
		s.scan(s.scanned, hi)
		s.scanned = hi
	}
	s.out = s.copyOf(s.fed, hi)
	s.fed = hi
	return true
}

// limit is where the complete lines end.
func (s *segment) limit() int {
	switch {
	case s.err == nil:
		return s.fed
	case len(s.groups) == 0:
		return 0
	}
	return s.groups[len(s.groups)-1].end
}

// chunks are the complete lines, with the place where each ends.
func (s *segment) chunks() (chunks []*Chunk, ends []int) {
	s.chunk.Src = s.src.text[:s.limit()]
	if len(s.groups) == 0 && s.budget == 0 && s.err == nil && s.fed > 0 {
		s.groups = []group{{nil, s.fed}} // a blank line, to be answered by a prompt
	}
	chunks, ends = make([]*Chunk, len(s.groups)), make([]int, len(s.groups))
	for i, g := range s.groups {
		c := s.chunk
		c.Stmts = g.stmts
		if i < len(s.groups)-1 {
			c.Warnings = nil
		}
		chunks[i], ends[i] = &c, g.end
	}
	return chunks, ends
}

// failure is what is wrong behind the complete lines.
func (s *segment) failure() error {
	switch {
	case s.err == nil:
		return nil
	case s.first != nil:
		return s.first
	}
	return s.wrong(s.err)
}

// wrong makes the parser's error ours.
func (s *segment) wrong(err error) error {
	c := s.chunk
	c.Src = s.src.text
	err = c.syntaxError(err)
	if e, ok := err.(*SyntaxError); ok && s.cutOff {
		e.Incomplete = true
	}
	return err
}

// at is the place in the text of the parser's error; false for one of reading.
func (s *segment) at(err error) (int, bool) {
	c := s.chunk
	c.Src = s.src.text
	switch err := err.(type) {
	case syntax.ParseError:
		return c.offset(err.Pos), true
	case syntax.LangError:
		return c.offset(err.Pos), true
	}
	return 0, false
}

// warn adds a warning about the line at the offset.
func (s *segment) warn(at int, what string) {
	line := s.chunk.Line + 1 + strings.Count(s.src.text[:at], "\n")
	s.chunk.Warnings = append(s.chunk.Warnings, &diag.Problem{Where: place(s.chunk.Name, line), What: "warning: " + what})
}
