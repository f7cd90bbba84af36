package shell_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"cosh/isolation/launch"
)

// binary is a copy of this test binary under the name cosh, where every user may
// run it: what go test built lies in a directory of our own.
var binary = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(binDir, "copy")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	from, err := os.Open("/proc/self/exe")
	if err != nil {
		return "", err
	}
	defer from.Close()
	path := filepath.Join(dir, "cosh")
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	if e := to.Close(); err == nil {
		err = e
	}
	return path, err
})

// someone is a user of the sessions.
type someone struct {
	name string
	id   uint32
}

// users are those that a session can be run as: ourselves, and for root one
// without privileges.
func users() []someone {
	if os.Geteuid() != 0 {
		return []someone{{"user", uint32(os.Geteuid())}}
	}
	return []someone{{"root", 0}, {"user", 1000}}
}

// cosh is a command that runs cosh with the arguments.
func cosh(t *testing.T, u someone, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, args...)
	c.Dir = "/"
	c.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME=/", "LC_ALL=C"}
	c.SysProcAttr = &syscall.SysProcAttr{}
	if uint32(os.Geteuid()) != u.id {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: u.id, Gid: u.id}
	}
	return c
}

// session runs a script and returns what it wrote, errors included, and its
// exit status.
func session(t *testing.T, u someone, script string) (out string, status int) {
	t.Helper()
	c := cosh(t, u, "-c", script)
	var b bytes.Buffer
	c.Stdout, c.Stderr = &b, &b
	late := time.AfterFunc(time.Minute, func() { _ = c.Process.Kill() }) // a test of its own that hangs
	defer late.Stop()
	err := c.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return b.String(), c.ProcessState.ExitCode()
}

// need skips where a wrapper cannot work at all, with the shell's own reason.
func need(t *testing.T, u someone, wrapper string) {
	t.Helper()
	if out, status := session(t, u, wrapper+" true"); status == 125 {
		t.Skipf("%s as %s: %s", wrapper, u.name, strings.TrimSpace(out))
	}
}

// A line is one short session.
type line struct {
	script, out string
	status      int
}

func run(t *testing.T, wrapper string, lines []line) {
	for _, u := range users() {
		t.Run(u.name, func(t *testing.T) {
			need(t, u, wrapper)
			for _, l := range lines {
				if out, status := session(t, u, l.script); out != l.out || status != l.status {
					t.Errorf("%s\n got %q, %d\nwant %q, %d", l.script, out, status, l.out, l.status)
				}
			}
		})
	}
}

// What a wrapper may be given, and what is there inside.
func TestBlocks(t *testing.T) {
	run(t, "isolate", []line{
		{script: `isolate sh -c 'echo $$'`, out: "1\n"},
		{script: `isolate { echo $$; }`, out: "1\n"},
		{script: `isolate ( echo $$ )`, out: "1\n"},
		{script: `isolate echo builtin`, out: "builtin\n"},
		{script: `f() { echo "$1" $$; return 7; }; isolate f 'a b'`, out: "a b 1\n", status: 7},
		{script: `isolate isolate --hostname x isolate echo one`, out: "one\n"},
		{script: `isolate { isolate { isolate { echo deep $$; }; }; }`, out: "deep 1\n"},
		{script: `exec isolate { echo $$; exit 4; }; echo never`, out: "1\n", status: 4},
		{script: `trap 'echo never' EXIT; exec isolate { exit 4; }`, status: 4},
		{script: `(exec isolate { exit 4; }); echo $?`, out: "4\n"},
		{script: `command isolate { echo $$; }`, out: "1\n"},
		{script: `! isolate false`},
		{script: `x=$(isolate { echo in $$; }); echo "[$x]"`, out: "[in 1]\n"},
		{script: `echo a | isolate cat | isolate { cat; echo b; } | isolate cat`, out: "a\nb\n"},
		{script: `isolate { echo out; echo err >&2; } 2>/dev/null`, out: "out\n"},
		{script: "isolate { read x; echo got $x; } <<E\nhere\nE", out: "got here\n"},
		{script: `isolate { exit 5; } & wait $!; echo $?`, out: "5\n"},
		{script: `a='1 2'; readonly a; f() { echo f; }; umask 027; cd /usr; set -f -- p 'q r'
			V=v isolate { echo "$a" "$2" $# *; umask; pwd; f; echo $V; x=1; }; echo "[$x$V]"`,
			out: "1 2 q r 2 *\n0027\n/usr\nf\nv\n[]\n"},
		{script: `set -e; isolate { false; echo never; }; echo never`, status: 1},
		{script: `isolate --hostname box { hostname 2>/dev/null || uname -n; }`, out: "box\n"},
	})
}

// Each kind of namespace is another one inside, the others are not.
func TestEachNamespace(t *testing.T) {
	for _, u := range users() {
		t.Run(u.name, func(t *testing.T) {
			for _, kind := range []string{"pid", "mount", "net", "uts", "ipc", "user", "cgroup", "time"} {
				need(t, u, "isolate --"+kind)
				file := map[string]string{"mount": "mnt"}[kind]
				if file == "" {
					file = kind
				}
				out, _ := session(t, u, fmt.Sprintf(`isolate --%s readlink /proc/self/ns/%s; readlink /proc/self/ns/%s`, kind, file, file))
				if two := strings.Fields(out); len(two) != 2 || two[0] == two[1] {
					t.Errorf("isolate --%s: %q", kind, out)
				}
			}
		})
	}
}

// Number 1 of a PID namespace gets no signal that it does not handle; the shell
// sees to it that it heeds those that it is sent all the same.
func TestSignals(t *testing.T) {
	run(t, "isolate", []line{
		{script: `isolate sleep 1000 & kill $!; wait $!; echo $?`, out: "143\n"},
		{script: `isolate { sleep 1000; } & kill -INT $!; wait $!; echo $?`, out: "130\n"},
		{script: `isolate sleep 1000 & kill -9 $!; wait $!; echo $?`, out: "137\n"},
		{script: `set -m; isolate sleep 1000 & kill %1; wait $!; echo $?`, out: "143\n"},
		{script: `set -m; isolate sleep 1000 | cat & kill %1; wait; echo $?`, out: "0\n"},
		{script: `isolate { trap 'echo caught; exit 3' TERM; kill -TERM $$; sleep 1000; }`, out: "caught\n", status: 3},
		{script: `isolate { kill -TERM $$; echo alive; }`, out: "alive\n"},
		{script: `isolate { trap 'echo caught' TERM; kill -TERM $$; echo alive; }`, out: "caught\nalive\n"},
		{script: `isolate { trap 'echo caught' TERM; trap - TERM; kill -TERM $$; echo alive; }`, out: "alive\n"},
		{script: `isolate sh -c 'kill -9 $$; echo alive'`, out: "alive\n"},
	})
}

// In a block the shell is number 1: orphans come to it.
func TestOrphansAreReaped(t *testing.T) {
	run(t, "isolate", []line{{
		script: `isolate { sh -c 'sleep 0 & :'; sleep 0 & p=$!; n=0
			while [ $n -lt 500 ] && grep -l 'Z (zombie)' /proc/[0-9]*/status 2>/dev/null | grep -qv "/$p/"; do n=$((n+1)); sleep 0.01; done
			[ $n -lt 500 ] && echo none; wait $p; echo $?; }`,
		out: "none\n0\n",
	}})
}

// The working directory in another root, and what is missing there.
func TestInsideAnImage(t *testing.T) {
	run(t, "chroot-image scratch", []line{
		{script: `cd /usr; chroot-image scratch { pwd; echo "$PWD $OLDPWD"; cd /dev; pwd; }`, out: "/\n/ /usr\n/dev\n"},
		{script: `cd /usr; chroot-image host { pwd; }; chroot-image host /bin/pwd`, out: "/usr\n/usr\n"},
		{script: `cd /tmp; chroot-image host pwd`, out: "/\n"},
		{script: `chroot-image scratch { echo x >/tmp/f; read y </tmp/f; echo $y; echo >/dev/null; }`, out: "x\n"},
		{script: `chroot-image scratch ls`, status: 127, out: "cosh: ls: not found in image scratch: no folder of PATH holds it there\n" +
			"  try: chroot-image scratch { … } runs shell code, which needs no file\n"},
	})
	if !launch.StaticSelf() {
		return // this binary cannot be executed again where its loader is not
	}
	run(t, "chroot-image scratch", []line{
		{script: `chroot-image scratch { chroot-image scratch { isolate { echo $$; }; }; }`, out: "1\n"},
	})
}

// A limit that bites says so; nothing of it stays behind.
func TestLimits(t *testing.T) {
	for _, u := range users() {
		t.Run(u.name, func(t *testing.T) {
			need(t, u, "limit --memory 64M --pids 20")
			out, status := session(t, u, `limit --memory 32M sh -c 'x=$(head -c 100000000 /dev/zero | tr "\0" x)'`)
			if status != 137 || !strings.Contains(out, "killed for memory: the limit is 32M, the peak was ") {
				t.Errorf("over the limit of memory: %q, %d", out, status)
			}
			out, _ = session(t, u, `limit --pids 3 sh -c 'sleep 0.1 & sleep 0.1 & sleep 0.1 & wait'`)
			if !strings.Contains(out, "the limit of 3 processes was reached") {
				t.Errorf("over the limit of processes: %q", out)
			}
			if out, status = session(t, u, `limit --pids 3 { echo never; }`); status != 2 || !strings.Contains(out, "too few for shell code") {
				t.Errorf("a shell in too small a limit: %q, %d", out, status)
			}
		})
	}
}

// However a shell is killed, nothing that it isolated lives on.
func TestKilledShell(t *testing.T) {
	for i, script := range []string{
		`isolate { sleep N & sleep N; }`,
		`isolate sh -c 'sleep N; :' | cat`,
		`isolate { isolate { sleep N; }; }`,
		`isolate { sleep N; } & isolate sleep N & wait`,
		`chroot-image host { isolate { sleep N; }; }`,
		`isolate --uts sh -c 'sleep N; :'`,
		`isolate --uts { isolate --ipc { sleep N; }; }`,
		`chroot-image host { sleep N; } | cat & wait`,
	} {
		for _, u := range users() {
			t.Run(u.name+": "+script, func(t *testing.T) {
				need(t, u, "isolate")
				mark := fmt.Sprintf("10000.%d%d", os.Getpid(), i)
				c := cosh(t, u, "-c", strings.ReplaceAll(script, "N", mark))
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				want := strings.Count(script, "sleep N")
				eventually(t, "it runs", func() bool { return len(running("sleep", mark)) == want })
				_ = c.Process.Kill()
				_ = c.Wait()
				eventually(t, "it has ended", func() bool { return len(running("sleep", mark)) == 0 })
			})
		}
	}
}

// running are the processes with that command line.
func running(args ...string) (pids []string) {
	names, _ := os.ReadDir("/proc")
	for _, e := range names {
		text, err := os.ReadFile("/proc/" + e.Name() + "/cmdline")
		if err == nil && string(text) == strings.Join(args, "\x00")+"\x00" {
			pids = append(pids, e.Name())
		}
	}
	return pids
}

// eventually waits for what other processes bring about.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 4000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("did not happen: %s", what)
}
