package eval

import (
	"errors"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/isolation/resolve"
	"cosh/shell/diag"
	"cosh/shell/job"
	"cosh/shell/session"
)

// group is the process group of one pipeline under job control.
type group struct {
	id         int
	foreground bool
}

// monitored reports whether the commands of this shell are jobs with process
// groups of their own.
func (sh *Shell) monitored() bool {
	return sh.Options&session.Monitor != 0 && !sh.virtual
}

// newGroup is the group for a new pipeline, nil without job control.
func (sh *Shell) newGroup(foreground bool) *group {
	if !sh.monitored() {
		return nil
	}
	return &group{foreground: foreground}
}

// spec describes a process that inherits this shell's state.
func (sh *Shell) spec(argv, env []string, g *group) (*isolation.Spec, error) {
	fds, err := sh.files.Child(make([]int, 0, 8))
	if err != nil {
		return nil, err
	}
	s := &isolation.Spec{Argv: argv, Env: env, Files: fds, Umask: sh.Umask, Rlimits: sh.Rlimits,
		Ignore: sh.Traps.IgnoreMask(), Default: sh.defaults}
	if sh.OwnDir {
		s.Dir = sh.Dir
	}
	if g != nil {
		sh.place(s, g)
	}
	return s, nil
}

// place puts a process into a pipeline's group.
func (sh *Shell) place(s *isolation.Spec, g *group) {
	s.Group.Mode = isolation.GroupNew
	if g.id != 0 {
		s.Group.Mode, s.Group.ID = isolation.GroupJoin, g.id
	}
	if g.foreground && sh.terminal != nil {
		s.Group.Foreground, s.Group.Tty = true, sh.terminal.Fd()
	}
}

// spawn starts the process of a Spec. The error is one message, with the
// status that its Problem names.
func (sh *Shell) spawn(s *isolation.Spec, g *group) (*job.Proc, error) {
	defer sh.dropHandover(s) // the child has a descriptor of its own by then
	plan, err := sh.plan(s, resolve.Plan)
	if err != nil {
		return nil, refusal(err)
	}
	sh.strays.sweep(nil)
	sh.tie(s)
	p, err := sh.orphans.start(plan)
	if err != nil {
		return nil, refusal(err)
	}
	sh.limitReport(p, s)
	if g != nil {
		if g.id == 0 {
			g.id = p.Pid
		}
		_ = unix.Setpgid(p.Pid, g.id) // the child does the same; EACCES after its exec
		if g.foreground && sh.terminal != nil {
			_ = sh.terminal.Give(g.id)
		}
	}
	return &job.Proc{Child: newChild(p, s, sh.orphans)}, nil
}

// plan resolves a Spec on this host; how is resolve.Plan or resolve.Explained.
func (sh *Shell) plan(s *isolation.Spec, how func(*isolation.Spec, *isolation.Host) (*isolation.Plan, error)) (*isolation.Plan, error) {
	var host *isolation.Host
	if !s.Ordinary() {
		var err error
		if host, err = sh.host(s); err != nil {
			return nil, err
		}
	}
	return how(s, host)
}

// refusal makes a Problem with status 125 of an error of set-up.
func refusal(err error) error {
	var p *diag.Problem
	if errors.As(err, &p) {
		return err
	}
	out := &diag.Problem{What: "cannot " + err.Error(), Status: 125}
	var step *launch.StepError
	if errors.As(err, &step) {
		if out.What = "cannot " + step.Do; step.Do == "" {
			out.What = "cannot make a process"
		}
		out.Why = diag.Errno(step.Unwrap())
		if step.Errno == unix.ENOSPC && strings.Contains(step.Hint, "max_") {
			out.Why = "a limit on the number of namespaces is reached" // namespaces(7)
		}
		out.Try = step.Hint
	}
	return out
}

// external runs a program in the foreground.
func (sh *Shell) external(s *simple, argv []string) ctl {
	undo, ok := sh.temporary(s.assigns) // PATH may be among them
	if !ok {
		sh.untemporary(undo)
		return sh.fatal()
	}
	sh.trace(s.assigns, argv)
	spec, err := sh.program(argv, sh.Environ())
	sh.untemporary(undo)
	if err != nil {
		return sh.failed(err)
	}
	if s.tail && sh.replaceable() {
		sh.Status = sh.notStarted(sh.become(spec), &child{name: argv[0]})
		return ctlNext
	}
	return sh.foreground(spec, s.text)
}

// program is the Spec of a program found by PATH.
func (sh *Shell) program(argv, env []string) (*isolation.Spec, error) {
	path, err := sh.lookPath(argv[0], "")
	if err != nil {
		if p, ok := err.(*diag.Problem); ok && p.Status == 127 {
			p.Try = sh.suggest(argv[0])
		}
		return nil, err
	}
	spec, err := sh.spec(argv, env, nil)
	if err == nil {
		spec.Paths = []string{path}
		spec.Script = true
	}
	return spec, err
}

// errReported stands for a redirection that failed and has said so.
var errReported = errors.New("a redirection failed")

// failed reports why a command could not be started; its status is the
// Problem's.
func (sh *Shell) failed(err error) ctl {
	if err == errReported {
		sh.Status = 1
		return ctlNext
	}
	sh.report(err)
	sh.Status = 125
	var p *diag.Problem
	if errors.As(err, &p) && p.Status != 0 {
		sh.Status = p.Status
	}
	return ctlNext
}

// foreground starts a process and waits for it.
func (sh *Shell) foreground(s *isolation.Spec, text string) ctl {
	g := sh.newGroup(true)
	if g != nil {
		sh.place(s, g)
	}
	p, err := sh.spawn(s, g)
	if err != nil {
		return sh.failed(err)
	}
	j := &job.Job{Procs: []*job.Proc{p}, Text: text}
	if g != nil {
		j.Group = g.id
	}
	if !s.Ordinary() {
		j.Spec = s
	}
	sh.postSentry(j)
	return sh.await(j)
}

// await waits for a foreground job, takes the terminal back and sets $?.
func (sh *Shell) await(j *job.Job) ctl {
	j.Await(j.Group != 0)
	if j.Group != 0 && sh.terminal != nil {
		sh.terminal.Back()
	}
	sh.Status = j.Status()
	if j.State() == job.Stopped {
		sh.jobs.Add(j)
		sh.message("\n" + sh.jobs.Line(j, false))
		j.Reported()
		return ctlNext
	}
	return sh.settle(j)
}

// settle reports how the processes of a finished job ended.
func (sh *Shell) settle(j *job.Job) ctl {
	if sh.trapped.Load() != 0 {
		sh.catchUp(j)
	}
	for _, p := range j.Procs {
		if p.Err != nil {
			status := sh.notStarted(p.Err, p.Child)
			if p == j.Last() {
				sh.Status = status
			}
		}
	}
	last := j.Last()
	if last.Signal == 0 {
		return ctlNext
	}
	switch unix.Signal(last.Signal) {
	case unix.SIGINT:
		if sh.interactive() {
			sh.message("")
			return ctlAbort
		}
		if _, trapped := sh.Traps.Action(int(unix.SIGINT)); sh.orphans != nil && !trapped {
			return ctlExit // the terminal's signal, which an init does not get itself
		}
	case unix.SIGPIPE:
	default:
		sh.message(j.Describe())
	}
	return ctlNext
}

// notStarted reports a set-up that failed in the child of.
func (sh *Shell) notStarted(err error, of job.Child) int {
	var step *launch.StepError
	if !errors.As(err, &step) {
		sh.report(err)
		return 127
	}
	if !step.Exec {
		sh.report(refusal(err))
		return 125
	}
	sh.hash = nil
	name, image := step.Do, ""
	if c, ok := of.(*child); ok && c.again {
		sh.report(notAgain(step.Errno))
		return 125
	} else if ok {
		name, image = c.name, c.image
	}
	problem := notExecuted(name, image, step.Errno)
	sh.report(problem)
	return problem.Status
}

// notAgain says why this very binary could not be executed.
func notAgain(errno unix.Errno) *diag.Problem {
	p := &diag.Problem{What: "cannot run this shell again: " + diag.Errno(errno), Why: "it is executed as /proc/self/exe",
		Try: "mount -t proc proc /proc", Status: 125}
	if unix.Access("/proc/self/exe", unix.X_OK) == nil && errno == unix.ENOENT {
		p.Why = "this cosh is dynamically linked and its loader is not in this root"
		p.Try = "CGO_ENABLED=0 go build ./cmd/cosh makes one that needs no loader"
	}
	return p
}

// notExecuted says why execve refused a program: 127 when there is none of that
// name, else 126 (XCU 2.8.2).
func notExecuted(name, image string, errno unix.Errno) *diag.Problem {
	p := &diag.Problem{What: name + ": " + diag.Errno(errno), Status: 126}
	if image != "" {
		p.What = name + ": " + diag.Errno(errno) + " in image " + image
	}
	if errno != unix.ENOENT && errno != unix.ENOTDIR {
		return p
	}
	p.Status = 127
	switch {
	case strings.IndexByte(name, '/') >= 0:
		p.Why = "the file, or the interpreter or loader that it names, is not there"
	case image != "":
		p.What = name + ": not found in image " + image
		p.Why = "no folder of PATH holds it there"
	default:
		p.What = name + ": not found"
	}
	if image == "scratch" {
		p.Try = "chroot-image scratch { … } runs shell code, which needs no file"
	}
	return p
}

// defaultPath finds the standard utilities (command -p).
const defaultPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"

// lookPath finds the program that name means; paths, when not "", stands for
// PATH. The error is a Problem with status 127 or 126.
func (sh *Shell) lookPath(name, paths string) (string, error) {
	if strings.IndexByte(name, '/') >= 0 {
		return name, sh.executable(name)
	}
	list := paths
	if list == "" {
		list, _ = sh.Get(session.PATH)
		if list != sh.hashPath {
			sh.hash, sh.hashPath = nil, list
		}
		if p, ok := sh.hash[name]; ok {
			return p, nil
		}
	}
	denied := false
	for rest, more := list, true; more; {
		var dir string
		dir, rest, more = strings.Cut(rest, ":")
		p := name
		if dir != "" {
			p = dir + "/" + name
		}
		var st unix.Stat_t
		if unix.Stat(sh.Path(p), &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFREG {
			continue
		}
		if unix.Faccessat(unix.AT_FDCWD, sh.Path(p), unix.X_OK, unix.AT_EACCESS) != nil {
			denied = true
			continue
		}
		if paths == "" && strings.HasPrefix(p, "/") {
			if sh.hash == nil {
				sh.hash = make(map[string]string)
			}
			sh.hash[name] = p
		}
		return p, nil
	}
	if denied {
		return "", &diag.Problem{What: name + ": permission denied", Why: "it is not executable", Status: 126}
	}
	return "", &diag.Problem{What: name + ": not found", Status: 127}
}

// executable checks a command given as a path before anything is started for
// it; execve has the last word.
func (sh *Shell) executable(path string) error {
	var st unix.Stat_t
	if err := unix.Stat(sh.Path(path), &st); err != nil {
		status := 127
		if err != unix.ENOENT && err != unix.ENOTDIR {
			status = 126
		}
		return &diag.Problem{What: path + ": " + diag.Errno(err), Status: status}
	}
	if st.Mode&unix.S_IFMT == unix.S_IFDIR {
		return &diag.Problem{What: path + ": is a directory", Status: 126}
	}
	return nil
}

// candidates are the paths that a PATH walk would try, in order.
func (sh *Shell) candidates(name string) []string {
	if strings.IndexByte(name, '/') >= 0 {
		return []string{name}
	}
	list, _ := sh.Get(session.PATH)
	if list == "" {
		list = defaultPath
	}
	var paths []string
	for _, dir := range strings.Split(list, ":") {
		if dir == "" {
			dir = "."
		}
		paths = append(paths, dir+"/"+name)
	}
	return paths
}
