package launch_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// write is the step that writes text to the file at path.
func write(path, text string) isolation.Step {
	return isolation.Step{Do: "write " + path, Calls: []isolation.Call{
		{Nr: unix.SYS_OPENAT, Out: 1, Args: []isolation.Arg{
			isolation.Int(unix.AT_FDCWD), isolation.Str(path), isolation.Int(unix.O_WRONLY | unix.O_CLOEXEC), isolation.Int(0)}},
		{Nr: unix.SYS_WRITE, Args: []isolation.Arg{isolation.FromReg(1, ""), isolation.Bytes(text, ""), isolation.Int(len(text))}},
		{Nr: unix.SYS_CLOSE, Args: []isolation.Arg{isolation.FromReg(1, "")}},
	}}
}

// isolated is a plan with every kind of namespace but time, and a user
// namespace with a map of the one id when there is no root.
func isolated(last ...isolation.Step) *isolation.Plan {
	p := &isolation.Plan{Regs: 1, Flags: isolation.Mount | isolation.UTS | isolation.IPC | isolation.PID | isolation.Net | isolation.Cgroup}
	if os.Getuid() != 0 {
		p.Flags |= isolation.User
		p.Child = append(p.Child,
			write("/proc/self/setgroups", "deny"),
			write("/proc/self/gid_map", fmt.Sprintf("0 %d 1", os.Getgid())),
			write("/proc/self/uid_map", fmt.Sprintf("0 %d 1", os.Getuid())))
	}
	name := "inside"
	p.Child = append(p.Child,
		call("set the hostname", unix.SYS_SETHOSTNAME, isolation.Bytes(name, ""), isolation.Int(len(name))),
		call("make mounts private", unix.SYS_MOUNT, isolation.Int(0), isolation.Str("/"), isolation.Int(0),
			isolation.Int(unix.MS_REC|unix.MS_PRIVATE), isolation.Int(0)),
		call("mount proc", unix.SYS_MOUNT, isolation.Str("proc"), isolation.Str("/proc"), isolation.Str("proc"),
			isolation.Int(unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC), isolation.Int(0)))
	p.Child = append(p.Child, last...)
	return p
}

// needNamespaces skips where this user cannot make namespaces at all.
func needNamespaces(t testing.TB) {
	p := isolated(execute("/bin/true", "true"))
	pr, err := launch.Start(p)
	if err == nil {
		_, err = pr.Wait(0)
	}
	if err != nil {
		t.Skipf("no namespaces for user %d here: %v", os.Getuid(), err)
	}
}

func TestNamespaces(t *testing.T) {
	needNamespaces(t)
	for _, way := range ways {
		got := output(t, way.start, isolated(sh("echo $$; hostname; id -u; echo /proc/[0-9]*; cat /proc/net/dev | wc -l")))
		if want := "1\ninside\n0\n/proc/1\n3\n"; got != want {
			t.Errorf("%s: got %q, want %q", way.name, got, want)
		}
	}
}

// TestHostnameIsOurs: nothing of the child's world reaches the shell.
func TestHostnameIsOurs(t *testing.T) {
	needNamespaces(t)
	before, _ := os.Hostname()
	if _, err := run(t, launch.Start, isolated(sh("exit 0"))); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.Hostname(); after != before || after == "inside" {
		t.Errorf("the hostname was %q and is %q", before, after)
	}
}

// TestTimeNamespace: unshare is a step of the child and takes effect at its
// execve; the clock page that it shares with us until then does not change.
func TestTimeNamespace(t *testing.T) {
	needNamespaces(t)
	before := uptime()
	p := isolated(
		call("unshare time", unix.SYS_UNSHARE, isolation.Int(unix.CLONE_NEWTIME)),
		write("/proc/self/timens_offsets", "boottime 86400000 0\n"),
		sh("read -r up rest < /proc/uptime; echo ${up%%.*}"))
	got, err := strconv.ParseInt(strings.TrimSpace(output(t, launch.Start, p)), 10, 64)
	if err != nil || got < 86400000 {
		t.Errorf("uptime inside is %d, %v; want 1000 days more", got, err)
	}
	if after := uptime(); after > before+1000 {
		t.Errorf("our own uptime went from %d to %d", before, after)
	}
}

// uptime is our boot time clock in seconds.
func uptime() int64 {
	var ts unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts)
	return ts.Sec
}
