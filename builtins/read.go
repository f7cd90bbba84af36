package builtins

import (
	"bytes"
	_ "embed" // the help page
	"io"
	"strconv"

	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/files"
	"cosh/shell/session"
)

//go:embed read.md
var readPage string

var readFlags = []command.Flag{
	{Name: "raw", Letter: 'r', Help: "a backslash is an ordinary character"},
	{Name: "array", Letter: 'a', Arg: "NAME", Help: "the fields become the elements of the array NAME"},
	{Name: "prompt", Letter: 'p', Arg: "TEXT", Help: "write TEXT to the standard error first, on a terminal"},
	{Name: "delimiter", Letter: 'd', Arg: "CHAR", Help: "read up to CHAR in place of a newline; '' is the null byte"},
	{Name: "silent", Letter: 's', Help: "do not show what is typed"},
	{Name: "descriptor", Letter: 'u', Arg: "N", Help: "read from descriptor N"},
	{Name: "most", Letter: 'n', Arg: "N", Help: "read N characters at most"},
	{Name: "exactly", Letter: 'N', Arg: "N", Help: "read N characters, whatever they are, and do not split them"},
	{Name: "timeout", Letter: 't', Arg: "SECONDS", Help: "give up after SECONDS with status 142; 0 asks whether there is input"},
	{Name: "editor", Letter: 'e', Help: "taken, without effect"},
	{Name: "initial", Letter: 'i', Arg: "TEXT", Help: "taken, without effect"},
}

// readRequest is a read command taken apart.
type readRequest struct {
	raw, silent bool
	array       string // -a
	prompt      string
	delim       byte
	fd          int
	bounds
}

// read assigns the fields of one line to variables (XCU read). The status is
// 1 at the end of the input and 2 on an error.
func read(c *command.Call) int {
	req := readRequest{delim: '\n', bounds: bounds{chars: -1}}
	o := options{flags: readFlags, words: c.Args}
	for o.next() {
		switch o.letter {
		case 'r':
			req.raw = true
		case 's':
			req.silent = true
		case 'a':
			req.array = o.value
		case 'p':
			req.prompt = o.value
		case 'd':
			req.delim = 0
			if o.value != "" {
				req.delim = o.value[0]
			}
		case 'u':
			n, err := strconv.Atoi(o.value)
			if err != nil || n < 0 {
				return c.Usage("%s is not a descriptor", o.value)
			}
			req.fd = n
		case 'n', 'N', 't':
			if !req.option(o.letter, o.value) {
				return c.Usage("-%c %s: a number is needed", o.letter, o.value)
			}
		}
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	if req.array != "" {
		o.words = append([]string{req.array}, o.words...)
	}
	for _, name := range o.words {
		if !session.ValidRef(name) {
			return c.Usage("%s is not a name", name)
		}
	}
	f := c.Shell.Files().Get(req.fd)
	if f == nil {
		return c.Errorf(2, "descriptor %d is closed", req.fd)
	}
	return req.perform(c, f, o.words)
}

// perform reads and assigns.
func (req *readRequest) perform(c *command.Call, f *files.File, vars []string) int {
	var scratch [512]byte
	if req.prompt != "" || req.silent {
		restore := req.terminal(c, f)
		defer restore()
	}
	if req.timed && req.timeout == 0 {
		if ready(f) {
			return 0
		}
		return 1
	}
	var line, quoted []byte
	var err error
	if req.chars >= 0 {
		defer unbuffered(f)()
	}
	if req.limited() {
		line, quoted, err = req.within(c, f)
	} else if line, err = f.ReadThrough(req.delim, scratch[:0]); err == nil {
		line = line[:len(line)-1]
	}
	if !req.limited() && !req.raw && bytes.IndexByte(line, '\\') >= 0 {
		line, quoted, err = req.joined(c, f, line, err)
	} else if !req.limited() && bytes.IndexByte(line, 0) >= 0 {
		line = bytes.ReplaceAll(line, []byte{0}, nil)
	}
	if err != nil && err != io.EOF && err != errTimeout {
		return c.Errorf(2, "descriptor %d: %v", req.fd, err)
	}
	if assignErr := req.assign(c.State, vars, line, quoted); assignErr != nil {
		return c.Errorf(2, "%v", assignErr)
	}
	switch err {
	case nil:
		return 0
	case errTimeout:
		return timedOut
	}
	return 1
}

// joined takes the backslashes out of a line and reads on where one stands
// before the newline. Bytes that a backslash protects are not 0 in quoted.
func (req *readRequest) joined(c *command.Call, f *files.File, line []byte, err error) (text, quoted []byte, _ error) {
	for {
		open := false
		for i := 0; i < len(line); i++ {
			b := line[i]
			mark := byte(0)
			if b == '\\' {
				if i++; i == len(line) {
					open = err == nil
					break
				}
				b, mark = line[i], 1
			}
			if b == '\n' && mark != 0 || b == 0 {
				continue // with -d: a joined line, too
			}
			text, quoted = append(text, b), append(quoted, mark)
		}
		if !open {
			return text, quoted, err
		}
		if req.delim != '\n' { // the backslash protects the delimiter
			text, quoted = append(text, req.delim), append(quoted, 1)
		} else {
			continuation(c, f)
		}
		var scratch [512]byte
		if line, err = f.ReadThrough(req.delim, scratch[:0]); err == nil {
			line = line[:len(line)-1]
		}
	}
}

// continuation writes PS2 where somebody types the next line.
func continuation(c *command.Call, f *files.File) {
	if c.State.Options&session.Interactive == 0 || termios(f) == nil {
		return
	}
	if ps2, ok := c.State.Get(session.PS2); ok {
		writeError(c, ps2)
	}
}

// terminal prompts and turns the echo off, both only on a terminal; restore
// undoes the second.
func (req *readRequest) terminal(c *command.Call, f *files.File) (restore func()) {
	modes := termios(f)
	if modes == nil {
		return func() {}
	}
	if req.prompt != "" {
		writeError(c, req.prompt)
	}
	if !req.silent {
		return func() {}
	}
	fd, err := f.Fd()
	if err != nil {
		return func() {}
	}
	quiet := *modes
	quiet.Lflag &^= unix.ECHO
	unix.IoctlSetTermios(fd, unix.TCSETSF, &quiet)
	return func() { unix.IoctlSetTermios(fd, unix.TCSETS, modes) }
}

// termios are the terminal's modes, nil when f is none.
func termios(f *files.File) *unix.Termios {
	fd, err := f.Fd()
	if err != nil {
		return nil
	}
	modes, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return nil
	}
	return modes
}

// writeError writes a text that is no message to the standard error.
func writeError(c *command.Call, text string) {
	c.Flush()
	if f := c.Shell.Files().Get(2); f != nil {
		f.Write([]byte(text))
	}
}
