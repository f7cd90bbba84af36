package eval

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/shell/diag"
	"cosh/shell/files"
	"cosh/shell/job"
	"cosh/shell/session"
)

// Go cannot fork. Where a subshell must be a process of its own, this very
// binary is executed again and the state is handed over:
//
//	shell                                       the other process
//	  state → memfd (unlinked, read only there)
//	  execve self, _COSH_STATE=<its number>  →   main: TakeOver reads it, closes it
//	  descriptors at the numbers they have   →   files.Table takes them as they are
//	                                             runs the text, or prompts
//
// stateEnv names the descriptor; it is taken out of the environment at once.
const stateEnv = "_COSH_STATE"

// handover is what a real subshell is to do.
type handover struct {
	text        string // shell code
	line        int    // its line in script
	script      string
	params      []string // positional parameters instead of the shell's own
	inside      bool     // behind boundaries: a shell of its own, not a subshell
	interactive bool     // a prompt instead of text
	boundaries  []string
	dir         string // the working directory in another root; "" where it stays
}

// startSelf starts a subshell as a process.
func (sh *Shell) startSelf(h handover, g *group) (*job.Proc, error) {
	spec, err := sh.spec(nil, nil, g)
	if err != nil {
		return nil, err
	}
	if err := sh.fillSelf(spec, h); err != nil {
		return nil, err
	}
	return sh.spawn(spec, g)
}

// foregroundSelf runs a subshell as a process and waits for it.
func (sh *Shell) foregroundSelf(h handover) ctl {
	g := sh.newGroup(true)
	p, err := sh.startSelf(h, g)
	if err != nil {
		return sh.failed(err)
	}
	j := &job.Job{Procs: []*job.Proc{p}, Text: h.text}
	if g != nil {
		j.Group = g.id
	}
	return sh.await(j)
}

// fillSelf makes spec a process of this binary that does what h says.
func (sh *Shell) fillSelf(spec *isolation.Spec, h handover) error {
	fd, err := unix.MemfdCreate("cosh-state", unix.MFD_CLOEXEC)
	if err != nil {
		return &diag.Problem{What: "cannot hand the state over: " + diag.Errno(err), Status: 125}
	}
	e := session.Encoder{}
	e.Text(h.text)
	e.Int(int64(h.line))
	e.Text(h.script)
	e.Int(int64(flag(h.inside) | flag(h.interactive)<<1))
	e.Int(int64(os.Getpid()))
	e.Int(int64(len(spec.Files)))
	for _, fd := range spec.Files {
		e.Int(int64(flag(fd >= 0)))
	}
	sh.encodeFor(h, &e)
	if _, err := files.New(fd).Write(e.Buf); err != nil {
		unix.Close(fd)
		return &diag.Problem{What: "cannot hand the state over: " + diag.Errno(err), Status: 125}
	}
	n := max(len(spec.Files), 10)
	for len(spec.Files) < n {
		spec.Files = append(spec.Files, -1)
	}
	spec.Files = append(spec.Files, fd)
	spec.Self = true
	spec.Argv = []string{"cosh"}
	if h.text != "" {
		spec.Argv = append(spec.Argv, "-c", title(h))
	}
	// Where a limit keeps Go's runtime from its threads it gives up before main;
	// it shall do so without a trace of many lines.
	spec.Env = []string{stateEnv + "=" + strconv.Itoa(n), "GOTRACEBACK=none"}
	return nil
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// title is the text as ps shows it.
func title(h handover) string {
	if len(h.params) > 0 {
		return strings.Join(h.params, " ")
	}
	return h.text
}

// encodeFor writes the session as the other process shall find it.
func (sh *Shell) encodeFor(h handover, e *session.Encoder) {
	sh.Own()
	s := *sh.Session
	s.Subshell++
	s.Loops = 0
	s.Options &^= session.Interactive | session.Monitor
	if h.params != nil {
		s.Params = h.params
	}
	if h.inside {
		s.Boundaries = h.boundaries
		s.Subshell = 0
	}
	if h.dir != "" {
		// Names are resolved anew in there; PWD is read back by TakeOver.
		s.Dir, s.OwnDir = h.dir, false
	}
	s.Encode(e)
}

// dropHandover closes the shell's own copy of the state.
func (sh *Shell) dropHandover(spec *isolation.Spec) {
	if spec.Self && len(spec.Files) > 10 {
		unix.Close(spec.Files[len(spec.Files)-1])
		spec.Files = spec.Files[:len(spec.Files)-1]
	}
}

// Task is what a process was handed by another cosh.
type Task struct {
	Text        string
	Line        int
	Script      string
	Inside      bool
	Interactive bool
	Maker       int // process id of the shell that handed it over
}

// TakeOver reads the state that another cosh handed to this process. ok is
// false in a process that was started otherwise. s must be fresh.
func TakeOver(s *session.Session, t *files.Table) (task Task, ok bool, err error) {
	value, ok := syscall.Getenv(stateEnv)
	if !ok {
		return task, false, nil
	}
	_ = syscall.Unsetenv(stateEnv)
	nameProcess("cosh")
	n, err := strconv.Atoi(value)
	if err != nil {
		return task, false, nil
	}
	var st unix.Stat_t
	if err := unix.Fstat(n, &st); err != nil {
		return task, true, err
	}
	buf := make([]byte, st.Size)
	if _, err := unix.Pread(n, buf, 0); err != nil {
		return task, true, err
	}
	unix.Close(n)
	d := session.Decoder{Buf: buf}
	task.Text = d.Text()
	task.Line = int(d.Int())
	task.Script = d.Text()
	mode := d.Int()
	task.Inside, task.Interactive = mode&1 != 0, mode&2 != 0
	task.Maker = int(d.Int())
	count := int(d.Int())
	for fd := 0; fd < count && d.Err == nil; fd++ {
		if d.Int() != 0 {
			if fd > 2 {
				unix.CloseOnExec(fd)
			}
			t.Put(fd, files.Inherited(fd))
		}
	}
	err = s.Decode(&d)
	if pwd, _ := s.Get(session.PWD); task.Inside && pwd != s.Dir {
		_ = s.Set(session.PWD, s.Dir)
		_ = s.SetName("OLDPWD", pwd)
	}
	if task.Inside {
		s.Pid, s.Parent = os.Getpid(), os.Getppid()
		_ = s.SetName("PPID", strconv.Itoa(s.Parent))
	}
	return task, true, err
}

// nameProcess sets the name that ps and top show, of at most 15 bytes: a
// process executed through /proc/self/exe is called "exe" (PR_SET_NAME(2const)).
func nameProcess(name string) {
	b, err := unix.BytePtrFromString(name)
	if err == nil {
		_ = unix.Prctl(unix.PR_SET_NAME, uintptr(unsafe.Pointer(b)), 0, 0, 0)
	}
}
