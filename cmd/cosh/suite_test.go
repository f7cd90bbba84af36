package main_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rounds is how often each shell runs a script; the least CPU time counts.
const rounds = 4

// peers are the shells to compare with, those that are installed; the first is
// the measure, and runs twice so that its second column shows the noise.
var peers = [][]string{
	{"dash"}, {"dash"}, {"bash"}, {"mksh"}, {"ksh93"}, {"yash"}, {"zsh", "--emulate", "sh"}, {"busybox", "sh"},
}

// BenchmarkSuite runs scripts/bench through cosh and every other shell that is
// installed, shuffled within each round, and prints CPU times (user and system
// of the shell and its children, the least of all rounds) as ratios to dash.
// A script whose output differs from dash's does not count.
//
//	go test -bench Suite -benchtime 1x -run '^$' -v ./cmd/cosh
func BenchmarkSuite(b *testing.B) {
	scripts, _ := filepath.Glob("../../scripts/bench/*.sh")
	shells := [][]string{{cosh(b)}}
	for _, p := range peers {
		if _, err := exec.LookPath(p[0]); err == nil {
			shells = append(shells, p)
		}
	}
	if len(shells) < 3 {
		b.Skip("dash is not installed, and it is the measure")
	}
	for b.Loop() {
		logs := make([]float64, len(shells))
		counts := make([]int, len(shells))
		b.Log(row("script", names(shells)))
		for _, script := range scripts {
			best, differs := contest(b, shells, script)
			cells := make([]string, len(shells))
			for i := range shells {
				ratio := best[i].Seconds() / best[1].Seconds()
				cells[i] = format(ratio)
				if differs[i] {
					cells[i] = "differs"
					continue
				}
				logs[i] += math.Log(ratio)
				counts[i]++
			}
			b.Log(row(strings.TrimSuffix(filepath.Base(script), ".sh"), cells))
		}
		cells := make([]string, len(shells))
		for i := range shells {
			cells[i] = format(math.Exp(logs[i] / float64(counts[i])))
		}
		b.Log(row("geometric mean", cells))
		b.ReportMetric(math.Exp(logs[0]/float64(counts[0])), "x-dash")
	}
}

// contest is the least CPU time of each shell for one script.
func contest(b *testing.B, shells [][]string, script string) (best []time.Duration, differs []bool) {
	best, differs = make([]time.Duration, len(shells)), make([]bool, len(shells))
	outputs := make([]string, len(shells))
	for range rounds {
		for _, i := range rand.Perm(len(shells)) {
			dir := b.TempDir()
			once(dir, shells[i], script) // makes the files that it works on
			t, out := once(dir, shells[i], script)
			if best[i] == 0 || t < best[i] {
				best[i] = t
			}
			outputs[i] = out
		}
	}
	for i := range shells {
		differs[i] = outputs[i] != outputs[1]
	}
	return best, differs
}

// once runs a script and returns its CPU time and output.
func once(dir string, shell []string, script string) (time.Duration, string) {
	cmd := exec.Command(shell[0], append(shell[1:len(shell):len(shell)], script)...)
	cmd.Env = []string{"TMP=" + dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	out, err := cmd.Output()
	text := string(out)
	if err != nil {
		text += err.Error()
	}
	u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 1, text
	}
	return time.Duration(u.Utime.Nano()+u.Stime.Nano()) + 1, text
}

func names(shells [][]string) []string {
	out := []string{"cosh"}
	for _, s := range shells[1:] {
		out = append(out, s[0])
	}
	return out
}

func format(ratio float64) string { return strconv.FormatFloat(ratio, 'f', 3, 64) }

func row(name string, cells []string) string {
	line := fmt.Sprintf("%-26s", name)
	for _, c := range cells {
		line += fmt.Sprintf("%9s", c)
	}
	return line
}
