// Package command is the contract between the shell and its builtins: what a
// Builtin declares, what a Call hands to it, and what it may ask of the Shell.
package command

import (
	"fmt"
	"strconv"

	"cosh/isolation"
	"cosh/shell/files"
	"cosh/shell/job"
	"cosh/shell/session"
)

// Builtin is a command that the shell itself performs.
type Builtin struct {
	Name string
	Kind Kind
	// Declares: arguments of the form NAME=value expand as assignments do
	// (export, readonly, local; XCU 2.9.1.1 declaration utilities).
	Declares bool
	// Flags are the options, for parsing, help and completion.
	Flags []Flag
	// Help is the help page, Markdown; its first line is the synopsis.
	Help string
	// Run performs the command and returns its exit status. It is nil for a
	// Wrapper.
	Run func(*Call) int
	// Apply folds a Wrapper's words into a Spec; see Wrap.
	Apply func(*Wrap) error
	// Block: the command takes a { block } like a wrapper, but is Run with it
	// (explain).
	Block bool
}

// Kind groups builtins by the rules that hold for them.
type Kind uint8

const (
	Regular Kind = iota
	Special      // POSIX special builtin: assignments persist, errors end a script
	Wrapper      // wraps a command, a function or a block in boundaries
)

// Registry is the set of builtins of a shell.
type Registry interface {
	// Lookup returns the builtin of that name, nil when there is none.
	Lookup(name string) *Builtin
	// All lists them by name.
	All() []*Builtin
}

// Call is one run of a builtin. It is valid until Run returns.
type Call struct {
	// Name is the word that called it; Args are the words after it.
	Name string
	Args []string
	// State is the session that runs it.
	State *session.Session
	// Shell performs what needs the evaluator.
	Shell Shell
	// Block is the parsed block behind a command that takes one, nil without.
	Block any
	// Compounds are the array values among Args.
	Compounds []Compound

	out    []byte
	fail   error
	failed bool
}

// Shell is what a builtin may ask of the evaluator.
type Shell interface {
	Lookups

	// Files is the virtual descriptor table.
	Files() *files.Table

	// Eval runs text in the current environment and returns its status.
	// break, return and exit inside it take effect when the builtin returns.
	Eval(text string) int
	// Source runs a file as the dot command does; args, when not nil, are its
	// positional parameters. The file is read by the path as given.
	Source(path string, args []string) (int, error)
	// Run runs argv as `command` does: functions are passed over.
	Run(argv []string, o RunOptions) int
	// Exec replaces the shell; it returns only when that failed.
	Exec(argv []string) int

	// Break and Continue leave or continue the n-th loop outwards, Return the
	// running function or dot script, Exit the shell or subshell; all when the
	// builtin returns.
	Break(n int)
	Continue(n int)
	Return(status int)
	Exit(status int)

	// Find says what name would run, as `command -v` and `type` do.
	Find(name string, o RunOptions) Found
	// Rehash forgets the remembered command paths.
	Rehash()
	// Builtins is the registry.
	Builtins() Registry
	// Source text of a function's definition: "name() { …; }".
	FunctionText(*session.Function) string

	// Chdir makes dir the working directory; logical is what $PWD becomes.
	Chdir(dir, logical string) error
	// SetUmask sets the file mode creation mask.
	SetUmask(mask int)
	// SetOptions turns options on and off as set does, with what follows from
	// it (monitor mode, an editor).
	SetOptions(on, off session.Options)
	// TrapChanged is called after the action of a condition was set or reset:
	// the shell starts or stops listening to the signal.
	TrapChanged(cond int)

	// Signal sends a signal to a process or group as kill(2) does. One that
	// this process has a trap for has arrived when it returns.
	Signal(pid, sig int) error
	// Jobs are the shell's jobs.
	Jobs() *job.Table
	// Wait waits for a job as the wait builtin does; a trapped signal ends
	// the wait with status 128+n and interrupted true.
	Wait(j *job.Job) (status int, interrupted bool)
	// Foreground and BackgroundJob resume a job (fg, bg).
	Foreground(j *job.Job) int
	BackgroundJob(j *job.Job) int
	// Times are the user and system seconds of the shell and of its children.
	Times() (user, sys, childUser, childSys float64)

	// Plan folds argv (wrappers first) and an optional block into the Plan
	// that would run; it runs nothing.
	Plan(argv []string, block any) (*isolation.Plan, error)
	// Report writes an error to descriptor 2, as every message is written, and
	// returns the exit status that goes with it.
	Report(err error) int
}

// RunOptions vary Run and Find.
type RunOptions struct {
	// DefaultPath searches the standard utilities' path (command -p).
	DefaultPath bool
	// Functions includes functions and aliases (type, command -v).
	Functions bool
}

// Found is what a name means.
type Found struct {
	Kind FoundKind
	// Path of a file, text of an alias.
	Path string
}

// FoundKind is the class of thing that a name means.
type FoundKind uint8

const (
	NotFound FoundKind = iota
	FoundAlias
	FoundKeyword
	FoundFunction
	FoundSpecial
	FoundBuiltin
	FoundFile
)

// Write appends to the builtin's standard output, which is written when Run
// returns or when Flush is called.
func (c *Call) Write(p []byte) (int, error) {
	c.out = append(c.out, p...)
	return len(p), nil
}

// Print appends text to the standard output.
func (c *Call) Print(text string) { c.out = append(c.out, text...) }

// Printf appends formatted text to the standard output.
func (c *Call) Printf(format string, args ...any) { c.out = fmt.Appendf(c.out, format, args...) }

// Out is the output collected so far, for builtins that append to it
// themselves; SetOut puts the grown slice back.
func (c *Call) Out() []byte       { return c.out }
func (c *Call) SetOut(out []byte) { c.out = out }

// Flush writes the collected output to descriptor 1. The error is remembered
// and makes the builtin's status 1 with a message.
func (c *Call) Flush() error {
	if len(c.out) == 0 {
		return c.fail
	}
	f := c.Shell.Files().Get(1)
	if f == nil {
		c.fail = errClosed
	} else if _, err := f.Write(c.out); err != nil {
		c.fail = err
	}
	c.out = c.out[:0]
	return c.fail
}

// Reset prepares the Call for another run, keeping its buffer.
func (c *Call) Reset(name string, args []string) {
	c.Compounds = nil
	c.Name, c.Args, c.Block, c.fail, c.failed, c.out = name, args, nil, nil, false, c.out[:0]
}

// Errorf writes "cosh: line n: NAME: message" to descriptor 2, after what the
// builtin has written, and returns status.
func (c *Call) Errorf(status int, format string, args ...any) int {
	c.Flush()
	c.failed = c.failed || status == 2
	c.Message(c.Name + ": " + fmt.Sprintf(format, args...))
	return status
}

// Failed reports that the builtin found an error in its own words (Errorf with
// status 2, Usage): for a special builtin that ends a script (XCU 2.8.1). The
// status alone does not tell: `eval "exit2"` may be 2 as well.
func (c *Call) Failed() bool { return c.failed }

// Usage reports a usage error: status 2, with the synopsis from the help page.
func (c *Call) Usage(format string, args ...any) int {
	msg := fmt.Sprintf(format, args...)
	if b := c.Shell.Builtins().Lookup(c.Name); b != nil {
		if s := Synopsis(b.Help); s != "" {
			msg += "; usage: " + s
		}
	}
	return c.Errorf(2, "%s", msg)
}

// Message writes "cosh: line n: text" to descriptor 2.
func (c *Call) Message(text string) {
	if f := c.Shell.Files().Get(2); f != nil {
		f.Write([]byte(Prefix(c.State) + text + "\n"))
	}
}

// Prefix is how every message begins: "cosh: ", or "cosh: FILE: line N: " in
// a script.
func Prefix(s *session.Session) string {
	if s.Script == "" {
		return "cosh: "
	}
	return "cosh: " + s.Script + ": line " + strconv.Itoa(s.Line) + ": "
}
