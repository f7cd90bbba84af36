package eval

import (
	"fmt"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/files"
	"cosh/shell/job"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// What builtins may ask of the evaluator; see command.Shell.
var _ command.Shell = (*Shell)(nil)

// Files is the virtual descriptor table.
func (sh *Shell) Files() *files.Table { return sh.files }

// Eval runs text here; how it left is acted on when the builtin returns.
func (sh *Shell) Eval(text string) int {
	sh.leave(sh.runText(text, "eval", sh.Line))
	return sh.Status
}

// leave remembers how the code that a builtin ran has ended.
func (sh *Shell) leave(r ctl) {
	if r != ctlNext {
		sh.pending = r
	}
}

// Source runs a file in this environment.
func (sh *Shell) Source(path string, args []string) (int, error) {
	text, err := sh.readFile(path)
	if err != nil {
		return 1, fmt.Errorf("cannot open %s: %s", path, diag.Errno(err))
	}
	if sh.depth++; sh.depth > maxDepth || sh.tooDeep() {
		sh.depth--
		return 2, fmt.Errorf("%s: nested too deeply (%d)", path, sh.depth)
	}
	script, line, params := sh.Script, sh.Line, sh.Params
	sh.Script = path
	if args != nil {
		sh.Params = args
	}
	sh.Sourced++
	sh.Frames = append(sh.Frames, session.Frame{Func: &session.Function{Name: "source", Script: path}, Line: line})
	r := sh.runReader(lang.NewTextReader(path, string(text), sh.LangOptions()))
	if sh.Traps.Watched() && (r == ctlNext || r == ctlReturn) {
		sh.pseudoTrap(session.TrapReturn)
	}
	sh.Sourced--
	sh.Frames = sh.Frames[:len(sh.Frames)-1]
	sh.depth--
	sh.Script, sh.Line = script, line
	if args != nil {
		sh.Params = params
	}
	if r == ctlReturn {
		r = ctlNext
	}
	sh.leave(r)
	return sh.Status, nil
}

// Run runs argv without looking at functions; a special builtin loses its
// special properties (XCU command). The block behind the builtin that asks,
// `command isolate { … }`, is the command's.
func (sh *Shell) Run(argv []string, o command.RunOptions) int {
	b := sh.registry.Lookup(argv[0])
	block := sh.callersBlock()
	switch {
	case b == nil:
		path, err := sh.lookPath(argv[0], pathOf(o))
		if err != nil {
			sh.failed(err)
			return sh.Status
		}
		spec, err := sh.spec(append([]string(nil), argv...), sh.Environ(), nil)
		if err != nil {
			sh.failed(err)
			return sh.Status
		}
		spec.Paths, spec.Script = []string{path}, true
		sh.leave(sh.foreground(spec, strings.Join(argv, " ")))
	case b.Kind == command.Wrapper:
		sh.leave(sh.wrapper(&simple{text: strings.Join(argv, " "), block: block}, argv))
	default:
		plain := *b
		plain.Kind = command.Regular
		sh.garbled = false
		r := sh.builtin(&plain, argv, block)
		if sh.garbled && r == ctlExit {
			r = ctlNext // command eval: an error in it is no reason to leave
		}
		sh.garbled = false
		sh.leave(r)
	}
	return sh.Status
}

// callersBlock is the block that the running builtin was given, or nil.
func (sh *Shell) callersBlock() *block {
	if sh.ncalls == 0 {
		return nil
	}
	b, _ := sh.calls[sh.ncalls-1].Block.(*block)
	return b
}

func pathOf(o command.RunOptions) string {
	if o.DefaultPath {
		return defaultPath
	}
	return ""
}

// Exec replaces the shell. A virtual subshell cannot be replaced: it runs the
// program and ends with its status.
func (sh *Shell) Exec(argv []string) int {
	argv = append([]string(nil), argv...)
	if b := sh.registry.Lookup(argv[0]); b != nil && b.Kind == command.Wrapper || sh.virtual || sh.beside.Load() > 0 {
		sh.Traps.Reset(0) // nobody is left to run it
		status := sh.Run(argv, command.RunOptions{})
		sh.pending = ctlExit
		sh.Status = status
		return status
	}
	spec, err := sh.program(argv, sh.Environ())
	if err == nil {
		err = sh.become(spec)
	}
	if p, ok := err.(*diag.Problem); ok {
		sh.failed(p)
	} else {
		sh.Status = sh.notStarted(err, &child{name: argv[0]})
	}
	if !sh.interactive() {
		sh.pending = ctlExit
	}
	return sh.Status
}

// Break leaves n loops; more than there are leaves all.
func (sh *Shell) Break(n int) { sh.loop(ctlBreak, n) }

// Continue goes on with the next turn of the n-th loop.
func (sh *Shell) Continue(n int) { sh.loop(ctlContinue, n) }

func (sh *Shell) loop(c ctl, n int) {
	if sh.Loops == 0 {
		return
	}
	sh.levels = min(n, sh.Loops)
	sh.pending = c
}

// Return leaves the function or dot script; elsewhere it ends the shell as
// exit does (dash, and POSIX leaves it open).
func (sh *Shell) Return(status int) {
	sh.Status = status
	sh.pending = ctlReturn
	if sh.Depth == 0 && sh.Sourced == 0 {
		sh.pending = ctlExit
	}
}

// Exit ends the shell or subshell.
func (sh *Shell) Exit(status int) {
	sh.Status = status
	sh.pending = ctlExit
}

// Find says what a name means.
func (sh *Shell) Find(name string, o command.RunOptions) command.Found {
	if o.Functions {
		if text, ok := sh.Aliases[name]; ok {
			return command.Found{Kind: command.FoundAlias, Path: text}
		}
		if keyword(name) {
			return command.Found{Kind: command.FoundKeyword}
		}
	}
	b := sh.registry.Lookup(name)
	switch {
	case b != nil && b.Kind == command.Special:
		return command.Found{Kind: command.FoundSpecial}
	case o.Functions && sh.Func(sh.names.Lookup(name)) != nil:
		return command.Found{Kind: command.FoundFunction}
	case b != nil:
		return command.Found{Kind: command.FoundBuiltin}
	}
	path, err := sh.lookPath(name, pathOf(o))
	if err != nil || strings.Contains(name, "/") && unix.Access(sh.Path(path), unix.X_OK) != nil {
		return command.Found{}
	}
	return command.Found{Kind: command.FoundFile, Path: path}
}

func keyword(s string) bool {
	switch s {
	case "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while":
		return true
	}
	return false
}

// Rehash forgets the remembered command paths.
func (sh *Shell) Rehash() { sh.hash = nil }

// Builtins is the registry.
func (sh *Shell) Builtins() command.Registry { return sh.registry }

// FunctionText is a definition that can be read back.
func (sh *Shell) FunctionText(f *session.Function) string { return f.Name + "() " + f.Source }

// Chdir makes dir the working directory. A virtual subshell only notes it.
func (sh *Shell) Chdir(dir, logical string) error {
	if !sh.virtual {
		if err := unix.Chdir(dir); err != nil {
			return err
		}
		sh.Dir = logical
		return nil
	}
	path := sh.Path(dir)
	fd, err := unix.Open(path, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if err := unix.Faccessat(fd, ".", unix.X_OK, unix.AT_EACCESS); err != nil {
		return err
	}
	sh.Dir, sh.OwnDir = logical, true
	return nil
}

// SetUmask sets the file mode creation mask; the process's own stays 0.
func (sh *Shell) SetUmask(mask int) { sh.Umask = mask }

// SetOptions turns options on and off.
func (sh *Shell) SetOptions(on, off session.Options) {
	sh.setOptions(on, off)
}

// Jobs are the shell's jobs.
func (sh *Shell) Jobs() *job.Table { return sh.jobs }

// Wait waits for a background job; a signal with a trap ends the wait.
func (sh *Shell) Wait(j *job.Job) (status int, interrupted bool) {
	for j.State() == job.Running {
		if sh.virtual || sh.signals.ch == nil {
			j.Await(sh.monitored())
			break
		}
		if sig := sh.waitOrSignal(j); sig != 0 {
			return 128 + sig, true
		}
		j.Poll()
	}
	for _, p := range j.Procs {
		if p.Err != nil {
			p.Status = sh.notStarted(p.Err, p.Child)
			p.Err = nil
		}
	}
	return j.Status(), false
}

// waitOrSignal waits until the first running process of j has news, or a
// signal that the shell handles has arrived; then it is returned.
func (sh *Shell) waitOrSignal(j *job.Job) int {
	news := make(chan struct{})
	for _, p := range j.Procs {
		if p.State == job.Running {
			go func(pid int) {
				var info unix.Siginfo
				for unix.Waitid(unix.P_PID, pid, &info, unix.WEXITED|unix.WSTOPPED|unix.WNOWAIT, nil) == unix.EINTR {
				}
				close(news)
			}(p.Pid())
			break
		}
	}
	for {
		select {
		case <-news:
			return 0
		case <-sh.arrived:
			mask := sh.process.pending.Load()
			for sig := 1; sig <= 64; sig++ {
				action, ok := sh.Traps.Action(sig)
				caught := ok && action != "" || sig == int(unix.SIGINT) && sh.interactive()
				if mask&(1<<(sig-1)) != 0 && caught {
					return sig
				}
			}
		}
	}
}

// Foreground goes on with a job and waits for it.
func (sh *Shell) Foreground(j *job.Job) int {
	sh.resume(j, sh.terminal != nil)
	sh.leave(sh.await(j))
	if j.State() == job.Done {
		sh.jobs.Remove(j)
	}
	return sh.Status
}

// BackgroundJob goes on with a job and does not wait.
func (sh *Shell) BackgroundJob(j *job.Job) int {
	sh.resume(j, false)
	sh.Background = j.Last().Pid()
	sh.jobs.Touch(j)
	return 0
}

func (sh *Shell) resume(j *job.Job, terminal bool) {
	if terminal {
		_ = sh.terminal.Give(j.Group)
	}
	for _, p := range j.Procs {
		if p.State == job.Stopped {
			p.Change = job.Change{State: job.Running}
		}
	}
	if j.Group != 0 {
		_ = unix.Kill(-j.Group, unix.SIGCONT)
	}
	j.Reported()
}

// Times are the seconds that the shell and its children have used.
func (sh *Shell) Times() (user, sys, childUser, childSys float64) {
	var self, children syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &self)
	_ = syscall.Getrusage(syscall.RUSAGE_CHILDREN, &children)
	return seconds(self.Utime), seconds(self.Stime), seconds(children.Utime), seconds(children.Stime)
}

func seconds(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
