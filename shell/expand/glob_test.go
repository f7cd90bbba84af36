package expand

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree makes the files that the tables speak of.
func tree(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range []string{
		"a.c", "b.c", "b.h", "main.go", ".hidden", ".hush/in", "sub/x.c", "sub/y.c", "sub/deep/z.c", "sub2/x.c", "A", "a-b/f", "a/f",
		"star*", "q?", "br[ack]", `back\slash`, "sp ace", "é", "ü",
	} {
		path := filepath.Join(dir, f)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{"link": "sub", "dangling": "nowhere", "filelink": "a.c"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var globs = []struct{ pattern, want string }{
	{"*.c", "a.c b.c"}, {"b.?", "b.c b.h"}, {"[ab].[ch]", "a.c b.c b.h"}, {"[!a].c", "b.c"}, {"*.nothing", ""},
	{"*.go", "main.go"}, {".h*", ".hidden .hush"}, {`\.h*`, ".hidden .hush"}, {"[.]h*", ""}, {"?hidden", ""}, {".*/in", ".hush/in"},
	{"*/x.c", "link/x.c sub/x.c sub2/x.c"}, {"sub*/*.c", "sub/x.c sub/y.c sub2/x.c"}, {"sub/*/z.c", "sub/deep/z.c"}, {"sub/*/*", "sub/deep/z.c"},
	{"*/*/*.c", "link/deep/z.c sub/deep/z.c"}, {"*/", "a-b/ a/ link/ sub/ sub2/"}, {"sub*/", "sub/ sub2/"}, {"*/deep/", "link/deep/ sub/deep/"},
	{"dang*", "dangling"}, {"dang*/", ""}, {"filel*/", ""}, {"lin*", "link"}, {"a*/f", "a-b/f a/f"},
	{"sub//x*", "sub//x.c"}, {"./a.*", "./a.c"}, {"sub/../a.*", "sub/../a.c"}, {"*/../a.c", "a-b/../a.c a/../a.c link/../a.c sub/../a.c sub2/../a.c"},
	{`star\*`, ""}, {`st*\*`, "star*"}, {`*\?`, "q?"}, {`br\[*`, "br[ack]"}, {`*\\*`, `back\slash`}, {"sp*", "sp ace"},
	{"?[e]", ""}, {"none/*", ""}, {"a.c/*", ""}, {"[a", ""}, {"[s]ub/[", ""}, {"su[b", ""}, {`sub\/*.c`, "sub/x.c sub/y.c"},
	{"[A-Z]", "A"}, {"*[/]x.c", ""}, {"*", ""},
}

// all are the visible names, for *.
const all = `A a a-b a.c b.c b.h back\slash br[ack] dangling filelink link main.go q? sp ace star* sub sub2 é ü`

func want(pattern, paths string) string {
	if pattern == "*" {
		return all
	}
	return paths
}

func TestGlob(t *testing.T) {
	dir := tree(t)
	for _, c := range globs {
		if got := strings.Join(Glob(nil, dir, c.pattern), " "); got != want(c.pattern, c.want) {
			t.Errorf("%s: %s, want %s", c.pattern, got, want(c.pattern, c.want))
		}
		absolute := Glob([]string{"before"}, "/nowhere", dir+"/"+c.pattern)
		for i, path := range absolute {
			absolute[i] = strings.TrimPrefix(path, dir+"/")
		}
		if got := strings.Join(absolute, " "); got != strings.TrimSuffix("before "+want(c.pattern, c.want), " ") {
			t.Errorf("absolute %s: %s", c.pattern, got)
		}
	}
	if got := Glob(nil, dir, "?"); !slices.Contains(got, "é") || !slices.Contains(got, "A") {
		t.Errorf("? matches %q, want é among them", got)
	}
	if got := Glob(nil, dir, ".*"); strings.Join(got, " ") != ".hidden .hush" {
		t.Errorf(".* matches %q, want neither . nor ..", got)
	}
}

func TestGlobDash(t *testing.T) {
	dash, err := exec.LookPath("dash")
	if err != nil {
		t.Skip("dash is not installed")
	}
	dir := tree(t)
	for _, c := range globs {
		cmd := exec.Command(dash, "-c", `p=$1; set -- $p; [ "$1" != "$p" ] || [ -e "$1" ] || shift; IFS=' '; printf %s "$*"`, "dash", c.pattern)
		cmd.Dir = dir
		cmd.Env = []string{"LC_ALL=C"}
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("dash: %v", err)
		}
		w := want(c.pattern, c.want)
		if w == "" { // the word stays; dash takes its backslashes away or not
			continue
		}
		if strings.Contains(c.pattern, " ") || strings.ContainsAny(c.pattern, `\`) {
			continue // in the value of a variable a backslash means something else
		}
		if string(out) != w {
			t.Errorf("%s: dash says %s, the table %s", c.pattern, out, w)
		}
	}
}

func TestGlobUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read every directory")
	}
	dir := tree(t)
	if err := os.Chmod(dir+"/sub2", 0o311); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir+"/sub2", 0o755)
	if got := Glob(nil, dir, "sub2/*"); got != nil {
		t.Errorf("an unreadable directory: %q", got)
	}
	if got := Glob(nil, dir, "sub[2]/x.c"); len(got) != 1 {
		t.Errorf("search permission is enough for a literal component: %q", got)
	}
}

// TestGlobLarge reads directories that fill the buffer more than once.
func TestGlobLarge(t *testing.T) {
	dir := many(t, 1500)
	got := Glob(nil, dir, "*7.txt")
	if len(got) != 150 || !slices.IsSorted(got) {
		t.Errorf("%d names, sorted %v", len(got), slices.IsSorted(got))
	}
}

func many(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		if err := os.WriteFile(fmt.Sprintf("%s/file%05d.txt", dir, i), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTilde(t *testing.T) {
	file := filepath.Join(t.TempDir(), "passwd")
	text := "root:x:0:0:root:/root:/bin/sh\nbroken\n:x:1:1::/none:\njo:x:1000:1000:Jo,,,:/home/jo:/bin/sh"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"root": "/root", "jo": "/home/jo", "broken": "", "nobody": "", "": ""} {
		dir, ok := homeOf(file, func(f []string) bool { return f[0] == name })
		if dir != want || ok != (want != "") {
			t.Errorf("~%s is %q, %v", name, dir, ok)
		}
	}
	if dir, ok := Tilde("", func() (string, bool) { return "", true }); dir != "" || !ok {
		t.Errorf("~ with an empty HOME: %q, %v", dir, ok)
	}
	if dir, ok := Tilde("root", nil); ok && !strings.HasPrefix(dir, "/") {
		t.Errorf("~root: %q", dir)
	}
	if _, ok := Tilde("no such user", nil); ok {
		t.Error("a user that does not exist has a directory")
	}
}

func BenchmarkGlob(b *testing.B) {
	dir := many(b, 20000)
	for _, p := range []string{"*", "*7.txt", "file0123?.txt", "*[0-4]5.t*"} {
		b.Run(p, func(b *testing.B) {
			b.ReportAllocs()
			var dst []string
			for b.Loop() {
				dst = Glob(dst[:0], dir, p)
			}
		})
	}
}
