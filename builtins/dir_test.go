package builtins

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree is a directory with a/b, a link to a/b and a file.
func tree(t *testing.T) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.MkdirAll(filepath.Join(root, "a", "b"), 0o755),
		os.Mkdir(filepath.Join(root, "source"), 0o755),
		os.Symlink("a/b", filepath.Join(root, "link")),
		os.WriteFile(filepath.Join(root, "file"), nil, 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestCd(t *testing.T) {
	root := tree(t)
	for _, e := range []struct {
		from, words string
		status      int
		to, out     string // R stands for the root
		err         string
	}{
		{"R", "cd a", 0, "R/a", "", ""},
		{"R", "cd ./a/../a//b/.", 0, "R/a/b", "", ""},
		{"R/link", "cd ..", 0, "R", "", ""},
		{"R/link", "cd -P ..", 0, "R/a", "", ""},
		{"R", "cd -P link", 0, "R/a/b", "", ""},
		{"R", "cd -PL link", 0, "R/link", "", ""},
		{"R", "cd /", 0, "/", "", ""},
		{"/", "cd ..", 0, "/", "", ""},
		{"R", "cd", 0, "R/a", "", ""},
		{"R", "cd -", 0, "R/source", "R/source\n", ""},
		{"R", "cd b", 0, "R/a/b", "R/a/b\n", ""},
		{"R", "cd -- source", 0, "R/source", "", ""},
		{"R/gone", "cd ..", 0, "R", "", ""},
		{"R/a", "cd ../a/b/../..", 0, "R", "", ""},
		{"R", "cd //a", 1, "R", "", ""},
		{"R", "cd nope", 1, "R", "", "nope: no such file or directory"},
		{"R", "cd sorce", 1, "R", "", "did you mean source?"},
		{"R", "cd file", 1, "R", "", "not a directory"},
		{"R", "cd nope/..", 1, "R", "", "no such file"},
		{"R", "cd file/..", 1, "R", "", "not a directory"},
		{"R", "cd ''", 1, "R", "", "empty"},
		{"R", "cd a b", 2, "R", "", "one directory"},
		{"R", "cd -x", 2, "R", "", "-x is not an option"},
	} {
		b := newBench(t)
		place := func(s string) string { return strings.ReplaceAll(s, "R", root) }
		b.state.Dir, b.state.OwnDir = place(e.from), true
		b.set("HOME", root+"/a")
		b.set("OLDPWD", root+"/source")
		b.set("CDPATH", ":"+root+"/a")
		status, out, errs := b.run(words(e.words)...)
		if status != e.status || b.state.Dir != place(e.to) || out != place(e.out) || !strings.Contains(errs, e.err) {
			t.Errorf("%s: %s: status %d at %s, output %q %q", e.from, e.words, status, b.state.Dir, out, errs)
		}
		if status == 0 && (b.value("OLDPWD") != place(e.from) || b.value("PWD") != place(e.to)) {
			t.Errorf("%s: %s: OLDPWD is %s, PWD %s", e.from, e.words, b.value("OLDPWD"), b.value("PWD"))
		}
	}
	b := newBench(t)
	b.check([]example{
		{"cd", 1, "", "HOME is not set"},
		{"cd -", 1, "", "OLDPWD is not set"},
	})
}

func TestPwd(t *testing.T) {
	root := tree(t)
	b := newBench(t)
	b.state.Dir = root + "/link"
	b.check([]example{
		{"pwd", 0, root + "/link\n", ""},
		{"pwd -L", 0, root + "/link\n", ""},
		{"pwd -P", 0, root + "/a/b\n", ""},
		{"pwd -x", 2, "", "-x is not an option"},
	})
	b.state.Dir = root + "/gone"
	b.check([]example{{"pwd -P", 1, "", "no such file"}})
}

func TestUmask(t *testing.T) {
	for _, e := range []struct {
		words  string
		status int
		mask   int
	}{
		{"umask 077", 0, 0o077},
		{"umask 0", 0, 0},
		{"umask u=rwx,g=rx,o=", 0, 0o027},
		{"umask g+w", 0, 0o002},
		{"umask a-r", 0, 0o466},
		{"umask -w", 0, 0o222},
		{"umask -- -x", 0, 0o133},
		{"umask go=u", 0, 0},
		{"umask o=g-x", 0, 0o023},
		{"umask =", 0, 0o777},
		{"umask a=X", 0, 0o666},
		{"umask 888", 2, 0o022},
		{"umask 1777", 2, 0o022},
		{"umask z=r", 2, 0o022},
		{"umask ''", 2, 0o022},
		{"umask -q", 2, 0o022},
		{"umask 1 2", 2, 0o022},
	} {
		b := newBench(t)
		status, _, errs := b.run(words(e.words)...)
		if status != e.status || b.state.Umask != e.mask || (status != 0) != (errs != "") {
			t.Errorf("%s: status %d mask %04o (%s), want %d %04o", e.words, status, b.state.Umask, errs, e.status, e.mask)
		}
	}
	newBench(t).check([]example{
		{"umask", 0, "0022\n", ""},
		{"umask -S", 0, "u=rwx,g=rx,o=rx\n", ""},
	})
}

// In a subshell ulimit changes the session alone, so the test changes nothing
// for the process.
func TestUlimit(t *testing.T) {
	b := newBench(t)
	b.state.Subshell = 1
	b.check([]example{
		{"ulimit -f 100", 0, "", ""},
		{"ulimit", 0, "100\n", ""},
		{"ulimit -H -f", 0, "100\n", ""},
		{"ulimit -S -f 50", 0, "", ""},
		{"ulimit -f", 0, "50\n", ""},
		{"ulimit -Hf", 0, "100\n", ""},
		{"ulimit -S -f 200", 1, "", "invalid argument"},
		{"ulimit -S -f hard", 0, "", ""},
		{"ulimit -f", 0, "100\n", ""},
		{"ulimit -n x", 2, "", "x is not a limit"},
		{"ulimit -z", 2, "", "-z is not an option"},
		{"ulimit -c 0", 0, "", ""},
	})
	if len(b.state.Rlimits) != 2 || b.state.Rlimits[0].Soft != 100*512 {
		t.Errorf("limits of children: %+v", b.state.Rlimits)
	}
	status, out, _ := b.run("ulimit", "-a")
	if status != 0 || strings.Count(out, "\n") != len(resources) || !strings.Contains(out, "file size (512-byte blocks)") {
		t.Errorf("ulimit -a: status %d\n%s", status, out)
	}
}
