package job

import (
	"fmt"
	"strconv"
	"strings"

	"cosh/shell/signals"
)

// Table holds the background and stopped jobs of one shell. The zero Table is
// empty.
type Table struct {
	jobs  []*Job
	uses  int
	gone  map[int]int // status of processes whose job has left the table
	outer *Table      // see Sub
	// beside are what runs without being a job: process substitutions.
	beside []*Job
}

// Sub is the table of a subshell: empty, but what it lists until it has jobs of
// its own are those around it, for $(jobs -p).
func (t *Table) Sub() *Table {
	if len(t.jobs) == 0 {
		return &Table{outer: t.outer}
	}
	return &Table{outer: t}
}

// Outer is the table around a subshell that has had no job of its own, nil
// elsewhere.
func (t *Table) Outer() *Table {
	if t.uses > 0 {
		return nil
	}
	return t.outer
}

// Add enters a job, gives it a number and makes it the current one.
func (t *Table) Add(j *Job) {
	if j.ID == 0 {
		id := 0
		for _, k := range t.jobs {
			id = max(id, k.ID)
		}
		j.ID = id + 1
		t.jobs = append(t.jobs, j)
	}
	t.Touch(j)
}

// Touch makes j the current job, %+.
func (t *Table) Touch(j *Job) {
	t.uses++
	j.used = t.uses
}

// Aside enters what is no job and has no number: only wait finds it, by its
// process id.
func (t *Table) Aside(j *Job) {
	t.pollBeside()
	t.beside = append(t.beside, j)
}

// pollBeside takes note of those beside that have ended.
func (t *Table) pollBeside() {
	left := t.beside[:0]
	for _, j := range t.beside {
		if j.Poll(); j.State() != Done {
			left = append(left, j)
			continue
		}
		t.remember(j)
	}
	clear(t.beside[len(left):])
	t.beside = left
}

// Remove takes a job out; the statuses of its processes stay known to wait.
func (t *Table) Remove(j *Job) {
	for i, k := range t.jobs {
		if k == j {
			t.jobs = append(t.jobs[:i:i], t.jobs[i+1:]...)
			break
		}
	}
	for i, k := range t.beside {
		if k == j {
			t.beside = append(t.beside[:i:i], t.beside[i+1:]...)
			break
		}
	}
	j.ID = 0
}

// Forget is Remove for a job that was waited for by process id: a second wait
// for it fails, as POSIX says.
func (t *Table) Forget(pid int) { delete(t.gone, pid) }

// Remember keeps the status of a job that ended unwaited-for.
func (t *Table) Remember(j *Job) {
	t.remember(j)
	t.Remove(j)
}

func (t *Table) remember(j *Job) {
	if t.gone == nil {
		t.gone = make(map[int]int)
	}
	t.gone[j.Last().Pid()] = j.Status()
}

// Gone is the remembered status of a process whose job has left the table.
func (t *Table) Gone(pid int) (status int, ok bool) {
	status, ok = t.gone[pid]
	return status, ok
}

// All lists the jobs by number.
func (t *Table) All() []*Job { return append([]*Job(nil), t.jobs...) }

// ByPid finds the job that has the process.
func (t *Table) ByPid(pid int) *Job {
	for _, list := range [...][]*Job{t.jobs, t.beside} {
		for _, j := range list {
			for _, p := range j.Procs {
				if p.Pid() == pid {
					return j
				}
			}
		}
	}
	return nil
}

// Current is %+, Previous %-: a stopped job goes before a running one.
func (t *Table) Current() *Job  { return t.ranked(0) }
func (t *Table) Previous() *Job { return t.ranked(1) }

func (t *Table) ranked(n int) *Job {
	var first, second *Job
	for _, j := range t.jobs {
		switch {
		case first == nil || before(j, first):
			first, second = j, first
		case second == nil || before(j, second):
			second = j
		}
	}
	if n == 0 {
		return first
	}
	return second
}

func before(a, b *Job) bool {
	as, bs := a.State() == Stopped, b.State() == Stopped
	if as != bs {
		return as
	}
	return a.used > b.used
}

// Find resolves a job specification: %n %% %+ %- %name %?text (XBD 3.182).
func (t *Table) Find(spec string) (*Job, error) {
	s := strings.TrimPrefix(spec, "%")
	switch s {
	case "", "%", "+":
		return t.orNone(t.Current(), spec)
	case "-":
		if j := t.Previous(); j != nil {
			return j, nil
		}
		return t.orNone(t.Current(), spec)
	}
	if n, err := strconv.Atoi(s); err == nil {
		for _, j := range t.jobs {
			if j.ID == n {
				return j, nil
			}
		}
		return nil, fmt.Errorf("%s: no such job", spec)
	}
	var hit *Job
	for _, j := range t.jobs {
		text, inside := strings.CutPrefix(s, "?")
		if inside && strings.Contains(j.Text, text) || !inside && strings.HasPrefix(j.Text, s) {
			if hit != nil {
				return nil, fmt.Errorf("%s: more than one job is called that", spec)
			}
			hit = j
		}
	}
	return t.orNone(hit, spec)
}

func (t *Table) orNone(j *Job, spec string) (*Job, error) {
	if j == nil {
		return nil, fmt.Errorf("%s: no such job", spec)
	}
	return j, nil
}

// Poll takes note of changes in every job.
func (t *Table) Poll() {
	for _, j := range t.jobs {
		j.Poll()
	}
}

// Notices are the lines to print before a prompt: each job whose state has
// changed since it was last reported. Done jobs leave the table.
func (t *Table) Notices() []string {
	t.Poll()
	var lines []string
	for _, j := range t.All() {
		s := j.State()
		if s == j.reported {
			continue
		}
		lines = append(lines, t.Line(j, false))
		j.reported = s
		if s == Done {
			t.Remember(j)
		}
	}
	return lines
}

// Reported marks the state as shown, so that no notice repeats it.
func (j *Job) Reported() { j.reported = j.State() }

// Line is the line of jobs for j; long adds the process group.
func (t *Table) Line(j *Job, long bool) string {
	mark := ' '
	switch j {
	case t.Current():
		mark = '+'
	case t.Previous():
		mark = '-'
	}
	pid := ""
	if long {
		pid = strconv.Itoa(j.Procs[0].Pid()) + " "
	}
	return fmt.Sprintf("[%d]%c %s%-22s %s", j.ID, mark, pid, j.Describe(), j.Text)
}

// Describe is the state in words: "Running", "Done(2)", "Stopped (SIGTSTP)".
func (j *Job) Describe() string {
	switch j.State() {
	case Running:
		return "Running"
	case Stopped:
		for _, p := range j.Procs {
			if p.State == Stopped {
				return "Stopped (SIG" + signals.Name(p.Signal) + ")"
			}
		}
		return "Stopped"
	}
	p := j.Last()
	switch {
	case p.Signal != 0 && p.Core:
		return signals.Describe(p.Signal) + " (core dumped)"
	case p.Signal != 0:
		return signals.Describe(p.Signal)
	case p.Status != 0:
		return "Done(" + strconv.Itoa(p.Status) + ")"
	}
	return "Done"
}
