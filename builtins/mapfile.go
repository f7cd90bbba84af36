package builtins

import (
	_ "embed" // the help page
	"io"
	"strconv"

	"cosh/shell/command"
	"cosh/shell/files"
	"cosh/shell/session"
)

//go:embed mapfile.md
var mapfilePage string

//go:embed readarray.md
var readarrayPage string

var mapfileFlags = []command.Flag{
	{Name: "delimiter", Letter: 'd', Arg: "CHAR", Help: "a line ends with CHAR; '' is the null byte"},
	{Name: "count", Letter: 'n', Arg: "N", Help: "read N lines at most; 0 is all"},
	{Name: "origin", Letter: 'O', Arg: "N", Help: "the first line goes to element N; the others are kept"},
	{Name: "skip", Letter: 's', Arg: "N", Help: "leave the first N lines out"},
	{Name: "trim", Letter: 't', Help: "without the delimiters"},
	{Name: "descriptor", Letter: 'u', Arg: "N", Help: "read from descriptor N"},
	{Name: "callback", Letter: 'C', Arg: "TEXT", Help: "run TEXT with the subscript and the line before every so many lines"},
	{Name: "quantum", Letter: 'c', Arg: "N", Help: "how many lines that is, 5000 if not given"},
}

// lineReader is a mapfile command taken apart.
type lineReader struct {
	delim    byte
	count    int64
	origin   int64
	keep     bool // -O: the other elements stay
	skip     int64
	trim     bool
	fd       int64
	callback string
	quantum  int64
}

// mapfile reads lines into an indexed array. The status is 0 unless something
// is wrong; an empty input makes an empty array.
func mapfile(c *command.Call) int {
	r := lineReader{delim: '\n', quantum: 5000}
	o := options{flags: mapfileFlags, words: c.Args}
	for o.next() {
		if !r.option(o.letter, o.value) {
			return c.Usage("-%c %s: a number is needed", o.letter, o.value)
		}
	}
	name := "MAPFILE"
	if len(o.words) > 0 {
		name = o.words[0]
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case !session.Valid(name):
		return c.Errorf(1, "%s is not a name", name)
	}
	f := c.Shell.Files().Get(int(r.fd))
	if f == nil {
		return c.Errorf(1, "descriptor %d is closed", r.fd)
	}
	if err := r.read(c, f, c.State.Names.ID(name)); err != nil {
		return c.Errorf(1, "%v", err)
	}
	return 0
}

func (r *lineReader) option(letter byte, value string) bool {
	var number *int64
	switch letter {
	case 't':
		r.trim = true
	case 'd':
		r.delim = 0
		if value != "" {
			r.delim = value[0]
		}
	case 'C':
		r.callback = value
	case 'n':
		number = &r.count
	case 'O':
		r.keep = true
		number = &r.origin
	case 's':
		number = &r.skip
	case 'u':
		number = &r.fd
	case 'c':
		number = &r.quantum
	}
	if number == nil {
		return true
	}
	n, err := strconv.ParseInt(value, 10, 32)
	*number = n
	return err == nil && n >= 0
}

func (r *lineReader) read(c *command.Call, f *files.File, id session.ID) error {
	if !r.keep {
		if err := c.State.Clear(id); err != nil {
			return err
		}
	} else if err := c.State.MakeArray(id, session.Indexed); err != nil {
		return err
	}
	var buf []byte
	for n := int64(0); r.count == 0 || n < r.skip+r.count; n++ {
		line, err := f.ReadThrough(r.delim, buf[:0])
		buf = line
		if err != nil && (err != io.EOF || len(line) == 0) {
			if err == io.EOF {
				return nil
			}
			return err
		}
		if n < r.skip {
			continue
		}
		if r.trim && err == nil {
			line = line[:len(line)-1]
		}
		if failed := r.store(c, id, n-r.skip, string(line)); failed != nil {
			return failed
		}
		if err != nil {
			return nil
		}
	}
	return nil
}

// store puts the n-th line into the array, after the callback.
func (r *lineReader) store(c *command.Call, id session.ID, n int64, line string) error {
	at := r.origin + n
	if r.callback != "" && r.quantum > 0 && (n+1)%r.quantum == 0 {
		c.Flush()
		c.Shell.Eval(r.callback + " " + strconv.FormatInt(at, 10) + " " + string(appendQuoted(nil, line)))
	}
	return c.State.SetElem(id, session.Sub{N: at}, line)
}
