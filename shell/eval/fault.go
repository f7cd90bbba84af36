package eval

import (
	"errors"
	"fmt"
	"runtime/debug"

	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// Expansions report an error by setting Shell.fault and going on with an empty
// value; the command that expands looks at it before it does anything.

// fail notes the first error of an expansion.
func (sh *Shell) fail(err error) {
	if sh.fault == nil {
		sh.fault = err
	}
}

func (sh *Shell) failf(format string, args ...any) { sh.fail(fmt.Errorf(format, args...)) }

// fatal reports the pending error of an expansion and ends the shell, or goes
// back to the prompt when it is interactive (XCU 2.8.1).
func (sh *Shell) fatal() ctl {
	err := sh.fault
	sh.fault = nil
	sh.report(err)
	if isLapse(err) {
		return sh.lapsed()
	}
	sh.Status, sh.garbled = 2, true
	return sh.abort()
}

// abort is the way out after an error that ends a non-interactive shell.
func (sh *Shell) abort() ctl {
	if sh.interactive() {
		return ctlAbort
	}
	return ctlExit
}

// report writes an error to descriptor 2, once, in the one form that messages
// have.
func (sh *Shell) report(err error) {
	var text string
	var problem *diag.Problem
	var syntaxErr *lang.SyntaxError
	switch {
	case errors.As(err, &syntaxErr):
		text = syntaxErr.Problem().Render("cosh")
	case errors.As(err, &problem):
		p := *problem
		if p.Where == "" && sh.Script != "" {
			p.Where = fmt.Sprintf("%s: line %d", sh.Script, sh.Line)
		}
		text = p.Render("cosh")
	default:
		text = command.Prefix(sh.Session) + err.Error()
	}
	sh.message(text)
}

// rescue turns a panic, which is a fault of cosh, into a message and status
// 125: a goroutine's would end the process without a word of its own.
func (sh *Shell) rescue(status *int) {
	if r := recover(); r != nil {
		*status = 125
		sh.warn("an internal error, please report it: %v\n%s", r, debug.Stack())
	}
}

// Report writes an error and returns the status that goes with it.
func (sh *Shell) Report(err error) int {
	sh.report(err)
	return diag.Wrap(err, 125).Code()
}

// warn writes "cosh: line n: text".
func (sh *Shell) warn(format string, args ...any) {
	sh.message(command.Prefix(sh.Session) + fmt.Sprintf(format, args...))
}

func (sh *Shell) message(text string) {
	if text == "" || text[len(text)-1] != '\n' {
		text += "\n"
	}
	if f := sh.files.Get(2); f != nil {
		f.Write([]byte(text))
	}
}

// assign sets a variable; a readonly one is a fault.
func (sh *Shell) assign(id session.ID, text string) {
	if err := sh.Set(id, text); err != nil {
		sh.fail(err)
	}
}
