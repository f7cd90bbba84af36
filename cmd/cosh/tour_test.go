package main_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// update records the sessions anew: go test ./cmd/cosh -run Tour -update, once
// as root and once as another user, since each has a recording of its own.
var update = flag.Bool("update", false, "write scripts/tour.*.golden from what is printed now")

// TestTour runs the tour as a user would and compares the session with its
// recording, number by number of its steps.
func TestTour(t *testing.T) {
	path := cosh(t)
	requireBoundaries(t, path)
	got := plain(session(t, path))
	golden := filepath.Join(root, "scripts", "tour.user.golden")
	if os.Geteuid() == 0 {
		golden = filepath.Join(root, "scripts", "tour.root.golden")
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	compareSteps(t, got, string(want))
}

// requireBoundaries skips where this user can make no namespace at all.
func requireBoundaries(t *testing.T, path string) {
	t.Helper()
	if out, err := exec.Command(path, "-c", "isolate true").CombinedOutput(); err != nil {
		t.Skipf("this host makes no namespaces for us: %s", bytes.TrimSpace(out))
	}
}

// refused is what the tour says where this user may make no cgroup; the reason
// is on the next line.
const refused = "not for this user on this machine:"

// session returns all that the tour prints. What depends on the caller, such as
// the file mode mask, is set to the same values everywhere.
func session(t *testing.T, path string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	const start = `umask 022; ulimit -Sn 256; exec "$0" scripts/tour.csh`
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", start, path)
	cmd.Dir = root
	// A descriptor that the caller of go test left open would be one more step.
	if err := unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	cmd.Env = []string{"PATH=/usr/bin:/bin:/usr/sbin:/sbin", "HOME=" + os.Getenv("HOME")}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the tour: %v\n%s", err, out)
	}
	return string(out)
}

// plain replaces what differs between two runs and two hosts: process ids by
// PID, this host's name and devices, our own user and group, column widths.
func plain(text string) string {
	host, _ := os.Hostname()
	for _, id := range []int{os.Geteuid(), os.Getegid()} {
		line := fmt.Sprintf("0 %d 1", id)
		text = strings.ReplaceAll(text, fmt.Sprintf("%q, %d", line, len(line)), `"0 ID 1", N`)
		text = strings.ReplaceAll(text, "echo "+line, "echo 0 ID 1")
		text = strings.ReplaceAll(text, fmt.Sprintf("user %d to", id), "user ID to")
		text = strings.ReplaceAll(text, fmt.Sprintf("group %d to", id), "group ID to")
	}
	var b strings.Builder
	reason := false
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		seen := strings.Contains(line, "seen from inside:")
		for i, w := range words {
			number := strings.TrimRight(w, ";")
			n, err := strconv.Atoi(number)
			switch before := words[max(i-1, 0)]; {
			case before == "was" && strings.Contains(line, "the peak was"):
				words[i] = "SOME;"
			case err != nil || n < 2:
			case seen, before == "process", before == "cosh", before == "sleep":
				words[i] = "PID" + w[len(number):]
			case before == "is" && slices.Contains(words, "operations"):
				words[i] = "SOME"
			}
		}
		switch {
		case reason:
			words = []string{"REASON"}
		case strings.HasPrefix(line, "host name ") && len(words) == 4 && words[3] == host:
			words[3] = "HOST"
		case strings.HasPrefix(line, "network ") && len(words) > 2:
			words = append(words[:2], "DEVICES")
		}
		reason = strings.HasPrefix(line, refused)
		b.WriteString(strings.TrimRight(strings.Repeat(" ", leading(line))+strings.Join(words, " "), " ") + "\n")
	}
	return b.String()
}

// leading counts the blanks that a line begins with.
func leading(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// compareSteps compares step by step. What step 4 says depends on whether this
// user may make a cgroup; where that is not as it was recorded, step 4 is left
// out.
func compareSteps(t *testing.T, got, want string) {
	t.Helper()
	const heading = "\n--- "
	g, w := strings.Split(got, heading), strings.Split(want, heading)
	if len(g) != len(w) {
		t.Fatalf("the tour has %d steps, recorded are %d:\n%s", len(g)-1, len(w)-1, got)
	}
	for i := range g {
		if a, b := strings.Contains(g[i], refused), strings.Contains(w[i], refused); a != b {
			t.Logf("not as recorded, since this user may make a cgroup: recorded %t, here %t\n%s", !b, !a, g[i])
			continue
		}
		if g[i] != w[i] {
			t.Errorf("step %s\n--- want\n%s", g[i], w[i])
		}
	}
}
