// Package session is the state of one shell: variables, options, functions,
// positional parameters, working directory, umask, limits, traps. It does no
// I/O. A virtual subshell is a Clone.
package session

import (
	"time"

	"cosh/isolation"
)

// Session is the state of one shell or virtual subshell. It is used by one
// goroutine at a time; a Clone may be used by another.
type Session struct {
	// Names is shared by all sessions of the process.
	Names *Names
	// Options are set by set, by the command line and by -o.
	Options Options
	// Shopts are set by shopt.
	Shopts Shopts
	// Name is $0.
	Name string
	// Params are the positional parameters, $1 first. The slice may be a view
	// of a caller's arguments: assign a new one, never write into it.
	Params []string
	// Status is $?.
	Status int
	// Pid is $$; Parent is $PPID; Background is $! (0: none yet).
	Pid, Parent, Background int
	// Line is the line of the command that runs, for $LINENO and messages.
	Line int
	// Script is the file that Line is in, for messages; "" at the prompt.
	Script string
	// Depth counts the functions that are running; Sourced the dot scripts.
	Depth, Sourced int
	// Loops counts the loops around the running command in this function.
	Loops int
	// Subshell counts the subshells around this session.
	Subshell int
	// Dir is the working directory of this (virtual) process, a logical path.
	Dir string
	// OwnDir: Dir is not the real process's working directory (a virtual
	// subshell has changed it); see Path.
	OwnDir bool
	// Umask is the file mode creation mask.
	Umask int
	// Rlimits are the limits that children get in place of the shell's own.
	Rlimits []isolation.Rlimit
	// Traps are the actions of trap.
	Traps Traps
	// Aliases maps an alias to its text; nil until the first one.
	Aliases map[string]string
	// Language evaluates what a variable's properties ask for; the evaluator
	// sets it, for each subshell its own.
	Language Language
	// Frames are the functions and dot scripts that run, outermost first.
	Frames []Frame
	// Pipe holds the statuses of the last pipeline's commands; nil when a
	// command without a pipe came later.
	Pipe []int
	// DirStack is the directories that pushd keeps, the last one first.
	DirStack []string
	// Boundaries names what surrounds this shell, outermost first, for the
	// prompt: "pid,mount,net", "image alpine", "memory 64M".
	Boundaries []string

	vars        []Var
	lease       *lease // not nil: vars may be another's as well
	arrays      bool   // there have been arrays
	funcs       []*Function
	funcsLent   bool // funcs may be another's as well
	locals      []Saved
	frame       int
	environ     []string
	passthrough []string
	ifs         Separators
	start       time.Time
	seed        uint32 // of RANDOM, once seeded
	seeded      bool
	getopt      int // offset inside a cluster of options, for getopts
}

// Function is a defined function. Body is the evaluator's compiled form, made
// at the first call from Source.
type Function struct {
	Name   string
	Source string // the body's text, the compound command with its redirections
	Script string // the file it was defined in
	Line   int    // the line where Source begins
	Body   any
}

// New returns the state of a fresh shell.
func New(names *Names) *Session {
	s := &Session{Names: names, start: time.Now(), Shopts: InitialShopts}
	s.prepare(names.Len())
	for _, id := range [...]ID{IFS, OPTIND, PATH, LINENO, RANDOM, SECONDS} {
		s.vars[id].flags |= Special
	}
	s.reset(IFS, " \t\n")
	s.reset(OPTIND, "1")
	for _, id := range [...]ID{LINENO, RANDOM, SECONDS} {
		s.vars[id].flags |= Set
	}
	return s
}

func (s *Session) reset(id ID, text string) {
	v := s.at(id)
	v.str = text
	v.flags = v.flags&^value | Set | HasStr
	s.assigned(v, id)
}

// Clone returns the state of a subshell: a copy that shares nothing that
// either side writes to. Traps with an action are reset (XCU 2.15 trap).
func (s *Session) Clone() *Session {
	c := *s
	s.lend(&c)
	c.locals = append([]Saved(nil), s.locals...)
	c.Frames = append([]Frame(nil), s.Frames...)
	c.Traps = s.inherit(s.Traps.forSubshell())
	c.Subshell++
	if s.Aliases != nil {
		c.Aliases = make(map[string]string, len(s.Aliases))
		for k, v := range s.Aliases {
			c.Aliases[k] = v
		}
	}
	return &c
}

// Func returns the function in slot id, nil when there is none.
func (s *Session) Func(id ID) *Function {
	if int(id) >= len(s.funcs) {
		return nil
	}
	return s.funcs[id]
}

// SetFunc defines a function; nil removes it.
func (s *Session) SetFunc(id ID, f *Function) {
	if int(id) >= len(s.funcs) {
		if f == nil {
			return
		}
		n := max(s.Names.Len(), int(id)+1)
		funcs := make([]*Function, n+n/2)
		copy(funcs, s.funcs)
		s.funcs, s.funcsLent = funcs, false
	}
	if s.funcsLent {
		s.funcs, s.funcsLent = append([]*Function(nil), s.funcs...), false
	}
	s.funcs[id] = f
}

// Funcs calls f for every function.
func (s *Session) Funcs(f func(*Function)) {
	for _, fn := range s.funcs {
		if fn != nil {
			f(fn)
		}
	}
}

// assigned is the hook behind an assignment to a Special variable.
func (s *Session) assigned(v *Var, id ID) {
	switch id {
	case IFS:
		text, set := v.str, v.flags&HasStr != 0
		if !set && v.flags&HasNum != 0 {
			text, set = s.getSlowPlain(v), true
		}
		if !set {
			text = " \t\n"
		}
		s.ifs = makeSeparators(text)
	case OPTIND:
		s.getopt = 0
	case RANDOM:
		n, _ := s.numberOf(v)
		s.seed, s.seeded = uint32(n), true
	case SECONDS:
		n, _ := s.numberOf(v)
		s.start = time.Now().Add(-time.Duration(n) * time.Second)
	}
}

func (s *Session) getSlowPlain(v *Var) string {
	f := v.flags
	v.flags &^= Special
	text, _ := s.getSlow(v, 0)
	v.flags |= f & Special
	return text
}

func (s *Session) numberOf(v *Var) (int64, bool) {
	if v.flags&HasNum != 0 {
		return v.num, true
	}
	return Canonical(v.str)
}

// refresh computes the value of a Special variable that is made when read.
func (s *Session) refresh(v *Var, id ID) {
	if v.flags&Set == 0 && (id < FUNCNAME || id > BASH_SUBSHELL) {
		return
	}
	if id >= FUNCNAME && id <= BASH_SUBSHELL {
		s.refreshDynamic(v, id)
		return
	}
	switch id {
	case LINENO:
		v.num = int64(s.Line)
	case RANDOM:
		v.num = s.random()
	case SECONDS:
		v.num = int64(time.Since(s.start) / time.Second)
	default:
		return
	}
	v.flags = v.flags&^value | Set | HasNum
}

// IFS is the table that field splitting uses.
func (s *Session) IFS() *Separators { return &s.ifs }

// Getopt is the offset inside the cluster of options that getopts stands in;
// assigning OPTIND resets it.
func (s *Session) Getopt() int     { return s.getopt }
func (s *Session) SetGetopt(n int) { s.getopt = n }

// Path is how the process reaches the file that this (virtual) process calls
// p: p itself, unless the session has a working directory of its own.
func (s *Session) Path(p string) string {
	if !s.OwnDir || p == "" || p[0] == '/' {
		return p
	}
	if s.Dir == "/" {
		return "/" + p
	}
	return s.Dir + "/" + p
}
