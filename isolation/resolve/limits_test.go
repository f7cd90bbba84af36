package resolve_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cosh/isolation"
	"cosh/isolation/cgroup"
	"cosh/isolation/guardian"
	"cosh/isolation/launch"
	"cosh/isolation/probe"
	"cosh/isolation/resolve"

	"golang.org/x/sys/unix"
)

func TestMemoryLimit(t *testing.T) {
	const limit = 32 << 20
	for _, kinds := range []isolation.Namespaces{0, all} {
		p := start(t, self("eat", func(s *isolation.Spec) { s.Namespaces, s.Optional, s.Limits.Memory = kinds, kinds, limit }))
		var report cgroup.Report
		p.OnExit = func(launch.Status) { report = cgroup.Read(p.Plan().Cgroups) }
		_, status := p.end()
		if status.State != launch.Signaled || status.Signal != unix.SIGKILL {
			t.Errorf("ended with %+v", status)
		}
		if report.Limit != limit || report.OOMKills < 1 || report.Peak > limit || report.Peak < limit/2 {
			t.Errorf("report %+v", report)
		}
		gone(t, p.Plan().Cgroups)
	}
}

func TestPidsLimit(t *testing.T) {
	p := start(t, sh("for i in 1 2 3 4 5 6 7 8; do sleep 60 & done", func(s *isolation.Spec) { s.Limits.Pids = 5 }))
	var report cgroup.Report
	p.OnExit = func(launch.Status) { report = cgroup.Read(p.Plan().Cgroups) }
	text, status := p.end() // and the four sleeps that there were are ended
	if status.Code == 0 || report.PidsMax != 5 || report.Refused < 1 {
		t.Errorf("ended with %+v, %+v: %s", status, report, text)
	}
	gone(t, p.Plan().Cgroups)
}

func TestCPULimit(t *testing.T) {
	p := start(t, sh("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done; cat /proc/self/cgroup", func(s *isolation.Spec) { s.Limits.CPU = 500 }))
	dir := p.Plan().Cgroups[0]
	quota, err := os.ReadFile(filepath.Join(dir, "cpu.cfs_quota_us"))
	if err != nil {
		quota, err = os.ReadFile(filepath.Join(dir, "cpu.max"))
	}
	if err != nil || !strings.HasPrefix(string(quota), "50000") {
		t.Errorf("quota %q, %v", quota, err)
	}
	if text, _ := p.end(); !strings.Contains(text, filepath.Base(dir)) {
		t.Errorf("not in %s: %s", dir, text)
	}
	gone(t, []string{dir})
}

func gone(t *testing.T, dirs []string) {
	t.Helper()
	for _, dir := range dirs {
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s is still there", dir)
		}
	}
}

// shell launches a process with every boundary that can be had, tells its
// process id and cgroups, and waits to be killed.
func shell(limits string) int {
	var g guardian.Guardian
	prober := probe.Prober{StaticSelf: launch.StaticSelf, Guard: g.Guard, Unguard: g.Unguard, Watch: g.Watch}
	line := "sleep 60 & sleep 60 & wait"
	if limits == "daemon" {
		line = "sleep 60 & echo $!"
	}
	s := sh(line, func(s *isolation.Spec) {
		s.Namespaces, s.Optional = all, all
		if limits == "shared pids" || limits == "daemon" {
			s.Namespaces &^= isolation.PID
		}
		s.Root, s.Files = &isolation.Root{Image: "host", Kind: isolation.RootHost}, []int{0, 1, 2}
		if limits == "limits" {
			s.Limits = isolation.Limits{Memory: 64 << 20, Pids: 20}
		}
	})
	host, err := prober.Host(s)
	if err != nil {
		return fail(err)
	}
	plan, err := resolve.Plan(s, host)
	if err != nil {
		return fail(err)
	}
	p, err := launch.Start(plan)
	if err != nil {
		return fail(err)
	}
	if limits != "daemon" {
		fmt.Println(strings.Join(append(plan.Cgroups, strconv.Itoa(p.Pid)), " "))
	}
	if _, err = p.Wait(0); err != nil {
		return fail(err)
	}
	return 0
}

func fail(err error) int {
	fmt.Println("failed:", err)
	return 1
}

// A shell that is killed leaves no process and no cgroup.
func TestKilledShell(t *testing.T) {
	for _, limits := range []string{"", "limits", "shared pids"} {
		t.Run("boundaries "+limits, func(t *testing.T) { killShell(t, limits) })
	}
}

func killShell(t *testing.T, limits string) {
	p := start(t, self("shell "+limits, func(s *isolation.Spec) {}))
	words := strings.Fields(p.line(t))
	if words[0] == "failed:" {
		_, _ = p.end()
		t.Skip(strings.Join(words, " "))
	}
	pid, dirs := words[len(words)-1], words[:len(words)-1]
	eventually(t, "two sleeps", func() bool { return len(children(pid)) == 2 })
	all := append(children(pid), pid)
	if err := unix.Kill(p.Pid, unix.SIGKILL); err != nil {
		t.Fatal(err)
	}
	p.end()
	for _, pid := range all {
		eventually(t, "process "+pid+" ends", func() bool { return !exists("/proc/"+pid) || zombie(pid) })
	}
	for _, dir := range dirs {
		eventually(t, "the cgroup is removed", func() bool { return !exists(dir) })
	}
}

// What a command leaves running when it has ended by itself lives on, as the
// background jobs of any shell do.
func TestDaemonOutlivesShell(t *testing.T) {
	p := start(t, self("shell daemon", func(s *isolation.Spec) {}))
	text, _ := p.end()
	if strings.HasPrefix(text, "failed:") {
		t.Skip(text)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond) // for a guardian that would be wrong
	if zombie(strconv.Itoa(pid)) || unix.Kill(pid, unix.SIGKILL) != nil {
		t.Error("the daemon was ended")
	}
}

// line waits for the first line of output.
func (p started) line(t *testing.T) string {
	t.Helper()
	line := ""
	eventually(t, "a line of output", func() bool {
		text, _ := os.ReadFile(p.out.Name())
		var whole bool
		line, _, whole = strings.Cut(string(text), "\n")
		return whole
	})
	return line
}

func children(pid string) []string {
	text, _ := os.ReadFile("/proc/" + pid + "/task/" + pid + "/children")
	return strings.Fields(string(text))
}

// zombie: the orphan has ended and waits for an init that may be slow.
func zombie(pid string) bool {
	text, _ := os.ReadFile("/proc/" + pid + "/stat")
	return strings.Contains(string(text), ") Z ")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// eventually waits for a condition that other processes bring about.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 2000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("did not happen: %s", what)
}
