package main_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cosh/builtins"
)

// TestReadme runs the blocks of README.md that are marked "sh run", and those
// marked "sh run-limit" where this user may make a cgroup, one after the other
// in one directory; each has to end with status 0.
func TestReadme(t *testing.T) {
	path := cosh(t)
	requireBoundaries(t, path)
	blocks := readmeBlocks(t)
	if len(blocks) == 0 {
		t.Fatal("README.md has no block that is marked to be run")
	}
	why, err := exec.Command(path, "-c", "limit --memory 64M true").CombinedOutput()
	limited := err == nil
	dir := t.TempDir()
	for _, b := range blocks {
		first, _, _ := strings.Cut(b.text, "\n")
		t.Run(first, func(t *testing.T) {
			if b.mark == "run-limit" && !limited {
				t.Skipf("no cgroup can be made here: %s", why)
			}
			if strings.Contains(b.text, "busybox") {
				requireStatic(t, "busybox")
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, path, "-e", "-c", b.text)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "LC_ALL=C", "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s\nprinted:\n%s", err, b.text, out)
			}
		})
	}
}

// TestReadmeNames holds the table of builtins to the registry.
func TestReadmeNames(t *testing.T) {
	text := readme(t)
	_, table, _ := strings.Cut(text, "## Builtins")
	table, _, _ = strings.Cut(table, "\n## ")
	named := map[string]bool{}
	for line := range strings.Lines(table) {
		for i, name := range strings.Split(line, "`") {
			if i%2 == 1 && strings.HasPrefix(line, "|") {
				named[name] = true
			}
		}
	}
	for _, b := range (&builtins.Registry{}).All() {
		if !named[b.Name] {
			t.Errorf("the table of builtins in README.md lacks %s", b.Name)
		}
		delete(named, b.Name)
	}
	for name := range named {
		t.Errorf("the table of builtins in README.md names %s, which is none", name)
	}
}

// block is one piece of shell code of README.md.
type block struct{ mark, text string }

// readmeBlocks returns the marked blocks.
func readmeBlocks(t *testing.T) []block {
	t.Helper()
	var blocks []block
	for i, piece := range strings.Split(readme(t), "\n```") {
		info, text, _ := strings.Cut(piece, "\n")
		if mark, ok := strings.CutPrefix(info, "sh "); ok && i > 0 {
			blocks = append(blocks, block{mark, text})
		}
	}
	return blocks
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// requireStatic skips where the program is missing or needs a loader, which an
// image made of it alone does not hold.
func requireStatic(t *testing.T, program string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("%s is not installed", program)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip(err)
	}
	if strings.Contains(string(text), "/ld-linux") {
		t.Skipf("%s is not static; Debian's busybox-static is", path)
	}
}
