package eval

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
	"mvdan.cc/sh/v3/syntax"

	"cosh/isolation"
	"cosh/isolation/cgroup"
	"cosh/isolation/launch"
	"cosh/isolation/resolve"
	"cosh/shell/command"
	"cosh/shell/diag"
)

// block is the shell code that a wrapper was given.
type block struct {
	text   string
	line   int
	script string
}

// wrapped compiles a statement that is a wrapper with a block.
func (c *compiler) wrapped(s *syntax.Stmt) node {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok {
		return c.refuse(s.Cmd)
	}
	return c.commandOf(call, s).node()
}

// commandOf is simpleCommand with the block, if there is one.
func (c *compiler) commandOf(call *syntax.CallExpr, s *syntax.Stmt) *simple {
	cmd := c.simpleCommand(call, s)
	if b := c.chunk.Blocks[s]; b != nil {
		cmd.block = &block{text: b.Source, line: c.line(b.Cmd), script: c.chunk.Name}
	}
	return cmd
}

// wrapper runs a command behind wrappers in the foreground.
func (sh *Shell) wrapper(s *simple, argv []string) ctl {
	spec, err := sh.wrappedSpec(argv, s.block)
	if err != nil {
		return sh.failed(err)
	}
	return sh.foreground(spec, s.text)
}

// wrappedSpec folds `limit … isolate … chroot-image … command` into one Spec:
// each wrapper takes its words off the front, what is left is what runs.
func (sh *Shell) wrappedSpec(argv []string, b *block) (*isolation.Spec, error) {
	spec, err := sh.spec(nil, nil, nil)
	if err != nil {
		return nil, err
	}
	words, surround := argv, sh.Boundaries
	for len(words) > 0 {
		w := sh.registry.Lookup(words[0])
		if w == nil || w.Kind != command.Wrapper || sh.Func(sh.names.Lookup(words[0])) != nil {
			break
		}
		turn := command.Wrap{Name: w.Name, Spec: spec, Words: words[1:], Block: b != nil,
			State: sh.Session}
		if err := w.Apply(&turn); err != nil {
			return nil, usage(w, err)
		}
		words = turn.Words
		surround = append(surround[:len(surround):len(surround)], turn.Boundaries...)
	}
	return spec, sh.inside(spec, words, b, surround)
}

// inside says what runs there: a block, an interactive
// shell, a function or builtin (both by cosh itself), or a program.
func (sh *Shell) inside(spec *isolation.Spec, words []string, b *block, surround []string) error {
	h := handover{inside: true, boundaries: surround}
	if spec.Root != nil {
		h.dir = sh.dirInside(spec.Root)
		spec.Dir = h.dir
	}
	switch {
	case b != nil && len(words) > 0:
		return &diag.Problem{What: fmt.Sprintf("%s: a word before the block is not an option", words[0]),
			Why: "what is wrapped is either the block or a command, not both", Status: 2,
			Try: "put the command inside the block"}
	case b != nil:
		h.text, h.line, h.script = b.text, b.line, b.script
	case len(words) == 0:
		h.interactive = true
	case sh.Func(sh.names.Lookup(words[0])) != nil || sh.registry.Lookup(words[0]) != nil:
		h.text, h.line, h.script, h.params = `"$@"`, sh.Line, sh.Script, words
	default:
		return sh.programInside(spec, words)
	}
	if n := spec.Limits.Pids; n > 0 && n < shellThreads {
		return &diag.Problem{What: fmt.Sprintf("limit: --pids %d: too few for shell code", n),
			Why:    fmt.Sprintf("the shell that runs it inside counts as well, with up to %d threads", shellThreads),
			Status: 2, Try: "limit --pids 20 …, or wrap a program"}
	}
	return sh.fillSelf(spec, h)
}

// shellThreads is what cosh itself needs of a limit on processes and threads.
const shellThreads = 8

// dirInside is the working directory in another root: the top, but the shell's
// own where the root shows this machine's files, unless a mount of the
// container's hides it.
func (sh *Shell) dirInside(r *isolation.Root) string {
	var st unix.Stat_t
	if r.Kind != isolation.RootHost || unix.Stat(sh.Dir, &st) != nil {
		return "/"
	}
	for _, hidden := range [...]string{"/proc/", "/dev/", "/sys/", "/tmp/"} {
		if strings.HasPrefix(sh.Dir+"/", hidden) {
			return "/"
		}
	}
	return sh.Dir
}

// programInside is a program behind wrappers. In another root the PATH walk
// happens there, one execve a folder.
func (sh *Shell) programInside(spec *isolation.Spec, words []string) error {
	spec.Argv, spec.Env = words, sh.Environ()
	if spec.Root == nil {
		path, err := sh.lookPath(words[0], "")
		spec.Paths = []string{path}
		return err
	}
	spec.Paths = sh.candidates(words[0])
	return nil
}

// usage makes a Problem with status 2 of a wrapper's complaint.
func usage(w *command.Builtin, err error) error {
	var p *diag.Problem
	if errors.As(err, &p) {
		return err
	}
	out := &diag.Problem{What: w.Name + ": " + err.Error(), Status: 2, Try: command.Synopsis(w.Help)}
	var f *command.FlagError
	if errors.As(err, &f) {
		if near := diag.Nearest(f.Word, f.Among); near != "" {
			out.Try = w.Name + " " + near
		}
	}
	return out
}

// Plan folds words and a block into the Plan that would run; it runs nothing.
func (sh *Shell) Plan(argv []string, blk any) (*isolation.Plan, error) {
	b, _ := blk.(*block)
	if len(argv) == 0 && b == nil {
		return nil, &diag.Problem{What: "there is no command to explain", Status: 2}
	}
	spec, err := sh.wrappedSpec(argv, b)
	if err != nil {
		return nil, err
	}
	defer sh.dropHandover(spec)
	spec.Script = spec.Ordinary() && !spec.Self
	plan, err := sh.plan(spec, resolve.Explained)
	if err != nil {
		return nil, refusal(err)
	}
	return plan, nil
}

// limitReport has the message said when a limit killed the process: the
// kernel's own signal does not tell.
func (sh *Shell) limitReport(p *launch.Process, s *isolation.Spec) {
	dirs := p.Plan().Cgroups
	if len(dirs) == 0 {
		return
	}
	p.OnExit = func(launch.Status) {
		r := cgroup.Read(dirs)
		if r.OOMKills > 0 {
			sh.message(fmt.Sprintf("cosh: killed for memory: the limit is %s, the peak was %s; %s",
				size(r.Limit), size(r.Peak), "give more with limit --memory"))
		}
		if r.Refused > 0 {
			sh.message(fmt.Sprintf("cosh: the limit of %d processes was reached: %d starts were refused", r.PidsMax, r.Refused))
		}
	}
}

// size writes bytes in the largest binary unit, to a tenth.
func size(n int64) string {
	const units = "KMGT"
	v, unit := float64(n), ""
	for i := 0; i < len(units) && v >= 1024; i++ {
		v /= 1024
		unit = units[i : i+1]
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") + unit
}
