package lang

import (
	"io"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Options say how text is read.
type Options struct {
	Posix    bool            // the POSIX grammar alone; else that of bash
	Wrappers map[string]bool // the commands that take a block: isolate, limit, …
	Line     int             // number of lines before the text

	// Check says that the text is looked at and not run: what would be an error
	// once it runs is one.
	Check bool

	// Aliases are those of a text that somebody types or a Reader reads. The
	// map may change meanwhile: each line sees it as it is.
	Aliases map[string]string
}

// variant is the parser's name for the grammar.
func (o Options) variant() syntax.ParserOption {
	if o.Posix {
		return syntax.Variant(syntax.LangPOSIX)
	}
	return syntax.Variant(syntax.LangBash)
}

// A Reader gives a text out line by line, each line's commands as a Chunk. It
// is not for use by several goroutines at once.
type Reader struct {
	name  string
	opts  Options
	p     *syntax.Parser
	src   source
	line  int      // lines of the text before src
	ahead []*Chunk // parsed and not yet given out
	ends  []int    // where in src the lines of each of ahead end
	given int      // where in src the lines given out end
	from  int      // where the last of them begin
	err   error    // what comes after ahead; nil: the next segment
	whole bool     // src is all there, and read by lines because of aliases
}

// NewReader reads the text that next gives, a line a call, newline included (the
// last may lack it); next gives io.EOF at the end, and any other error, such as
// an interrupt at the prompt, comes out of Next as it is. No more lines are asked
// for than the command at hand needs.
func NewReader(name string, next func() (line string, err error), o Options) *Reader {
	r := newReader(name, o)
	r.src.next = next
	r.SetAliases(o.Aliases)
	return r
}

// NewTextReader reads a text that is all there: a script file, -c. It parses
// some 32 KB ahead and gives the same chunks, blank lines left out.
func NewTextReader(name, text string, o Options) *Reader {
	r := newReader(name, o)
	r.src = wholeText(text, o)
	r.SetAliases(o.Aliases)
	return r
}

func newReader(name string, o Options) *Reader {
	return &Reader{name: name, opts: o, p: syntax.NewParser(o.variant()), line: o.Line}
}

// Next gives the next complete line's commands; a blank line of a shared text
// gives a Chunk without any. At the end it gives io.EOF; for text that is not
// shell code a *SyntaxError, after which a shared text goes on with the next line
// and any other is at its end.
func (r *Reader) Next() (*Chunk, error) {
	r.from = r.given
	for len(r.ahead) == 0 {
		if err := r.err; err != nil {
			r.recover()
			return nil, err
		}
		r.fill()
		r.from = 0
	}
	c := r.ahead[0]
	r.given = r.ends[0]
	r.ahead, r.ends = r.ahead[1:], r.ends[1:]
	return c, nil
}

// Lines are the lines that Next gave last, as they were read; "" for a text that
// is shared, whose lines are seen where they are read.
func (r *Reader) Lines() string {
	if r.src.next != nil && !r.whole {
		return ""
	}
	return r.src.text[r.from:r.given]
}

// SetPosix changes the grammar of the lines not yet given out.
func (r *Reader) SetPosix(on bool) {
	if r.opts.Posix == on {
		return
	}
	r.opts.Posix = on
	r.opts.variant()(r.p)
	r.ahead, r.ends, r.err = nil, nil, nil
}

// SetAliases has aliases take effect from the next line on (XCU 2.3.1). A text that is
// all there is read line by line from then on, since each line may
// define more of them.
func (r *Reader) SetAliases(names map[string]string) {
	switch {
	case r.src.alias != nil:
		r.src.alias.names, r.src.alias.posix = names, r.opts.Posix
		return
	case len(names) == 0:
		return
	}
	r.advance(r.given)
	if r.src.next == nil {
		r.whole = true
		r.src = source{next: linesOf(r.src.text)}
	}
	r.src.alias = newAliasing(names, r.opts.Posix)
	r.ahead, r.ends, r.err = nil, nil, nil
}

// fill parses the next segment.
func (r *Reader) fill() {
	r.advance(r.given)
	if a := r.src.alias; a != nil && r.src.text == "" {
		r.line -= a.added
		a.reset()
	}
	s := &segment{p: r.p, src: &r.src, opts: r.opts, budget: parseAhead}
	if r.src.next != nil {
		s.budget = 0
	}
	s.chunk = Chunk{Name: r.name, Line: r.line}
	s.parse()
	r.given = s.limit()
	r.ahead, r.ends = s.chunks()
	r.err = s.failure()
	if r.err == nil && len(r.ahead) == 0 && s.fed == 0 {
		r.err = io.EOF
	}
}

// advance lets go of the first n bytes of the text.
func (r *Reader) advance(n int) {
	r.line += strings.Count(r.src.text[:n], "\n")
	r.src.drop(n)
	r.given = 0
}

// recover goes on after an error: a shared text with its next line.
func (r *Reader) recover() {
	if r.src.next == nil || r.whole {
		r.err = io.EOF
		return
	}
	r.advance(len(r.src.text))
	r.err = nil
}
