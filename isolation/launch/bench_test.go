package launch_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/isolation/probe"
	"cosh/isolation/resolve"

	"golang.org/x/sys/unix"
)

// BenchmarkOrdinary: a command without boundaries as a shell with job control
// launches it, against the same calls in C, against vfork and execve alone, and
// against os/exec.
func BenchmarkOrdinary(b *testing.B) {
	tiny := compile(b, "true", "-static", "-nostdlib")
	c := ordinary(tiny)
	alone := child(isolation.Step{Calls: []isolation.Call{execve(tiny, c.spec.Argv, c.spec.Env)}})
	compare(b, 20, []contender{
		inC(b, "C", c.plan),
		inC(b, "C-execve-alone", func() (*isolation.Plan, error) { return alone, nil }),
		ours("flat", launch.Start, c.plan),
		timed("os-exec", func() error { return exec.Command(tiny).Run() }),
	})
}

// BenchmarkIsolate: a command in new namespaces of every kind, resolved anew
// each time as the shell does, against the same calls in C and against bwrap
// and crun, where they are installed.
func BenchmarkIsolate(b *testing.B) {
	needNamespaces(b)
	tiny := compile(b, "true", "-static", "-nostdlib")
	c := isolatedProgram(tiny)
	b.Setenv(roleEnv, "floor")
	b.Setenv("COSH_TEST_PROGRAM", tiny)
	all := []contender{
		inC(b, "C", c.plan),
		coprocess(b, "flat", os.Args[0]),
		ours("flat-other-thread", launch.Start, c.plan),
		ours("stage", launch.StartStaged, c.plan),
	}
	if path, err := exec.LookPath("bwrap"); err == nil {
		all = append(all, program("bwrap", path, "--unshare-all", "--hostname", "inside",
			"--bind", "/", "/", "--proc", "/proc", tiny))
	}
	if path, err := exec.LookPath("crun"); err == nil && os.Getuid() == 0 {
		all = append(all, crun(b, path, tiny))
	}
	compare(b, 1, all)
}

// command is what a shell has at hand when it launches.
type command struct {
	spec   isolation.Spec
	prober probe.Prober
}

func (c *command) plan() (*isolation.Plan, error) {
	host, err := c.prober.Host(&c.spec)
	if err != nil {
		return nil, err
	}
	return resolve.Plan(&c.spec, host)
}

// ordinary is the program at path as a shell with job control runs it.
func ordinary(path string) *command {
	return &command{spec: isolation.Spec{
		Argv: []string{path}, Paths: []string{path}, Env: os.Environ(), Files: []int{0, 1, 2}, Umask: 0o22,
		Default: 1<<(unix.SIGTTOU-1) | 1<<(unix.SIGTTIN-1) | 1<<(unix.SIGTSTP-1),
		Group:   isolation.Group{Mode: isolation.GroupNew}}}
}

// isolatedProgram is the program at path in new namespaces of every kind.
func isolatedProgram(path string) *command {
	c := ordinary(path)
	c.spec.Hostname = "inside"
	c.spec.Namespaces = isolation.Mount | isolation.UTS | isolation.IPC | isolation.PID | isolation.Net |
		isolation.Cgroup | isolation.Time
	return c
}

// crun runs tiny from a bundle of its own, in a mount namespace without the v2
// half of a hybrid cgroup layout: crun 1.8 refuses to run beside it.
func crun(b *testing.B, path, tiny string) contender {
	bundle := b.TempDir()
	root := filepath.Join(bundle, "rootfs")
	text, err := os.ReadFile(tiny)
	for _, dir := range []string{"rootfs", "rootfs/dev", "rootfs/proc"} {
		err = errors.Join(err, os.Mkdir(filepath.Join(bundle, dir), 0o755))
	}
	err = errors.Join(err, os.WriteFile(filepath.Join(root, "true"), text, 0o755),
		os.WriteFile(filepath.Join(bundle, "config.json"), []byte(crunConfig), 0o600))
	if err != nil {
		b.Fatal(err)
	}
	mounts := mountsWithoutUnified(b)
	env, number := os.Environ(), 0
	return ours("crun", launch.Start, func() (*isolation.Plan, error) {
		number++
		id := "cosh-bench-" + strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(number)
		argv := []string{path, "--cgroup-manager=disabled", "run", "-b", bundle, id}
		return child(
			call("setns", unix.SYS_SETNS, isolation.Int(int(mounts.Fd())), isolation.Int(unix.CLONE_NEWNS)),
			isolation.Step{Do: "execute crun", Calls: []isolation.Call{execve(path, argv, env)}}), nil
	})
}

// mountsWithoutUnified is a mount namespace, held by a program that lasts as
// long as the benchmark.
func mountsWithoutUnified(b *testing.B) *os.File {
	cmd := exec.Command("unshare", "-m", "sh", "-c", "umount /sys/fs/cgroup/unified 2>/dev/null; echo; read end")
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	if _, err := out.Read(make([]byte, 1)); err != nil {
		b.Fatal(err)
	}
	file, err := os.Open("/proc/" + strconv.Itoa(cmd.Process.Pid) + "/ns/mnt")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { file.Close() })
	return file
}

// crunConfig is the least that crun takes for the same boundaries.
const crunConfig = `{
	"ociVersion": "1.0.0",
	"process": {"args": ["/true"], "cwd": "/", "user": {"uid": 0, "gid": 0}},
	"root": {"path": "rootfs"},
	"hostname": "inside",
	"mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
	"linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "uts"},
		{"type": "ipc"}, {"type": "network"}, {"type": "cgroup"}]}
}
`
