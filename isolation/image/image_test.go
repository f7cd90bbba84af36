package image

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// entries are a small image with one entry of every kind.
func entries() []*tar.Header {
	return []*tar.Header{
		{Name: "./", Typeflag: tar.TypeDir, Mode: 0o755},
		{Name: "bin/", Typeflag: tar.TypeDir, Mode: 0o555},
		{Name: "bin/tool", Typeflag: tar.TypeReg, Mode: 0o4755, Size: 5},
		{Name: "bin/same", Typeflag: tar.TypeLink, Linkname: "bin/tool"},
		{Name: "sh", Typeflag: tar.TypeSymlink, Linkname: "/bin/tool"},
		{Name: "pipe", Typeflag: tar.TypeFifo, Mode: 0o600},
		{Name: "dev/null", Typeflag: tar.TypeChar, Mode: 0o666, Devmajor: 1, Devminor: 3},
		{Name: "/etc/conf", Typeflag: tar.TypeReg, Mode: 0o640, Size: 5, Uid: 7, Gid: 8},
	}
}

// archiveOf writes a tar stream whose regular files hold "hello".
func archiveOf(t *testing.T, headers []*tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range headers {
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write([]byte("hello")[:h.Size]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWords(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tree"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		word string
		kind isolation.RootKind
	}{{"host", isolation.RootHost}, {"/", isolation.RootHost}, {"scratch", isolation.RootScratch}, {"tree", isolation.RootLayers}, {"./tree", isolation.RootLayers}} {
		root, err := Open(c.word, dir, "")
		if err != nil || root.Kind != c.kind || root.Image != c.word {
			t.Errorf("%s: %+v, %v", c.word, root, err)
		}
	}
	for _, c := range []struct{ word, want string }{
		{"", "empty name"},
		{"alpine", "open image alpine: no file or directory of that name, and images are not fetched from registries; give host, scratch"},
		{"./nope", "open image ./nope: give host, scratch, a directory, or a tar file (.tar, .tar.gz): no such file or directory"},
		{"/dev/null", "neither a directory nor a regular file"},
	} {
		if _, err := Open(c.word, dir, ""); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.word, err, c.want)
		}
	}
}

func TestArchive(t *testing.T) {
	plain := archiveOf(t, entries())
	files := map[string]string{"plain": file(t, "i.tar", plain), "gzip": file(t, "i.tar.gz", zipped(t, plain))}
	for _, program := range []string{"zstd", "xz", "bzip2"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Logf("skipped: %s is not installed", program)
			continue
		}
		cmd := exec.Command(program, "-c")
		cmd.Stdin = bytes.NewReader(plain)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		files[program] = file(t, "i.tar."+program, out)
	}
	for name, path := range files {
		t.Run(name, func(t *testing.T) { checkTree(t, path) })
	}
}

func checkTree(t *testing.T, path string) {
	store := filepath.Join(t.TempDir(), "store")
	root, err := Open(path, "/", store)
	if err != nil {
		t.Fatal(err)
	}
	tree := root.Layers[0]
	t.Cleanup(func() { _ = removeAll(tree) })
	for _, name := range []string{"bin/tool", "bin/same", "etc/conf"} {
		if text, err := os.ReadFile(filepath.Join(tree, name)); err != nil || string(text) != "hello" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if to, err := os.Readlink(filepath.Join(tree, "sh")); to != "/bin/tool" {
		t.Errorf("sh: %q, %v", to, err)
	}
	var tool, same, conf unix.Stat_t
	for name, st := range map[string]*unix.Stat_t{"bin/tool": &tool, "bin/same": &same, "etc/conf": &conf} {
		if err := unix.Lstat(filepath.Join(tree, name), st); err != nil {
			t.Fatal(err)
		}
	}
	if tool.Ino != same.Ino || tool.Mode&0o7777 != 0o4755 || conf.Mode&0o7777 != 0o640 {
		t.Errorf("tool %+v same %+v conf %+v", tool, same, conf)
	}
	if unix.Geteuid() == 0 && (conf.Uid != 7 || conf.Gid != 8) {
		t.Errorf("conf belongs to %d:%d", conf.Uid, conf.Gid)
	}
	again, err := Open(path, "/", store)
	if err != nil || again.Layers[0] != tree {
		t.Errorf("second time: %v, %v", again, err)
	}
}

func TestNothingOutside(t *testing.T) {
	outside := t.TempDir()
	for name, headers := range map[string][]*tar.Header{
		"dots":     {{Name: "../evil", Typeflag: tar.TypeReg, Size: 1}},
		"inner":    {{Name: "a/../../evil", Typeflag: tar.TypeReg, Size: 1}},
		"link":     {{Name: "x", Typeflag: tar.TypeSymlink, Linkname: outside}, {Name: "x/evil", Typeflag: tar.TypeReg, Size: 1}},
		"dirlink":  {{Name: "x", Typeflag: tar.TypeSymlink, Linkname: outside}, {Name: "x/", Typeflag: tar.TypeDir, Mode: 0o777}, {Name: "x/evil", Typeflag: tar.TypeReg, Size: 1}},
		"hardlink": {{Name: "evil", Typeflag: tar.TypeLink, Linkname: "../../../../etc/passwd"}},
		"hardsym":  {{Name: "x", Typeflag: tar.TypeSymlink, Linkname: "/etc"}, {Name: "evil", Typeflag: tar.TypeLink, Linkname: "x/passwd"}},
	} {
		store := filepath.Join(t.TempDir(), "store")
		_, err := Open(file(t, "evil.tar", archiveOf(t, headers)), "/", store)
		if err == nil {
			t.Errorf("%s: unpacked", name)
		}
		if left, _ := os.ReadDir(outside); len(left) > 0 {
			t.Fatalf("%s: wrote outside", name)
		}
		if left, _ := filepath.Glob(filepath.Join(store, "tmp-*")); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

func TestNoArchive(t *testing.T) {
	plain := archiveOf(t, entries())
	for name, content := range map[string][]byte{
		"text":  []byte(strings.Repeat("not a tar file\n", 100)),
		"short": []byte("x"),
		"empty": nil,
		"cut":   plain[:1538],
		"gzip":  zipped(t, plain)[:100],
	} {
		path := file(t, name, content)
		_, err := Open(path, "/", filepath.Join(t.TempDir(), "store"))
		if err == nil || !strings.HasPrefix(err.Error(), "open image "+path+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Many shells may want the same image at once, and one may have been killed.
func TestTogether(t *testing.T) {
	path, store := file(t, "i.tar", archiveOf(t, entries())), filepath.Join(t.TempDir(), "store")
	if err := os.MkdirAll(filepath.Join(store, "tmp-killed", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := Open(path, "/", store); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if left, _ := filepath.Glob(filepath.Join(store, "tmp-*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestStoreDir(t *testing.T) {
	env := func(m map[string]string) func(string) string { return func(k string) string { return m[k] } }
	for _, c := range []struct {
		uid  int
		env  map[string]string
		want string
	}{
		{0, map[string]string{"HOME": "/root"}, "/var/lib/cosh"},
		{5, map[string]string{"HOME": "/home/u"}, "/home/u/.local/share/cosh"},
		{5, map[string]string{"HOME": "/home/u", "XDG_DATA_HOME": "/data"}, "/data/cosh"},
		{5, nil, ""},
	} {
		if got, _ := StoreDir(c.uid, env(c.env)); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
