// Package cgroup puts a process under limits with the files of cgroup v1 and
// v2 (cgroups(7)): the steps of a plan, what came of it, and its removal.
package cgroup

import (
	"path/filepath"

	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

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
