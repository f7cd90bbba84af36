package resolve_test

import (
	"os"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/guardian"
	"cosh/isolation/launch"
	"cosh/isolation/probe"
	"cosh/isolation/resolve"

	"golang.org/x/sys/unix"
)

const roleEnv = "COSH_TEST_ROLE"

// TestMain is also what runs inside of boundaries: the test binary executes
// itself with a role.
func TestMain(m *testing.M) {
	launch.StageMain()
	if guardian.Main() {
		return
	}
	if role := os.Getenv(roleEnv); role != "" {
		os.Exit(play(role))
	}
	os.Exit(m.Run())
}

// all are the kinds that isolate makes when it is not told which.
const all = isolation.Mount | isolation.UTS | isolation.IPC | isolation.PID | isolation.Net | isolation.Cgroup | isolation.Time

// self is a Spec that plays a role in this very binary.
func self(role string, change func(*isolation.Spec)) *isolation.Spec {
	s := &isolation.Spec{Self: true, Argv: []string{"cosh"}, Env: []string{roleEnv + "=" + role, "PATH=/bin:/usr/bin"}, Umask: 0o22}
	change(s)
	return s
}

// sh is a Spec for a line of sh.
func sh(line string, change func(*isolation.Spec)) *isolation.Spec {
	s := &isolation.Spec{Argv: []string{"sh", "-c", line}, Paths: []string{"/bin/sh"}, Env: []string{"PATH=/bin:/usr/bin"}, Umask: 0o22}
	change(s)
	return s
}

// started is a process with its output in a file.
type started struct {
	*launch.Process
	t   *testing.T
	out *os.File
}

// start resolves and launches a Spec; skips where the host has no user
// namespaces to offer, or no cgroups that a Spec asks for.
func start(t *testing.T, s *isolation.Spec, change ...func(*isolation.Host)) started {
	t.Helper()
	prober := probe.Prober{StaticSelf: launch.StaticSelf}
	host, err := prober.Host(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(host)
	}
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = out.Close() })
	s.Files = []int{0, int(out.Fd()), int(out.Fd())}
	plan, err := resolve.Plan(s, host)
	skipWithout(t, err)
	p, err := launch.Start(plan)
	if err != nil {
		t.Fatal(err)
	}
	return started{p, t, out}
}

// end waits for the process and returns its output.
func (p started) end() (string, launch.Status) {
	p.t.Helper()
	status, err := p.Wait(0)
	text, _ := os.ReadFile(p.out.Name())
	if err != nil {
		p.t.Fatalf("%v\n%s", err, text)
	}
	if left := p.Leftover(); left != nil {
		p.t.Error(left)
	}
	return string(text), status
}

// run is start and end; the process has to succeed.
func run(t *testing.T, s *isolation.Spec, change ...func(*isolation.Host)) string {
	t.Helper()
	before := mountTable(t)
	text, status := start(t, s, change...).end()
	if status.State != launch.Exited || status.Code != 0 {
		t.Fatalf("ended with %+v: %s", status, text)
	}
	for line := range strings.Lines(mountTable(t)) {
		if !strings.Contains(before, line) && ours(line) {
			t.Errorf("left in the mount table of the host: %s", line)
		}
	}
	return text
}

// ours reports whether a line of mountinfo may be of a plan's making; other
// programs of this machine mount too.
func ours(line string) bool {
	point := strings.Fields(line)[4]
	return strings.Contains(point, "/cosh") || strings.Contains(line, "upperdir=upper") || point == "/proc" || point == "/sys" || point == "/dev"
}

func mountTable(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// namespaceLinks are the namespaces of this process, by their names in /proc.
func namespaceLinks() map[string]string {
	links := map[string]string{}
	for _, k := range isolation.NamespaceKinds {
		name := strings.Replace(k.Name, "mount", "mnt", 1)
		links[k.Name], _ = os.Readlink("/proc/self/ns/" + name)
	}
	return links
}

func isRoot() bool { return unix.Geteuid() == 0 }
