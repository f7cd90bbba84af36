// Package term reads lines from a terminal. It owns the terminal while a
// line is being typed, and only then: descriptors, raw mode, the size of the window, what is
// drawn. What keys mean and what is to be seen, package edit decides.
//
//	tty ─input→ edit.Key ─readline→ edit.Model ─screen→ tty
//
// github.com/chzyer/readline carries the loop: it switches to raw mode,
// reads, hands over the line (driver.go tells how it is kept to that). No other package
// imports it. Process groups and the terminal's foreground are not term's matter.
package term

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"cosh/shell/edit"
)

// ErrInterrupt says that the user abandoned the line with Ctrl-C.
var ErrInterrupt = errors.New("interrupt")

// Options is what the shell gives a terminal. Every field may be zero.
type Options struct {
	// Getenv looks up TERM and the like; nil stands for an empty
	// environment, hence for a terminal without abilities.
	Getenv func(string) string
	// Incomplete says that a text wants more lines. Nil: never.
	Incomplete func(text string) bool
	// Prompt2 is asked, once a line, for what stands before each further
	// line of a text (PS2). Nil: nothing.
	Prompt2 func() string
	// History is recalled with Up and Ctrl-R. Nil: none.
	History edit.History
}

// Terminal reads lines. It is used from one goroutine at a time, but for Interrupt.
type Terminal struct {
	reader
	options Options
	wake    *waker
}

// reader is one of the two ways to read a line: with editing (driver), and
// without (plain).
type reader interface {
	read(first, further string) (string, error)
	close() error
}

// Open takes the descriptors of an interactive shell: in is read, prompts
// and the line go to out (2 in a POSIX shell, XCU 2.5.3 PS1). Where one of them is not
// a terminal, or TERM is unset or dumb, lines are read as they come and the
// terminal stays as it is. The descriptors stay the caller's.
func Open(in, out int, o Options) (*Terminal, error) {
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if o.Incomplete == nil {
		o.Incomplete = func(string) bool { return false }
	}
	if o.Prompt2 == nil {
		o.Prompt2 = func() string { return "" }
	}
	wake, err := newWaker()
	if err != nil {
		return nil, fmt.Errorf("open terminal: %w", err)
	}
	t := &Terminal{options: o, wake: wake}
	if able(o.Getenv("TERM")) && isTerminal(in) && isTerminal(out) {
		t.reader = newDriver(in, out, o, wake)
	} else {
		t.reader = &plain{in: in, out: out, incomplete: o.Incomplete, wake: wake}
	}
	return t, nil
}

// ReadLine shows the prompt and reads one line, or several for as long as
// Incomplete says so; the text has no newline at its end. The error is ErrInterrupt after
// Ctrl-C, io.EOF after Ctrl-D on an empty line or at the end of input, or what kept it from
// reading. Nothing beyond the line is taken from the input.
func (t *Terminal) ReadLine(prompt string) (string, error) {
	return t.read(prompt, t.options.Prompt2())
}

// Interrupt ends a ReadLine that is under way with ErrInterrupt, as SIGINT
// should; so a shell that a signal ends gets its terminal back first. It may be called from any goroutine until Close; without a ReadLine it does nothing.
func (t *Terminal) Interrupt() { t.wake.post(wakeInterrupt) }

// Close gives back what Open took. It must not be called during ReadLine.
func (t *Terminal) Close() error {
	return errors.Join(t.close(), t.wake.close())
}

// able says that a terminal of this type understands the sequences of ECMA-48.
func able(term string) bool { return term != "" && term != "dumb" && term != "unknown" }

// reflows says that the terminal breaks long rows anew when it becomes
// narrower. Most do; xterm itself (which sets XTERM_VERSION, and passes it on to what runs
// in it) and the Linux console cut them off.
func reflows(getenv func(string) string) bool {
	term := getenv("TERM")
	return term != "linux" && (getenv("XTERM_VERSION") == "" || !strings.HasPrefix(term, "xterm"))
}

// outcome is the error of a Result.
func outcome(r edit.Result) error {
	switch r {
	case edit.Interrupt:
		return ErrInterrupt
	case edit.EOF:
		return io.EOF
	}
	return nil
}
