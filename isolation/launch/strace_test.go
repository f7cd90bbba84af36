package launch_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/isolation/probe"
	"cosh/isolation/resolve"

	"golang.org/x/sys/unix"
)

// tracedSpecs are launches whose calls are compared with their plans.
var tracedSpecs = [...]isolation.Spec{
	{Dir: "/usr", Umask: 0o27, Default: 1 << (unix.SIGTSTP - 1), Ignore: 1 << (unix.SIGQUIT - 1),
		Group: isolation.Group{Mode: isolation.GroupNew}, Rlimits: []isolation.Rlimit{{Resource: unix.RLIMIT_CORE}}},
	{Umask: 0o22, Hostname: "traced", Namespaces: isolation.Mount | isolation.UTS | isolation.IPC | isolation.PID | isolation.Net | isolation.Cgroup},
	{Umask: 0o22, Namespaces: isolation.PID, Root: &isolation.Root{Kind: isolation.RootHost}},
}

// tracedPlan is what resolve makes of one of them, on this host.
func tracedPlan(n int) (*isolation.Plan, error) {
	spec := tracedSpecs[n]
	spec.Argv, spec.Paths, spec.Files = []string{"true"}, []string{"/no/such/true", "/bin/true"}, []int{0, 2, 2}
	prober := probe.Prober{StaticSelf: launch.StaticSelf}
	host, err := prober.Host(&spec)
	if err != nil {
		return nil, err
	}
	return resolve.Plan(&spec, host)
}

// playTraced prints the child's calls as explain would and launches the plan.
func playTraced(n int) int {
	p, err := tracedPlan(n)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for i := range p.Child {
		for _, c := range p.Child[i].Calls {
			fmt.Println(c)
		}
	}
	if _, err := wait(p); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// TestKernelSeesThePlan: between clone3 and the end of its set-up a child makes
// the calls of its plan, in their order, and no other.
func TestKernelSeesThePlan(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace here")
	}
	for n := range tracedSpecs {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			log := filepath.Join(t.TempDir(), "log")
			cmd := role(t, "traced", strace, "-ff", "-s", "4096", "-o", log)
			cmd.Env = append(cmd.Env, "COSH_TEST_SPEC="+fmt.Sprint(n))
			out, err := cmd.CombinedOutput()
			plan := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
			if err != nil {
				t.Skipf("strace or the launch does not work here: %v: %s", err, plan[len(plan)-1])
			}
			compareTraces(t, log, plan)
		})
	}
}

// compareTraces looks for the child among the traces, one file a process.
func compareTraces(t *testing.T, log string, plan []string) {
	traces, _ := filepath.Glob(log + ".*")
	for _, name := range traces {
		seen := head(t, name, len(plan))
		if len(seen) < len(plan) || !sameCall(plan[0], seen[0]) || !strings.HasPrefix(seen[len(plan)-1], "execve(\"/bin/true\"") {
			continue // a thread of the shell
		}
		for i := range plan {
			if !sameCall(plan[i], seen[i]) {
				t.Errorf("call %d\nplan:   %s\nkernel: %s", i+1, plan[i], seen[i])
			}
		}
		t.Logf("%d calls as planned", len(plan))
		return
	}
	t.Errorf("none of %d traces has the %d calls of the plan", len(traces), len(plan))
}

// sameCall reports whether strace's line shows the plan's call: the same name,
// and every string of the plan in it.
func sameCall(plan, seen string) bool {
	name, args, _ := strings.Cut(plan, "(")
	if !strings.HasPrefix(seen, name+"(") {
		return false
	}
	for i, part := range strings.Split(args, `"`) {
		if i%2 == 1 && !strings.ContainsRune(part, '\\') && !strings.Contains(seen, `"`+part+`"`) {
			return false
		}
	}
	return true
}

// head is the first n lines of a file.
func head(t *testing.T, name string, n int) []string {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var lines []string
	for scan := bufio.NewScanner(file); len(lines) < n && scan.Scan(); {
		lines = append(lines, scan.Text())
	}
	return lines
}
