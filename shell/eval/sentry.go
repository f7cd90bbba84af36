package eval

import (
	"sync"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/isolation/step"
	"cosh/shell/job"
)

// The terminal signals a whole process group, and where that is a container's
// the kernel keeps the signal from process number 1 (pid_namespaces(7)): Ctrl-C
// and Ctrl-Z would do nothing. So the shell puts one more process into the
// group, outside of the namespace, that does nothing but get the signal too:
//
//	terminal ── SIGINT ──▶ group { number 1 (deaf to it), its children, sentry }
//	shell    ◀── wait4: the sentry was killed by SIGINT
//	shell    ── SIGKILL ─▶ number 1, and says that SIGINT ended it
//
// The same holds for SIGTSTP and SIGSTOP, and for kill(1) of the group.
type sentry struct {
	mu      sync.Mutex
	process *launch.Process
	ended   bool // the job has
	group   int
	wards   []*child
	orphans *orphanage
}

// postSentry has the processes of j that are number 1 of a PID namespace heed
// the signals of its group. Without one, or without a group, it does nothing.
func (sh *Shell) postSentry(j *job.Job) {
	wards := firsts(j)
	if len(wards) == 0 || j.Group == 0 {
		return
	}
	s := &sentry{group: j.Group, wards: wards, orphans: sh.orphans}
	if !s.post() {
		return // the group is gone already
	}
	go s.run()
	j.Finished = append(j.Finished, s.end)
}

// post starts a sentry; false when there is nothing (more) to watch.
func (s *sentry) post() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return false
	}
	p, err := s.orphans.start(sentryPlan(s.group))
	if err != nil {
		return false
	}
	_ = unix.Setpgid(p.Pid, s.group) // the child does the same; whoever is first
	s.process = p
	return true
}

// run passes on what happens to the sentry until the job has ended.
func (s *sentry) run() {
	for {
		st, err := s.process.Wait(unix.WUNTRACED)
		switch {
		case st.State == launch.Stopped:
			s.enforce(int(st.Signal))
			s.mu.Lock()
			_ = unix.Kill(s.process.Pid, unix.SIGCONT) // back to its post
			s.mu.Unlock()
		case st.State == launch.Signaled:
			if s.enforce(int(st.Signal)); !s.post() {
				return
			}
		case err != nil || st.Ended():
			return // it could not join the group: that is gone
		}
	}
}

func (s *sentry) enforce(sig int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	for _, c := range s.wards {
		c.enforce(sig)
	}
}

// end is called when the job has ended.
func (s *sentry) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	_ = unix.Kill(s.process.Pid, unix.SIGKILL)
}

// sentryPlan is a process in a group that holds no file and waits for signals.
func sentryPlan(group int) *isolation.Plan {
	l := step.NewList(5, 12, 40)
	l.Begin(isolation.Step{Do: "end with the shell"})
	l.Call(unix.SYS_PRCTL, isolation.Int(unix.PR_SET_PDEATHSIG), isolation.Int(int(unix.SIGKILL)), isolation.Int(0), isolation.Int(0), isolation.Int(0))
	l.Begin(isolation.Step{Do: "join the job's process group"})
	l.Call(unix.SYS_SETPGID, isolation.Int(0), isolation.Int(group))
	l.Begin(isolation.Step{Do: "let go of the shell's files"})
	l.Call(unix.SYS_CLOSE_RANGE, isolation.Int(0), isolation.Flags(^uintptr(0)>>32, "~0U"), isolation.Int(0))
	l.Begin(isolation.Step{Do: "heed every signal"})
	for _, sig := range [...]unix.Signal{unix.SIGHUP, unix.SIGINT, unix.SIGQUIT, unix.SIGTERM, unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU} {
		l.Call(unix.SYS_RT_SIGACTION, isolation.Int(int(sig)), isolation.Bytes(defaultAction, "SIG_DFL"), step.Null, isolation.Int(8))
	}
	l.Begin(isolation.Step{Do: "wait"})
	l.Call(unix.SYS_PPOLL, step.Null, isolation.Int(0), step.Null, step.Null, isolation.Int(8))
	return &isolation.Plan{Child: l.Steps, Die: true}
}

// defaultAction is the kernel's struct sigaction for SIG_DFL.
const defaultAction = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
