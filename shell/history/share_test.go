package history

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	writerEnv = "COSH_HISTORY_WRITER"
	testLimit = 5000
)

func TestMain(m *testing.M) {
	if name := os.Getenv(writerEnv); name != "" {
		os.Exit(write(name, os.Args[1]))
	}
	os.Exit(m.Run())
}

// write is a shell that appends until it is killed, or 200 entries, and says
// of each one when it is there.
func write(name, path string) int {
	for i := range 200 {
		if i%20 == 0 { // a new shell now and then, which may trim
			if _, err := open(path, testLimit); err != nil {
				fmt.Println(err)
				return 1
			}
		}
		h := &History{path: path, limit: testLimit}
		entry := entryOf(name, i)
		if err := h.Append(entry); err != nil {
			fmt.Println(err)
			return 1
		}
		fmt.Println(i)
	}
	return 0
}

// entryOf is several lines, at times longer than a page.
func entryOf(name string, i int) string {
	return fmt.Sprintf("%s %d\n%s\nend", name, i, strings.Repeat("x", i%7*900))
}

// runWriter starts a writer, kills it after a while unless that is 0, and
// returns how many entries it said are there.
func runWriter(t *testing.T, name, path string, killAfter time.Duration) int {
	cmd := exec.Command("/proc/self/exe", path)
	cmd.Env = append(os.Environ(), writerEnv+"="+name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Error(err)
		return 0
	}
	if err := cmd.Start(); err != nil {
		t.Error(err)
		return 0
	}
	if killAfter > 0 {
		defer time.AfterFunc(killAfter, func() { cmd.Process.Kill() }).Stop()
	}
	n := 0
	for lines := bufio.NewScanner(out); lines.Scan(); n++ {
		if lines.Text() != fmt.Sprint(n) {
			t.Errorf("%s: %s", name, lines.Text())
		}
	}
	if err := cmd.Wait(); err != nil && killAfter == 0 {
		t.Errorf("%s: %v", name, err)
	}
	return n
}

// share runs several writers at once and checks that what each one was told
// is kept is there, once, whole and in order.
func share(t *testing.T, writers int, killAfter func() time.Duration) {
	path := tempPath(t)
	mustOpen(t, path)
	said := make([]int, writers)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() { said[w] = runWriter(t, fmt.Sprint("writer", w), path, killAfter()) })
	}
	all.Wait()
	found := make([]int, writers)
	for _, entry := range mustOpen(t, path).Entries() {
		var w, i int
		if _, err := fmt.Sscanf(entry, "writer%d %d\n", &w, &i); err != nil || entry != entryOf(fmt.Sprint("writer", w), i) {
			t.Fatalf("broken entry %.80q", entry)
		}
		if i != found[w] {
			t.Fatalf("writer %d: entry %d where %d was due", w, i, found[w])
		}
		found[w]++
	}
	for w := range writers {
		if found[w] < said[w] || found[w] > said[w]+1 { // killed between the file and the word
			t.Errorf("writer %d: %d entries of %d", w, found[w], said[w])
		}
	}
}

func TestShare(t *testing.T) { share(t, 6, func() time.Duration { return 0 }) }

func TestKilled(t *testing.T) {
	for range 4 {
		share(t, 4, func() time.Duration { return time.Duration(5+rand.IntN(60)) * time.Millisecond })
	}
}

// Shells that trim while others append lose nothing but the oldest entries.
func TestTrimWhileShared(t *testing.T) {
	path := tempPath(t)
	old := strings.Repeat("old\n", 3*testLimit)
	mustOpen(t, path)
	if err := os.WriteFile(path, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() { runWriter(t, fmt.Sprint("writer", w), path, 0) })
	}
	all.Wait()
	seen := map[string]bool{}
	h := mustOpen(t, path)
	for _, entry := range h.Entries() {
		seen[entry] = true
	}
	for w := range 4 {
		for i := range 200 {
			if !seen[entryOf(fmt.Sprint("writer", w), i)] {
				t.Fatalf("writer %d: entry %d is lost", w, i)
			}
		}
	}
	if h.Len() > testLimit+testLimit/10+800 {
		t.Errorf("%d entries were not trimmed", h.Len())
	}
}
