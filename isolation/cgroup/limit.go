// Package cgroup puts a process under limits with the files of cgroup v1 and
// v2 (cgroups(7)): the steps of a plan, what came of it, and its removal.
package cgroup

import (
	"fmt"
	"path/filepath"
	"strconv"

	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// Period is the time in microseconds over which CPU time is shared out.
const Period = 100_000

// setting is one file of a controller and what is written to it.
type setting struct {
	controller, file, value string
	do, why                 string
	optional                bool // not every kernel has the file
}

// settings are the files that make up the limits, in the order in which the
// kernel takes them (memory with swap is never below memory alone).
func settings(version int, want isolation.Limits) []setting {
	var out []setting
	if want.Memory > 0 {
		bytes := strconv.FormatInt(want.Memory, 10)
		const why = "the kernel frees what it can at this limit, and kills where that is not enough (Documentation/admin-guide/cgroup-"
		const swap = "without this the process could go on in swap space"
		if version == 1 {
			out = append(out, setting{"memory", "memory.limit_in_bytes", bytes, "limit memory", why + "v1/memory.rst)", false},
				setting{"memory", "memory.memsw.limit_in_bytes", bytes, "limit memory and swap together", swap, true})
		} else {
			out = append(out, setting{"memory", "memory.max", bytes, "limit memory", why + "v2.rst, Memory)", false},
				setting{"memory", "memory.swap.max", "0", "allow no swap", swap, true})
		}
	}
	if want.CPU > 0 {
		quota := strconv.FormatInt(want.CPU*Period/1000, 10)
		period := strconv.Itoa(Period)
		const why = "so many microseconds of CPU time in each period, over all CPUs together (CFS bandwidth control)"
		if version == 1 {
			out = append(out, setting{"cpu", "cpu.cfs_period_us", period, "set the period of the CPU limit", why, false},
				setting{"cpu", "cpu.cfs_quota_us", quota, "limit CPU time", why, false})
		} else {
			out = append(out, setting{"cpu", "cpu.max", quota + " " + period, "limit CPU time", why, false})
		}
	}
	if want.Pids > 0 {
		out = append(out, setting{"pids", "pids.max", strconv.FormatInt(want.Pids, 10), "limit the number of processes",
			"fork fails beyond this many processes and threads (pids controller)", false})
	}
	return out
}

// Lists are the parts of a plan that limits add to.
type Lists struct{ Before, Child, Undo *step.List }

// Limit adds the steps for limits to a plan: the cgroup is made before the
// process, which is in it from its birth (v2) or before it does anything (v1),
// and removed after it with whatever is left inside.
func Limit(p *isolation.Plan, l Lists, host *isolation.CgroupHost, want isolation.Limits) error {
	todo := settings(host.Version, want)
	if err := check(host, want, todo); err != nil {
		return err
	}
	reg := p.Register()
	name := host.Fresh()
	room(l.Before, host)
	dirs := place(host, todo, name)
	p.Cgroups = dirs
	guard(l, host, dirs)
	for _, dir := range dirs {
		l.Before.Begin(isolation.Step{Do: "make the cgroup " + dir, Shell: "mkdir " + dir,
			Why: "a cgroup is a directory; what is in it shares its limits (cgroups(7))"})
		l.Before.Call(unix.SYS_MKDIRAT, step.Here, isolation.Str(dir), isolation.Flags(0o755, "0755"))
	}
	for _, s := range todo {
		set(l.Before, filepath.Join(host.Dirs[s.controller], name, s.file), s, reg)
	}
	if host.Version == 2 {
		p.Cgroup = p.Register()
		bornIn(l, p.Cgroup, dirs[0])
	} else {
		join(l.Child, dirs, reg)
	}
	remove(l.Undo, dirs)
	return nil
}

// check reports the controller that is missing, and limits that the kernel
// would refuse with no more than EINVAL.
func check(host *isolation.CgroupHost, want isolation.Limits, todo []setting) error {
	for _, s := range todo {
		if host.Dirs[s.controller] == "" {
			return &Missing{Controller: s.controller, Why: host.Why[s.controller]}
		}
	}
	if want.CPU > 0 && want.CPU < 10 {
		return fmt.Errorf("limit CPU to %d thousandths: the kernel's least is 10 thousandths of a CPU (0.01)", want.CPU)
	}
	return nil
}

// Missing is the error for a controller that cannot be used here.
type Missing struct {
	Controller string // memory, cpu or pids
	Why        string // the reason, and what to do
}

func (m *Missing) Error() string {
	return "use the " + m.Controller + " controller of cgroups: " + m.Why
}

// place lists the directories to make: one for each hierarchy (v1), or one.
func place(host *isolation.CgroupHost, todo []setting, name string) []string {
	var dirs []string
	last := ""
	for _, s := range todo {
		if parent := host.Dirs[s.controller]; parent != last {
			dirs = append(dirs, filepath.Join(parent, name))
			last = parent
		}
	}
	return dirs
}

func set(l *step.List, path string, s setting, reg isolation.Reg) {
	l.Begin(isolation.Step{Do: s.do, Shell: "echo " + s.value + " > " + path, Why: s.why})
	if !s.optional {
		l.Write(path, s.value, reg)
		return
	}
	l.TryWrite(path, s.value, reg)
}

// join moves the child into its cgroups by the v1 file tasks, which takes a
// single thread; cgroup.procs moves whole processes and waits for all of the
// machine's forks to pass, some 10 ms (cgroups(7)).
func join(l *step.List, dirs []string, reg isolation.Reg) {
	for _, dir := range dirs {
		l.Begin(isolation.Step{Do: "enter the cgroup " + dir, Shell: "echo $$ > " + dir + "/tasks",
			Why: "0 stands for the writer itself; children are born into the cgroup of their parent (cgroups(7))"})
		l.Write(dir+"/tasks", "0", reg)
	}
}

// bornIn has clone3 make the child in the directory of a v2 cgroup.
func bornIn(l Lists, reg isolation.Reg, dir string) {
	l.Before.Begin(isolation.Step{Do: "open the cgroup", Shell: "echo $$ > " + dir + "/cgroup.procs",
		Why: "clone3 takes it by descriptor and makes the process inside (CLONE_INTO_CGROUP, clone(2), Linux 5.7)"})
	l.Before.Call(unix.SYS_OPENAT, step.Here, isolation.Str(dir),
		isolation.Flags(unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, "O_RDONLY|O_DIRECTORY|O_CLOEXEC")).Out = reg
	l.Undo.Begin(isolation.Step{Do: "close the cgroup", Why: "its descriptor was for clone3 (close(2))"})
	l.Undo.Close(reg)
}

// guard tells the session's guardian of the directories while they are there.
func guard(l Lists, host *isolation.CgroupHost, dirs []string) {
	if host.Guard == nil {
		return
	}
	l.Before.Begin(isolation.Step{Do: "tell the guardian of the cgroup",
		Why: "a helper process ends and removes it if the shell is killed (cgroups outlive who made them)",
		Run: func() error { return host.Guard(dirs) }})
	l.Undo.Begin(isolation.Step{Do: "tell the guardian that the cgroup is gone", Why: "there is nothing left to guard",
		Run: func() error { return host.Unguard(dirs) }})
}

// room has the shell leave the cgroup that was delegated to it, once a
// session: v2 allows no processes in a cgroup that gives controllers to
// children, except in the root.
func room(l *step.List, host *isolation.CgroupHost) {
	if host.Parent == "" {
		return
	}
	l.Begin(isolation.Step{
		Do:    "give the controllers to child cgroups",
		Shell: roomShell(host),
		Why:   `only a cgroup without processes of its own may do so ("no internal processes", Documentation/admin-guide/cgroup-v2.rst)`,
		Run:   func() error { return MakeRoom(host.Parent, host.Leaf, host.Enable) },
	})
}

func roomShell(host *isolation.CgroupHost) string {
	text := "echo " + host.Enable + " > " + filepath.Join(host.Parent, "cgroup.subtree_control")
	if host.Leaf == "" {
		return text
	}
	return "mkdir " + host.Leaf + "; for p in $(cat " + host.Parent + "/cgroup.procs); do echo $p > " + host.Leaf + "/cgroup.procs; done; " + text
}

func remove(l *step.List, dirs []string) {
	shell := ""
	for _, dir := range dirs {
		shell += "; kill -9 $(cat " + dir + "/cgroup.procs); rmdir " + dir
	}
	l.Begin(isolation.Step{Do: "end what is left in the cgroup and remove it", Shell: shell[2:],
		Why: "a cgroup can be removed when it holds no process (cgroups(7))",
		Run: func() error { return Remove(dirs) }})
}
