package resolve_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/resolve"
)

// -update writes what the plans are now to testdata/*.plan; read the difference
// before it is committed: it is what the kernel will be asked for.
var update = flag.Bool("update", false, "write testdata/*.plan anew")

// ourCgroups is a place for every controller.
func ourCgroups(version int, dir string) isolation.CgroupHost {
	h := isolation.CgroupHost{Version: version, Dirs: map[string]string{}, Fresh: func() string { return "cosh-7-99-1-1" }}
	for _, c := range []string{"memory", "cpu", "pids"} {
		h.Dirs[c] = dir
		if version == 1 {
			h.Dirs[c] = dir + "/" + c
		}
	}
	return h
}

const everyKind = all | isolation.User

// hosts are fakes, each for one kind of machine that people have.
func hosts() map[string]*isolation.Host {
	root := isolation.Host{Capable: true, Namespaces: everyKind, OverlayInUserNS: true, TempDir: "/run/cosh", StaticSelf: true, SelfPath: "/usr/bin/cosh",
		Submounts: []isolation.Submount{{Path: "/etc/hosts", Type: "ext4", File: true}, {Path: "/home", Type: "xfs"}}}
	user := isolation.Host{UID: 1000, GID: 100, Namespaces: everyKind, OverlayInUserNS: true, TempDir: "/run/user/1000/cosh", StaticSelf: true, SelfPath: "/usr/bin/cosh",
		Pieces: []isolation.Piece{{Path: "/bin", Kind: isolation.PieceLink, Target: "usr/bin"}, {Path: "/mnt", Kind: isolation.PieceHolder},
			{Path: "/mnt/disk", Kind: isolation.PieceTree}, {Path: "/swap", Kind: isolation.PieceFile}, {Path: "/usr", Kind: isolation.PieceTree}}}
	with := func(h isolation.Host, change func(*isolation.Host)) *isolation.Host { change(&h); return &h }
	refuse := map[string]string{"memory": "not ours to write to", "cpu": "not ours to write to", "pids": "not ours to write to"}
	return map[string]*isolation.Host{
		"root-v1":       with(root, func(h *isolation.Host) { h.Cgroups = ourCgroups(1, "/sys/fs/cgroup") }),
		"root-hybrid":   with(root, func(h *isolation.Host) { h.Cgroups = ourCgroups(1, "/sys/fs/cgroup"); h.Cgroups.Hybrid = true }),
		"root-v2":       with(root, func(h *isolation.Host) { h.Cgroups = ourCgroups(2, "/sys/fs/cgroup/system.slice") }),
		"root-dynamic":  with(root, func(h *isolation.Host) { h.StaticSelf = false }),
		"rootless":      with(user, func(h *isolation.Host) { h.Cgroups = isolation.CgroupHost{Why: refuse} }),
		"rootless-none": with(user, func(h *isolation.Host) { h.UserNS = "kernel.unprivileged_userns_clone is 0" }),
		"rootless-old":  with(user, func(h *isolation.Host) { h.OverlayInUserNS = false }),
		"root-guarded": with(root, func(h *isolation.Host) {
			h.Watch = &isolation.Watch{Address: "\x00cafe", Fresh: func() string { return "w1" }}
		}),
		"root-6.1":       with(root, func(h *isolation.Host) { h.Namespaces &^= isolation.Time }),
		"rootless-given": with(user, func(h *isolation.Host) { h.Cgroups = delegated() }),
	}
}

// delegated is a cgroup of systemd-run --user --scope -p Delegate=yes.
func delegated() isolation.CgroupHost {
	const own = "/sys/fs/cgroup/user.slice/run-1.scope"
	h := ourCgroups(2, own)
	h.Parent, h.Leaf, h.Enable = own, own+"/cosh-shell-7", "+memory +cpu +pids"
	return h
}

// command is a Spec for a command with a change to it.
func command(change func(*isolation.Spec)) *isolation.Spec {
	s := &isolation.Spec{Argv: []string{"ps", "aux"}, Paths: []string{"/bin/ps"}, Env: []string{"HOME=/root"}, Files: []int{0, 1, 2}, Umask: 0o22}
	change(s)
	return s
}

// specs are what people type, and the hosts on which that is worth looking at.
func specs() []struct {
	name  string
	spec  *isolation.Spec
	hosts string
} {
	one := func(kind isolation.Namespaces) *isolation.Spec {
		return command(func(s *isolation.Spec) { s.Namespaces = kind })
	}
	limits := isolation.Limits{Memory: 64 << 20, CPU: 1500, Pids: 20}
	return []struct {
		name  string
		spec  *isolation.Spec
		hosts string
	}{
		{"command", command(func(s *isolation.Spec) {}), "root-v1"},
		{"job", command(func(s *isolation.Spec) {
			s.Files, s.Dir = []int{7, 2, 1}, "/srv"
			s.Group = isolation.Group{Mode: isolation.GroupNew, Foreground: true}
			s.Default, s.Ignore = 1<<19|1<<20|1<<21, 1
			s.Rlimits = []isolation.Rlimit{{Resource: 7, Soft: 64, Hard: 128}}
		}), "root-v1"},
		{"subshell", command(func(s *isolation.Spec) { s.Self, s.Argv = true, []string{"cosh"} }), "root-v1"},
		{"pid", one(isolation.PID), "root-v1 rootless rootless-none"},
		{"mount", one(isolation.Mount), "root-v1 rootless"},
		{"net", one(isolation.Net), "root-v1 rootless root-guarded"},
		{"uts", one(isolation.UTS), "root-v1"},
		{"ipc", one(isolation.IPC), "root-v1"},
		{"user", one(isolation.User), "root-v1 rootless"},
		{"cgroup", one(isolation.Cgroup), "root-v1"},
		{"time", one(isolation.Time), "root-v1 root-6.1"},
		{"all", command(func(s *isolation.Spec) { s.Namespaces, s.Optional, s.Hostname = all, all, "inner" }), "root-v1 rootless root-6.1"},
		{"pipe", command(func(s *isolation.Spec) {
			s.Namespaces, s.Group = isolation.PID, isolation.Group{Mode: isolation.GroupJoin, ID: 42}
		}), "root-v1"},
		{"limit", command(func(s *isolation.Spec) { s.Limits = limits }), "root-v1 root-hybrid root-v2 rootless rootless-given"},
		{"host", command(func(s *isolation.Spec) { s.Root = &isolation.Root{Image: "host", Kind: isolation.RootHost} }), "root-v1 rootless"},
		{"scratch", command(func(s *isolation.Spec) {
			s.Self, s.Argv, s.Root = true, []string{"cosh"}, &isolation.Root{Image: "scratch"}
		}), "root-v1 root-dynamic rootless"},
		{"layers", command(func(s *isolation.Spec) {
			s.Namespaces, s.Limits = all, limits
			s.Root = &isolation.Root{Image: "/srv/a:b", Kind: isolation.RootLayers, Layers: []string{"/srv/a:b"}}
			s.Paths = []string{"/usr/local/bin/ps", "/usr/bin/ps", "/bin/ps"}
		}), "root-v2 rootless-old"},
	}
}

func TestPlans(t *testing.T) {
	hosts := hosts()
	for _, c := range specs() {
		for _, name := range strings.Fields(c.hosts) {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				plan, err := resolve.Plan(c.spec, hosts[name])
				got := ""
				if err != nil {
					got = "error: " + err.Error() + "\n"
				} else {
					got = plan.Text()
				}
				golden(t, filepath.Join("testdata", c.name+"."+name+".plan"), got)
			})
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("%s differs from line %d on (go test ./isolation/resolve -update writes it anew)\n got: %s\nwant: %s",
				file, i+1, strings.Join(g[min(i, len(g)):min(i+1, len(g))], ""), strings.Join(w[min(i, len(w)):min(i+1, len(w))], ""))
		}
	}
}
