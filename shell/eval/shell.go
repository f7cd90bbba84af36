// Package eval runs the language: it compiles the syntax tree once to
// closures over variable slots, and runs them. A subshell is a virtual
// process (a copy of the state in this process) as long as nothing can tell;
// see fork and handover.
package eval

import (
	"sync"
	"sync/atomic"

	"cosh/isolation"
	"cosh/shell/command"
	"cosh/shell/files"
	"cosh/shell/job"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// ctl says how a command ended: normally, or on its way out of something.
type ctl uint8

const (
	ctlNext     ctl = iota // go on with the next command
	ctlBreak               // leave Shell.levels loops
	ctlContinue            // go on with the next turn of the levels-th loop
	ctlReturn              // leave the function or dot script
	ctlExit                // leave the shell or subshell
	ctlAbort               // back to the prompt: an error or an interrupt
)

// node is a compiled command. It leaves the exit status in Session.Status.
type node func(*Shell) ctl

// process is what every virtual shell of this process shares.
type process struct {
	names    *session.Names
	registry command.Registry
	lang     lang.Options
	host     func(*isolation.Spec) (*isolation.Host, error)
	terminal *job.Terminal // nil without job control

	// pending are the signals that have arrived and await their trap, bit n-1
	// is signal n; arrived wakes up a wait.
	pending atomic.Uint64
	// trapped are the signals that have a trap in the shell itself.
	trapped atomic.Uint64
	arrived chan struct{}
	// watching: a trap on ERR or DEBUG has been set.
	watching atomic.Bool
	signals  listener

	// defaults are signals that the shell ignores for itself and its children
	// must not (SIGTTOU, SIGTSTP, … of an interactive shell).
	defaults uint64
	// maker is the shell that made this process as a subshell, 0: none.
	maker int
	// orphans tells whom an init may reap; nil in any other process.
	orphans *orphanage
	strays  strays
	// wait for stages that run as goroutines, so that exit does not cut them.
	stages sync.WaitGroup
	// substitutions counts the process substitutions compiled so far.
	substitutions atomic.Int64
	// beside counts the process substitutions that run in this process: it
	// must not become another program before they have ended.
	beside atomic.Int64
	// functionAsksPid: a function with BASHPID in it has been defined.
	functionAsksPid atomic.Bool
	definitions     atomic.Int64 // of functions
}

// Shell runs commands on one session: the shell itself or a virtual subshell
// of it. It is used by one goroutine at a time.
type Shell struct {
	*session.Session
	*process
	files *files.Table
	jobs  *job.Table

	args  []string // argument stack; a command owns its tail
	buf   []byte   // scratch for words, a stack as well
	saved []savedFile
	// undone is where the redirections of the command at hand begin on saved: its
	// trace goes where descriptor 2 led before them.
	undone int
	texts  texts
	calls  []*command.Call // builtins that run, outermost first
	// compounds are the array values among the arguments of the builtin that
	// is about to run.
	compounds []compound
	ncalls    int

	pending    ctl // asked for by a builtin: break, return, exit
	levels     int // of ctlBreak and ctlContinue
	fault      error
	unexpanded bool // a redirection failed because its word did
	garbled    bool // the shell is on its way out because of an error
	guard      int  // > 0: in a condition, where -e does not bite
	virtual    bool // a subshell that is not a process of its own
	last       int  // status of the last command substitution
	noEcho     bool // xtrace is silent (while PS4 expands)
	pseudo

	group *group // the process group of the pipeline that this runs for

	depth    int  // of nested evals and traps
	skipLine bool // a lapse has left the line, see skipped
	nest     int  // the weight of all that is running, see maxNest
	hash     map[string]string
	hashPath string
	dead     bool // exit has run
}

// Config is what a Shell starts with.
type Config struct {
	Session  *session.Session
	Files    *files.Table
	Registry command.Registry
	// Host is what this machine allows, as far as a Spec needs it.
	Host     func(*isolation.Spec) (*isolation.Host, error)
	Wrappers map[string]bool
}

// New returns a shell. Session.Names serves the whole process.
func New(c Config) *Shell {
	p := &process{
		names:    c.Session.Names,
		registry: c.Registry,
		host:     c.Host,
		lang:     lang.Options{Wrappers: c.Wrappers},
		arrived:  make(chan struct{}, 1),
	}
	sh := &Shell{Session: c.Session, process: p, files: c.Files, jobs: &job.Table{}}
	sh.followPosix()
	giveBodies(sh.Session)
	sh.Language = sh
	if !sh.posix() {
		sh.EnableDynamic()
	}
	return sh
}

// fork returns a virtual subshell: a copy of the state and of the descriptor
// table. end lets go of it.
func (sh *Shell) fork() *Shell {
	sub := &Shell{
		Session: sh.Session.Clone(),
		process: sh.process,
		files:   sh.files.Clone(),
		jobs:    sh.jobs.Sub(),
		virtual: true,
		guard:   sh.guard,
		depth:   sh.depth,
		nest:    sh.nest + forkWeight,
		group:   sh.group,
		hash:    sh.hash, hashPath: "\x00", // shared for reading only
	}
	sub.Language = sub
	return sub
}

// end runs the subshell's EXIT trap and closes its files.
func (sh *Shell) end() {
	sh.runExitTrap()
	sh.files.Release()
	sh.Release()
	sh.strays.take(sh.jobs)
}

// run runs body in the virtual subshell and returns its exit status.
func (sh *Shell) run(body node) (status int) {
	defer sh.rescue(&status)
	body(sh)
	sh.end()
	return sh.Status
}

// Posix reports whether extensions are switched off.
func (sh *Shell) posix() bool { return sh.Options&session.Posix != 0 }

// unguarded runs a body outside of any condition.
func (sh *Shell) interactive() bool {
	return sh.Options&session.Interactive != 0 && !sh.virtual
}
