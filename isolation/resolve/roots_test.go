package resolve_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"
)

// Every kind of root, in every company of namespaces that changes what is
// mounted in it, entered by this binary directly and through a stage.
func TestRoots(t *testing.T) {
	tree := filepath.Join(t.TempDir(), "with:colon,and comma")
	makeTree(t, tree)
	roots := map[string]isolation.Root{
		"scratch": {Image: "scratch", Kind: isolation.RootScratch},
		"host":    {Image: "host", Kind: isolation.RootHost},
		"layers":  {Image: tree, Kind: isolation.RootLayers, Layers: []string{tree}},
	}
	for name, root := range roots {
		for company, kinds := range map[string]isolation.Namespaces{"alone": 0, "pid": isolation.PID, "net": isolation.Net, "all": all} {
			for stage, static := range map[string]bool{"direct": true, "staged": false} {
				t.Run(name+"/"+company+"/"+stage, func(t *testing.T) {
					if static && !launch.StaticSelf() {
						t.Skip("this test binary needs a loader; CGO_ENABLED=0 makes one that does not")
					}
					text := run(t, self("root", func(s *isolation.Spec) { s.Namespaces, s.Optional, s.Root = kinds, kinds, &root }),
						func(h *isolation.Host) { h.StaticSelf = static })
					if name == "scratch" && text != "dev proc sys tmp\n" {
						t.Errorf("there is more than nothing: %q", text)
					}
					if name == "layers" && text != "bin dev out proc sys tmp\n" {
						t.Errorf("the tree holds %q", text)
					}
				})
			}
		}
	}
}

// A container holds containers: the shell inside is in no file system, and root
// may be root of a user namespace alone.
func TestNested(t *testing.T) {
	if !launch.StaticSelf() {
		t.Skip("this test binary needs a loader; CGO_ENABLED=0 makes one that does not")
	}
	for name, kind := range map[string]isolation.RootKind{"scratch": isolation.RootScratch, "host": isolation.RootHost} {
		t.Run(name, func(t *testing.T) {
			text := run(t, self("nest", func(s *isolation.Spec) {
				s.Namespaces, s.Optional, s.Root = all, all, &isolation.Root{Kind: kind}
			}))
			if !strings.HasPrefix(text, "dev proc sys tmp\n") {
				t.Errorf("got %q", text)
			}
		})
	}
}

// makeTree makes a hostile image: its /proc and /dev are links that lead out.
func makeTree(t *testing.T, dir string) {
	t.Helper()
	for _, d := range []string{"bin", "out"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// A link in the image cannot lead a mount out of it, nor a name be one.
func TestLinksStayInside(t *testing.T) {
	tree := filepath.Join(t.TempDir(), "tree")
	makeTree(t, tree)
	for name, to := range map[string]string{"dev": "../../../../../../out", "tmp": "/out"} {
		if err := os.Symlink(to, filepath.Join(tree, name)); err != nil {
			t.Fatal(err)
		}
	}
	text := run(t, self("write /out/file", func(s *isolation.Spec) {
		s.Root = &isolation.Root{Image: tree, Kind: isolation.RootLayers, Layers: []string{tree}}
	}))
	if text != "inside <nil>\n" {
		t.Errorf("got %q", text)
	}
}

// What is written inside is seen inside only.
func TestCopyOnWrite(t *testing.T) {
	dir := t.TempDir()
	if !isRoot() {
		if err := os.Chmod(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	tree := filepath.Join(dir, "tree")
	makeTree(t, tree)
	for file, root := range map[string]isolation.Root{
		"/out/file":                     {Image: tree, Kind: isolation.RootLayers, Layers: []string{tree}},
		hostFile(t):                     {Image: "host", Kind: isolation.RootHost},
		"/new-file-in-the-root-of-cosh": {Image: "host", Kind: isolation.RootHost},
	} {
		text := run(t, self("write "+file, func(s *isolation.Spec) { s.Root = &root }))
		if text != "inside <nil>\n" {
			t.Errorf("%s: %q", file, text)
		}
		for _, outside := range []string{file, filepath.Join(tree, file)} {
			if content, err := os.ReadFile(outside); err == nil && string(content) != "outside" {
				t.Errorf("%s holds %q", outside, content)
			}
		}
	}
}

// hostFile is a file of ours outside of /tmp, which is mounted anew inside.
func hostFile(t *testing.T) string {
	t.Helper()
	for _, top := range []string{"/var/tmp", os.Getenv("HOME")} {
		dir, err := os.MkdirTemp(top, "cosh-test-")
		if err != nil {
			continue
		}
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		file := filepath.Join(dir, "file")
		if err := os.WriteFile(file, []byte("outside"), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	t.Skip("no directory outside of /tmp can be written to")
	return ""
}
