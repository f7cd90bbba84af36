package builtins

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/shell/command"
	"cosh/shell/files"
	"cosh/shell/job"
	"cosh/shell/session"
)

// fakeShell is a command.Shell that writes down what it is asked to do.
type fakeShell struct {
	state           *session.Session
	table           files.Table
	jobs            job.Table
	builtins        Registry
	found           map[string]command.Found
	asked           []string
	command.Lookups // of which the tests use none
	// waits is what Wait does to a job.
	waits func(*job.Job) (int, bool)
}

func (f *fakeShell) note(format string, args ...any) {
	f.asked = append(f.asked, fmt.Sprintf(format, args...))
}

func (f *fakeShell) Files() *files.Table { return &f.table }
func (f *fakeShell) Eval(text string) int {
	f.note("eval %s", text)
	return 3
}
func (f *fakeShell) Source(path string, args []string) (int, error) {
	f.note("source %s %v", path, args)
	return 4, nil
}
func (f *fakeShell) Run(argv []string, o command.RunOptions) int {
	f.note("run %v %+v", argv, o)
	return 5
}
func (f *fakeShell) Exec(argv []string) int {
	f.note("exec %v", argv)
	return 127
}
func (f *fakeShell) Break(n int)       { f.note("break %d", n) }
func (f *fakeShell) Continue(n int)    { f.note("continue %d", n) }
func (f *fakeShell) Return(status int) { f.note("return %d", status) }
func (f *fakeShell) Exit(status int)   { f.note("exit %d", status) }
func (f *fakeShell) Find(name string, o command.RunOptions) command.Found {
	f.note("find %s %+v", name, o)
	return f.found[name]
}
func (f *fakeShell) Rehash()                                  { f.note("rehash") }
func (f *fakeShell) Builtins() command.Registry               { return &f.builtins }
func (f *fakeShell) FunctionText(fn *session.Function) string { return fn.Name + "() " + fn.Source }

// Chdir believes in directories that exist and goes to none.
func (f *fakeShell) Chdir(dir, logical string) error {
	var st unix.Stat_t
	if err := unix.Stat(dir, &st); err != nil {
		return &chdirError{dir, err}
	}
	if st.Mode&unix.S_IFMT != unix.S_IFDIR {
		return &chdirError{dir, unix.ENOTDIR}
	}
	f.state.Dir = logical
	return nil
}

type chdirError struct {
	dir string
	err error
}

func (e *chdirError) Error() string { return "chdir " + e.dir + ": " + e.err.Error() }
func (e *chdirError) Unwrap() error { return e.err }

func (f *fakeShell) SetUmask(mask int) { f.state.Umask = mask }
func (f *fakeShell) SetOptions(on, off session.Options) {
	f.state.Options = f.state.Options&^off | on
}
func (f *fakeShell) TrapChanged(cond int) { f.note("trap %d", cond) }
func (f *fakeShell) Jobs() *job.Table     { return &f.jobs }
func (f *fakeShell) Wait(j *job.Job) (int, bool) {
	f.note("wait %s", j.Text)
	if f.waits != nil {
		return f.waits(j)
	}
	for _, p := range j.Procs {
		p.State = job.Done
	}
	return j.Status(), false
}
func (f *fakeShell) Foreground(j *job.Job) int {
	f.note("fg %s", j.Text)
	return 6
}
func (f *fakeShell) BackgroundJob(j *job.Job) int {
	f.note("bg %s", j.Text)
	return 0
}
func (f *fakeShell) Signal(pid, sig int) error {
	if pid == os.Getpid() {
		f.asked = append(f.asked, "signal "+strconv.Itoa(sig))
		return nil
	}
	return unix.Kill(pid, unix.Signal(sig))
}
func (f *fakeShell) Times() (user, sys, childUser, childSys float64) { return 61.5, 0.25, 0, 120 }
func (f *fakeShell) Plan([]string, any) (*isolation.Plan, error)     { return nil, io.EOF }
func (f *fakeShell) Report(err error) int                            { return 1 }

// bench is a shell on which a test runs builtins.
type bench struct {
	t     testing.TB
	shell *fakeShell
	state *session.Session
	call  command.Call
}

func newBench(t testing.TB) *bench {
	state := session.New(session.NewNames())
	state.Name, state.Dir, state.Umask = "cosh", "/", 0o022
	return &bench{t: t, state: state, shell: &fakeShell{state: state}}
}

// run performs a builtin and returns its status and both outputs.
func (b *bench) run(words ...string) (status int, out, errs string) {
	b.t.Helper()
	builtin := b.shell.builtins.Lookup(words[0])
	if builtin == nil {
		b.t.Fatalf("there is no builtin %s", words[0])
	}
	outFile, outText := files.NewCapture(nil)
	errFile, errText := files.NewCapture(nil)
	b.shell.table.Put(1, outFile)
	b.shell.table.Put(2, errFile)
	b.shell.asked = nil
	b.call.Reset(words[0], words[1:])
	b.call.State, b.call.Shell = b.state, b.shell
	status = builtin.Run(&b.call)
	if err := b.call.Flush(); err != nil {
		b.t.Fatalf("%v: flush: %v", words, err)
	}
	return status, string(outText.Finish()), string(errText.Finish())
}

// input makes text the standard input: a file that can seek.
func (b *bench) input(text string) {
	b.t.Helper()
	fd, err := unix.MemfdCreate("input", unix.MFD_CLOEXEC)
	if err != nil {
		b.t.Fatal(err)
	}
	for len(text) > 0 {
		n, err := unix.Write(fd, []byte(text))
		if err != nil {
			b.t.Fatal(err)
		}
		text = text[n:]
	}
	unix.Seek(fd, 0, io.SeekStart)
	b.shell.table.Restore(0, nil)
	b.shell.table.Put(0, files.New(fd))
}

// set assigns a variable.
func (b *bench) set(name, value string) {
	b.t.Helper()
	if err := b.state.SetName(name, value); err != nil {
		b.t.Fatal(err)
	}
}

// value is a variable's value, "(unset)" without one.
func (b *bench) value(name string) string {
	if v, ok := b.state.GetName(name); ok {
		return v
	}
	return "(unset)"
}

// example is one line of a table: what a builtin does to its words.
type example struct {
	words  string // separated by blanks, with 'a b' and "" kept together
	status int
	out    string
	err    string // part of the message, "" where there is none
}

func (b *bench) check(table []example) {
	b.t.Helper()
	for _, e := range table {
		status, out, errs := b.run(words(e.words)...)
		if status != e.status || out != e.out {
			b.t.Errorf("%s: status %d output %q, want %d %q (%s)", e.words, status, out, e.status, e.out, errs)
		}
		if (e.err == "") != (errs == "") || !strings.Contains(errs, e.err) {
			b.t.Errorf("%s: message %q, want %q in it", e.words, errs, e.err)
		}
	}
}

// words splits at blanks outside of single quotes.
func words(line string) []string {
	var list []string
	word, open, quoted := "", false, false
	for _, r := range line {
		switch {
		case r == '\'':
			quoted, open = !quoted, true
		case r == ' ' && !quoted:
			if open {
				list = append(list, word)
			}
			word, open = "", false
		default:
			word, open = word+string(r), true
		}
	}
	if open {
		list = append(list, word)
	}
	return list
}
