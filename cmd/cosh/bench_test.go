package main_test

import (
	"os/exec"
	"sort"
	"syscall"
	"testing"
	"time"
)

// The benchmarks run cosh and dash in turn and report the ratio of the CPU
// time (user and system, children included): the median of the pairs.
//
//	go test -bench . -run '^$' ./cmd/cosh

// pairs is how often each of the two runs, after one run that is not counted.
const pairs = 9

// against runs script through cosh and through dash in turn.
func against(b *testing.B, script string) {
	dash, err := exec.LookPath("dash")
	if err != nil {
		b.Skip("dash is not installed, and it is the peer")
	}
	path := cosh(b)
	for b.Loop() {
		var ratios []float64
		var mine time.Duration
		for i := range pairs + 1 {
			a, p := cpu(b, path, script), cpu(b, dash, script)
			if i > 0 {
				ratios = append(ratios, float64(a)/float64(p))
				mine += a
			}
		}
		sort.Float64s(ratios)
		b.ReportMetric(ratios[len(ratios)/2], "x-dash")
		b.ReportMetric(float64(mine.Microseconds())/1000/pairs, "cpu-ms")
	}
}

// cpu is the CPU time of one run.
func cpu(b *testing.B, shell, script string) time.Duration {
	cmd := exec.Command(shell, "-c", script)
	if err := cmd.Run(); err != nil {
		b.Fatalf("%s -c %q: %v", shell, script, err)
	}
	u := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkStartup(b *testing.B) { against(b, ":") }

func BenchmarkExternal(b *testing.B) {
	against(b, "i=0; while [ $i -lt 1000 ]; do /bin/true; i=$((i+1)); done")
}
