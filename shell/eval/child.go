package eval

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/shell/job"
)

// child adapts a launched process to what a job holds.
type child struct {
	p *launch.Process
	// name is the command's first word, image where it runs, for messages.
	name, image string
	// again: it is this shell, executed again.
	again bool
	// first: it is number 1 of a PID namespace of its own. To such a process
	// the kernel delivers no signal that it has no handler for, not even the
	// terminal's (pid_namespaces(7)): the shell has to end or stop it by
	// SIGKILL and SIGSTOP, which it cannot refuse its parent. endedBy and
	// stoppedBy are the signals that these stand for, 0 when for none.
	first              bool
	endedBy, stoppedBy atomic.Int32
	// done: it has been waited for, so its process id may be somebody else's.
	done    atomic.Bool
	orphans *orphanage
}

func newChild(p *launch.Process, s *isolation.Spec, o *orphanage) *child {
	c := &child{p: p, first: s.Namespaces.Has(isolation.PID), orphans: o, again: s.Self}
	if len(s.Argv) > 0 {
		c.name = s.Argv[0]
	}
	if s.Root != nil {
		c.image = s.Root.Image
	}
	return c
}

func (c *child) Pid() int { return c.p.Pid }

func (c *child) Wait(hang, jobs bool) (job.Change, bool, error) {
	options := 0
	if !hang {
		options |= unix.WNOHANG
	}
	if jobs {
		options |= unix.WUNTRACED | unix.WCONTINUED
	}
	st, err := c.p.Wait(options)
	if st.Ended() {
		c.done.Store(true)
		c.orphans.forget(c.p.Pid)
	}
	switch st.State {
	case launch.Exited:
		change := job.Change{State: job.Done, Status: st.Code}
		if c.first && c.again && st.Code == 128+int(unix.SIGINT) {
			change.Signal = int(unix.SIGINT) // a block cannot end by a signal as number 1
		}
		return change, true, err
	case launch.Signaled:
		n := meaning(st.Signal, unix.SIGKILL, &c.endedBy)
		return job.Change{State: job.Done, Status: 128 + n, Signal: n, Core: st.Core}, true, err
	case launch.Stopped:
		n := meaning(st.Signal, unix.SIGSTOP, &c.stoppedBy)
		return job.Change{State: job.Stopped, Status: 128 + n, Signal: n}, true, err
	case launch.Continued:
		return job.Change{State: job.Running}, true, err
	}
	return job.Change{}, false, err
}

// meaning is the signal that sig stood for, sig itself when for none.
func meaning(sig, stands unix.Signal, meant *atomic.Int32) int {
	if sig == stands {
		if n := meant.Swap(0); n != 0 {
			return int(n)
		}
	}
	return int(sig)
}

// enforce does to the first process of a PID namespace what sig does to any
// other process that has no handler for it. The caller has sent sig already, or
// the terminal has.
func (c *child) enforce(sig int) {
	if !c.first || c.done.Load() || !c.deaf(sig) {
		return
	}
	switch unix.Signal(sig) {
	case unix.SIGKILL, unix.SIGSTOP, unix.SIGCONT, unix.SIGCHLD, unix.SIGURG, unix.SIGWINCH, 0:
	case unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU:
		c.stoppedBy.Store(int32(sig))
		_ = unix.Kill(c.p.Pid, unix.SIGSTOP)
	default:
		c.endedBy.Store(int32(sig))
		_ = unix.Kill(c.p.Pid, unix.SIGKILL)
	}
}

// deaf reports that the process neither catches nor ignores sig; without a
// /proc nothing is known, and it is taken for an ordinary program.
func (c *child) deaf(sig int) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(c.p.Pid) + "/status")
	if err != nil {
		return true
	}
	for _, name := range [...]string{"SigIgn:\t", "SigCgt:\t"} {
		_, rest, _ := strings.Cut(string(text), name)
		word, _, _ := strings.Cut(rest, "\n")
		mask, _ := strconv.ParseUint(word, 16, 64)
		if mask&(1<<(sig-1)) != 0 {
			return false
		}
	}
	return true
}

// firsts are the children of a job that are number 1 of a PID namespace.
func firsts(j *job.Job) []*child {
	var list []*child
	for _, p := range j.Procs {
		if c, ok := p.Child.(*child); ok && c.first {
			list = append(list, c)
		}
	}
	return list
}

// enforce makes number 1 of a PID namespace heed a signal that the shell has
// sent to a process, or with -pid to its group.
func (sh *Shell) enforce(pid, sig int) {
	for _, j := range sh.jobs.All() {
		for _, c := range firsts(j) {
			if pid == c.p.Pid || pid == -j.Group && j.Group != 0 {
				c.enforce(sig)
			}
		}
	}
}
