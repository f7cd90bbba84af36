package resolve_test

import (
	"strconv"
	"strings"
	"testing"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// Each kind alone gives a process that kind anew, what it needs, and no other.
func TestEachNamespace(t *testing.T) {
	outside := namespaceLinks()
	for _, k := range isolation.NamespaceKinds {
		t.Run(k.Name, func(t *testing.T) {
			text := run(t, self("namespaces", func(s *isolation.Spec) { s.Namespaces = k.Kind }))
			want := k.Kind
			if k.Kind == isolation.PID {
				want |= isolation.Mount
			}
			if !isRoot() {
				want |= isolation.User
			}
			var got isolation.Namespaces
			for line := range strings.Lines(text) {
				name, link, _ := strings.Cut(strings.TrimSpace(line), " ")
				for _, kind := range isolation.NamespaceKinds {
					if kind.Name == name && outside[name] != link {
						got |= kind.Kind
					}
				}
			}
			if got != want {
				t.Errorf("new are %s, want %s", got, want)
			}
		})
	}
}

func TestAllNamespaces(t *testing.T) {
	text := run(t, sh("echo $$; hostname; echo /proc/[0-9]*; id -u; cat /proc/self/cgroup | grep -vc ':/$'; :",
		func(s *isolation.Spec) { s.Namespaces, s.Optional, s.Hostname = all, all, "inner" }))
	lines := strings.Split(text, "\n")
	if len(lines) < 5 || lines[0] != "1" || lines[1] != "inner" || lines[2] != "/proc/1" || lines[3] != "0" || lines[4] != "0" {
		t.Errorf("got %q", text)
	}
	var uts unix.Utsname
	if err := unix.Uname(&uts); err != nil || unix.ByteSliceToString(uts.Nodename[:]) == "inner" {
		t.Errorf("the host's name has changed: %v", err)
	}
}

func TestLoopback(t *testing.T) {
	text := run(t, self("loopback", func(s *isolation.Spec) { s.Namespaces = isolation.Net }))
	for line := range strings.Lines(text) {
		if line == "lo true\n" || !strings.Contains(line, " true") {
			continue // tunnel devices of the kernel may be there, down
		}
		t.Errorf("another device is up: %s", line)
	}
	if !strings.Contains(text, "lo true\n") {
		t.Errorf("got %q", text)
	}
}

// A process in a new PID namespace joins the group of one outside.
func TestJoinGroupAcrossPIDNamespace(t *testing.T) {
	first := start(t, sh("sleep 60", func(s *isolation.Spec) { s.Group.Mode = isolation.GroupNew }))
	_ = unix.Setpgid(first.Pid, first.Pid) // as a shell does: the child may not have come to it yet
	second := start(t, sh("kill -STOP $$; sleep 60", func(s *isolation.Spec) {
		s.Namespaces, s.Group = isolation.PID, isolation.Group{Mode: isolation.GroupJoin, ID: first.Pid}
	}))
	group, err := unix.Getpgid(second.Pid)
	if err != nil || group != first.Pid {
		t.Errorf("group %d, want %d: %v", group, first.Pid, err)
	}
	if err := unix.Kill(-first.Pid, unix.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for _, p := range []started{first, second} {
		if _, status := p.end(); status.Signal != unix.SIGKILL {
			t.Errorf("process %d ended with %+v", p.Pid, status)
		}
	}
}

// Descriptors are exchanged, closed and kept as asked, and no others pass.
func TestDescriptors(t *testing.T) {
	null, err := unix.Open("/dev/null", unix.O_RDWR, 0) // not close-on-exec
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(null)
	for _, kinds := range []isolation.Namespaces{isolation.UTS, 0} {
		if kinds == 0 {
			unix.CloseOnExec(null) // the shell's own always are
		}
		p := start(t, sh("echo to stdout; echo to 5 >&5; echo /proc/self/fd/*", func(s *isolation.Spec) { s.Namespaces = kinds }))
		text, _ := p.end()
		if strings.Contains(text, "/fd/"+strconv.Itoa(null)+" ") || !strings.Contains(text, "to stdout") {
			t.Errorf("%s: %q", kinds, text)
		}
	}
}
