package launch_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cosh/isolation"
	"cosh/isolation/launch"
)

// contender is one way to launch; run does it n times, one after the other,
// waits for each, and returns the time it took.
type contender struct {
	name string
	run  func(n int) (time.Duration, error)
}

// compile builds testdata/name.c with gcc flags; the benchmark is skipped where
// there is no compiler.
func compile(b *testing.B, name string, flags ...string) string {
	b.Helper()
	out := filepath.Join(b.TempDir(), name)
	argv := append(flags, "-O2", "-o", out, filepath.Join("testdata", name+".c"))
	if text, err := exec.Command("gcc", argv...).CombinedOutput(); err != nil {
		b.Skipf("no C to compare with: gcc: %v: %s", err, text)
	}
	if err := os.Chmod(filepath.Dir(out), 0o755); err != nil {
		b.Fatal(err)
	}
	return out
}

// coprocess is the C program of testdata/floor.c, which stays for the whole
// benchmark: its own start is no part of the figures.
func coprocess(b *testing.B, name, program string, args ...string) contender {
	b.Helper()
	cmd := exec.Command(program, args...)
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	lines := bufio.NewReader(out)
	return contender{name, func(n int) (time.Duration, error) {
		if _, err := fmt.Fprintln(in, n); err != nil {
			return 0, err
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			return 0, err
		}
		ns, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
		return time.Duration(ns), err
	}}
}

// timed repeats one launch.
func timed(name string, one func() error) contender {
	return contender{name, func(n int) (time.Duration, error) {
		start := time.Now()
		for range n {
			if err := one(); err != nil {
				return 0, err
			}
		}
		return time.Since(start), nil
	}}
}

// ours launches the plan that make returns, anew each time as a shell does.
func ours(name string, start starter, make func() (*isolation.Plan, error)) contender {
	return timed(name, func() error {
		p, err := make()
		if err != nil {
			return err
		}
		pr, err := start(p)
		if err != nil {
			return err
		}
		return ended(pr)
	})
}

func ended(pr *launch.Process) error {
	status, err := pr.Wait(0)
	if err == nil && (status.State != launch.Exited || status.Code != 0) {
		err = fmt.Errorf("ended with %+v", status)
	}
	return err
}

// program launches another program that does the launching.
func program(name string, argv ...string) contender {
	env := os.Environ()
	return ours(name, launch.Start, func() (*isolation.Plan, error) {
		e := execve(argv[0], argv, env)
		return child(isolation.Step{Do: "execute", Calls: []isolation.Call{e}}), nil
	})
}

// compare runs all contenders in b.N rounds, batch launches each, in an order
// that changes from round to round, since the kernel takes network namespaces
// apart in the background and so bills the next one. It reports the median time
// of each and its ratio to the first. Only ratios within one run mean anything:
// machines differ, and so do hours.
func compare(b *testing.B, batch int, all []contender) {
	b.Helper()
	times := make([][]time.Duration, len(all))
	for b.Loop() {
		for _, i := range rand.Perm(len(all)) {
			d, err := all[i].run(batch)
			if err != nil {
				b.Fatalf("%s: %v", all[i].name, err)
			}
			times[i] = append(times[i], d/time.Duration(batch))
		}
	}
	var base time.Duration
	for i, c := range all {
		slices.Sort(times[i])
		median := times[i][len(times[i])/2]
		if i == 0 {
			base = median
		}
		b.ReportMetric(float64(median.Nanoseconds())/1000, c.name+"-us")
		if i > 0 {
			b.ReportMetric(float64(median)/float64(base), c.name+"/"+all[0].name)
		}
	}
}
