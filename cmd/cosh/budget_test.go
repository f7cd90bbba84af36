package main_test

import (
	"bytes"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// What "cosh -c :" may cost before its first command. It is paid again by each
// block that runs inside boundaries, so it grows only by a decision. Measured
// on Linux 6.18, amd64, Go 1.26: 45 package inits, 300 to 350 page faults.
const (
	mostInits  = 48  // packages that have an init task
	mostFaults = 450 // minor page faults, the exec's own among them
)

// TestStartBudget runs the binary and counts.
func TestStartBudget(t *testing.T) {
	path := cosh(t)
	var trace bytes.Buffer
	cmd := exec.Command(path, "-c", ":")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		t.Fatalf("cosh -c ':': %v\n%s", err, &trace)
	}
	inits := bytes.Count(trace.Bytes(), []byte("init "))
	faults := int64(-1)
	for range 5 {
		cmd := exec.Command(path, "-c", ":")
		if err := cmd.Run(); err != nil {
			t.Fatalf("cosh -c ':': %v", err)
		}
		if n := cmd.ProcessState.SysUsage().(*syscall.Rusage).Minflt; faults < 0 || n < faults {
			faults = n
		}
	}
	t.Logf("%d inits of at most %d, %d minor page faults of at most %d", inits, mostInits, faults, mostFaults)
	if inits > mostInits {
		t.Errorf("cosh -c ':' runs the inits of %d packages, at most %d; which one is new?\n%s", inits, mostInits, &trace)
	}
	if faults > mostFaults {
		t.Errorf("cosh -c ':' has %d minor page faults, at most %d: a table built at start-up, or a larger heap?\n%s",
			faults, mostFaults, &trace)
	}
}
