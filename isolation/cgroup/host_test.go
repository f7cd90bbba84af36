package cgroup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cosh/isolation"
)

// tree makes a directory tree in which files stand for a cgroup file system.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	top := t.TempDir()
	for name, text := range files {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return top
}

// group is the set of files of one v2 cgroup.
func group(files map[string]string, dir, controllers, enabled, procs string) {
	files[dir+"/cgroup.controllers"] = controllers
	files[dir+"/cgroup.subtree_control"] = enabled
	files[dir+"/cgroup.procs"] = procs
	if dir != "root" {
		files[dir+"/cgroup.type"] = "domain"
	}
}

func TestLocateV2(t *testing.T) {
	const every = "cpuset cpu io memory pids"
	for _, c := range []struct {
		name string
		own  string
		make func(files map[string]string)
		want isolation.CgroupHost // paths relative to the tree; memory's place alone is looked at
	}{
		{"in the root", "/", func(f map[string]string) { group(f, "root", every, "cpu memory pids", "1\n7\n") },
			isolation.CgroupHost{Dirs: map[string]string{"memory": "root"}}},
		{"in the root, controllers off", "/", func(f map[string]string) { group(f, "root", every, "memory", "1\n") },
			isolation.CgroupHost{Dirs: map[string]string{"memory": "root"}, Parent: "root", Enable: "+cpu +pids"}},
		{"beside us", "/a/b", func(f map[string]string) {
			group(f, "root", every, "cpu memory pids", "")
			group(f, "root/a", every, "cpu memory pids", "")
			group(f, "root/a/b", every, "", "7\n")
		}, isolation.CgroupHost{Dirs: map[string]string{"memory": "root/a"}}},
		{"above us alone", "/a/b", func(f map[string]string) {
			group(f, "root", every, "cpu memory pids", "")
			group(f, "root/a", "memory pids", "memory", "9\n")
			group(f, "root/a/b", "memory", "", "7\n")
		}, isolation.CgroupHost{Dirs: map[string]string{"memory": "root"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			c.make(files)
			top := tree(t, files)
			got := locate("30 29 0:26 / "+top+"/root rw - cgroup2 cgroup2 rw", "0::"+c.own, 7)
			if got.Version != 2 || got.Dirs["memory"] != filepath.Join(top, c.want.Dirs["memory"]) || got.Enable != c.want.Enable ||
				got.Leaf != "" || strings.TrimPrefix(got.Parent, top+"/") != c.want.Parent {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// A container, or a scope of systemd-run -p Delegate=yes: nothing above is ours.
func TestLocateV2Delegated(t *testing.T) {
	files := map[string]string{}
	group(files, "own", "cpu memory pids", "", "7\n8\n")
	top := tree(t, files)
	got := locate("30 29 0:26 / "+top+"/own rw - cgroup2 cgroup2 rw", "0::/", 7)
	own := filepath.Join(top, "own")
	if got.Dirs["pids"] != own || got.Parent != own || got.Leaf != own+"/cosh-shell-7" || got.Enable != "+memory +cpu +pids" {
		t.Errorf("got %+v", got)
	}
}

func TestLocateV1(t *testing.T) {
	top := tree(t, map[string]string{"memory/box/tasks": "", "cpu/tasks": "", "unified/cgroup.procs": ""})
	mounts := strings.ReplaceAll(`1 0 0:1 / TOP/memory rw - cgroup cgroup rw,memory
2 0 0:2 / TOP/cpu rw - cgroup cgroup rw,cpu,cpuacct
3 0 0:3 /docker/x TOP/pids rw - cgroup cgroup rw,pids
4 0 0:4 / TOP/unified rw - cgroup2 cgroup2 rw
`, "TOP", top)
	got := locate(mounts, "4:memory:/box\n3:cpu,cpuacct:/\n2:pids:/elsewhere\n0::/\n", 7)
	if got.Version != 1 || !got.Hybrid || got.Dirs["memory"] != top+"/memory/box" || got.Dirs["cpu"] != top+"/cpu" || got.Dirs["pids"] != "" {
		t.Errorf("got %+v", got)
	}
	if !strings.Contains(got.Why["pids"], "does not show our own cgroup") {
		t.Errorf("why: %q", got.Why["pids"])
	}
}

func TestLocateNothing(t *testing.T) {
	got := locate("", "", 7)
	if got.Version != 0 || !strings.Contains(got.Why["cpu"], "mount -t cgroup2") {
		t.Errorf("got %+v", got)
	}
}

func TestReport(t *testing.T) {
	v1 := tree(t, map[string]string{"memory.limit_in_bytes": "4096\n", "memory.max_usage_in_bytes": "4000\n",
		"memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n"})
	v2 := tree(t, map[string]string{"memory.max": "max\n", "memory.peak": "77\n", "memory.events": "low 0\nmax 9\noom 1\noom_kill 1\n",
		"pids.max": "5\n", "pids.events": "max 3\n"})
	for _, c := range []struct {
		dir  string
		want Report
	}{
		{v1, Report{Limit: 4096, Peak: 4000, OOMKills: 2}},
		{v2, Report{Peak: 77, OOMKills: 1, PidsMax: 5, Refused: 3}},
		{"/nowhere", Report{}},
	} {
		if got := Read([]string{c.dir}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.dir, got, c.want)
		}
	}
}

// Plain directories stand in for cgroups: rmdir(2) takes both.
func TestSweep(t *testing.T) {
	owner, err := NewOwner()
	if err != nil {
		t.Fatal(err)
	}
	f := strings.Split(owner.prefix, "-") // cosh PID START NS ""
	mine, dir := owner.Fresh(), t.TempDir()
	keep := []string{mine, "cosh-1-1-9-1", "cosh-shell-7", "other", "cosh-x-1-" + f[3] + "-1"}
	dead := []string{"cosh-" + f[1] + "-1-" + f[3] + "-1", "cosh-999999999-5-" + f[3] + "-3"}
	for _, name := range append(keep, dead...) {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := owner.Sweep(map[string]string{"memory": dir}); err != nil {
		t.Error(err)
	}
	for i, name := range append(keep, dead...) {
		_, err := os.Stat(filepath.Join(dir, name))
		if kept := err == nil; kept != (i < len(keep)) {
			t.Errorf("%s: kept %t", name, kept)
		}
	}
	if owner.Fresh() == mine {
		t.Error("a name was given twice")
	}
}
