package builtins

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cosh/shell/job"
	"cosh/shell/session"
)

// fakeChild never changes by itself.
type fakeChild int

func (f fakeChild) Pid() int                                  { return int(f) }
func (f fakeChild) Wait(bool, bool) (job.Change, bool, error) { return job.Change{}, false, nil }

func (b *bench) addJob(text string, pid int, state job.State, status int) *job.Job {
	j := &job.Job{Text: text, Group: pid, Procs: []*job.Proc{
		{Child: fakeChild(pid), Change: job.Change{State: state, Status: status}},
	}}
	b.shell.jobs.Add(j)
	return j
}

func TestJobs(t *testing.T) {
	b := newBench(t)
	b.check([]example{{"jobs", 0, "", ""}})
	b.addJob("sleep 1", 101, job.Running, 0)
	b.addJob("false", 102, job.Done, 1)
	line := func(n int, mark, state, text string) string {
		return fmt.Sprintf("[%d]%s %-22s %s\n", n, mark, state, text)
	}
	b.check([]example{
		{"jobs -p", 0, "101\n102\n", ""},
		{"jobs -r", 0, line(1, "-", "Running", "sleep 1"), ""},
		{"jobs -s", 0, "", ""},
		{"jobs -l %1", 0, "[1]- 101 " + fmt.Sprintf("%-22s", "Running") + " sleep 1\n", ""},
		{"jobs", 0, line(1, "-", "Running", "sleep 1") + line(2, "+", "Done(1)", "false"), ""},
		{"jobs", 0, line(1, "+", "Running", "sleep 1"), ""},
		{"jobs %9", 1, "", "no such job"},
		{"wait 102", 1, "", ""},
		{"wait 102", 127, "", "not a child"},
	})
}

func TestFgBg(t *testing.T) {
	b := newBench(t)
	b.check([]example{{"fg", 1, "", "job control is off"}})
	b.state.Options |= session.Monitor
	b.check([]example{
		{"fg", 1, "", "there is no job"},
		{"bg %3", 1, "", "no such job"},
	})
	b.addJob("vi", 101, job.Stopped, 148)
	b.check([]example{
		{"bg", 0, "[1] vi\n", ""},
		{"fg %vi", 6, "vi\n", ""},
	})
	if !slices.Equal(b.shell.asked, []string{"fg vi"}) {
		t.Errorf("the shell did %q", b.shell.asked)
	}
	b.addJob("gone", 102, job.Done, 0)
	b.check([]example{{"fg", 6, "vi\n", ""}, {"fg %2", 1, "", "has ended"}})
}

func TestWait(t *testing.T) {
	b := newBench(t)
	b.addJob("one", 101, job.Running, 3)
	b.addJob("two", 102, job.Running, 4)
	b.addJob("three", 103, job.Running, 5)
	b.check([]example{
		{"wait 101", 3, "", ""},
		{"wait %two", 4, "", ""},
		{"wait 101", 127, "", "101 is not a child"},
		{"wait 1x", 2, "", "not a process"},
		{"wait", 0, "", ""},
		{"jobs", 0, "", ""},
	})
	b.addJob("long", 104, job.Running, 0)
	b.shell.waits = func(*job.Job) (int, bool) { return 130, true }
	b.check([]example{{"wait", 130, "", ""}, {"wait %long", 130, "", ""}})
}

func TestKill(t *testing.T) {
	b := newBench(t)
	b.check([]example{
		{"kill -l 130", 0, "INT\n", ""},
		{"kill -l 9 TERM SIGHUP", 0, "KILL\n15\n1\n", ""},
		{"kill -l what", 1, "", "neither a signal"},
		{"kill", 2, "", "process or job is missing"},
		{"kill -TEMR 1", 2, "", "did you mean TERM?"},
		{"kill -s EXIT 1", 2, "", "EXIT is not a signal"},
		{"kill -s", 2, "", "needs a signal"},
		{"kill abc", 1, "", "abc is not a process"},
		{"kill %1", 1, "", "no such job"},
		{"kill -0 -- -99999999", 1, "", "no such process"},
	})
	if _, out, _ := b.run("kill", "-l"); !strings.HasPrefix(out, "HUP\nINT\n") || !strings.HasSuffix(out, "RTMIN\nRTMAX\n") {
		t.Errorf("kill -l: %q", out)
	}
	for _, words := range [][]string{{"kill"}, {"kill", "-9"}, {"kill", "-s", "INT", "--"}, {"kill", "-SIGUSR1"}, {"kill", "-sHUP"}} {
		cmd := exec.Command("sleep", "60")
		if err := cmd.Start(); err != nil {
			t.Skipf("no child to kill: %v", err)
		}
		if status, _, errs := b.run(append(words, fmt.Sprint(cmd.Process.Pid))...); status != 0 {
			t.Errorf("%v: status %d %s", words, status, errs)
			cmd.Process.Kill()
		}
		if err := cmd.Wait(); err == nil {
			t.Errorf("%v: the process ended well", words)
		}
	}
}

func TestTrap(t *testing.T) {
	b := newBench(t)
	b.state.Traps.Ignored = 1 << (15 - 1)
	b.check([]example{
		{"trap", 0, "", ""},
		{"trap 'echo it' EXIT SIGINT", 0, "", ""},
		{"trap '' hup", 0, "", ""},
		{"trap x TERM", 0, "", ""},
		{"trap -p HUP QUIT", 0, "trap -- '' HUP\ntrap -- - QUIT\n", ""},
		{"trap 2", 0, "", ""},
		{"trap - HUP", 0, "", ""},
		{"trap y NOSIG QUIT", 1, "", "NOSIG is not a signal"},
		{"trap -- - EXIT", 0, "", ""},
		{"trap", 0, "trap -- 'y' QUIT\n", ""},
		{"trap QUIT", 0, "", ""},
		{"trap --", 0, "", ""},
		{"trap command", 2, "", "not a condition"},
		{"trap -z", 2, "", "-z is not an option"},
	})
	b.run("trap", "it's", "INT", "EXIT")
	if !slices.Equal(b.shell.asked, []string{"trap 2", "trap 0"}) {
		t.Errorf("the shell did %q", b.shell.asked)
	}
	shown := "trap -- 'it'\\''s' EXIT\ntrap -- 'it'\\''s' INT\n"
	b.check([]example{{"trap", 0, shown, ""}})
	sub := *b
	sub.state = b.state.Clone()
	sub.check([]example{
		{"trap", 0, shown, ""},
		{"trap z QUIT", 0, "", ""},
		{"trap", 0, "trap -- 'z' QUIT\n", ""},
	})
}

// Signals go through the shell, which knows those that it has traps for.
func TestKillSelf(t *testing.T) {
	b := newBench(t)
	b.state.Pid = os.Getpid()
	b.check([]example{{"kill -USR1 " + strconv.Itoa(b.state.Pid), 0, "", ""}})
	if !slices.Equal(b.shell.asked, []string{"signal 10"}) {
		t.Errorf("the shell did %q", b.shell.asked)
	}
}

func TestTimes(t *testing.T) {
	newBench(t).check([]example{
		{"times", 0, "1m1.500s 0m0.250s\n0m0.000s 2m0.000s\n", ""},
		{"times x", 2, "", "no operands"},
	})
}
