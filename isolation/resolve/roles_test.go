package resolve_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"cosh/isolation"
	"cosh/isolation/cgroup"
	"cosh/isolation/launch"
	"cosh/isolation/probe"
	"cosh/isolation/resolve"

	"golang.org/x/sys/unix"
)

// skipWithout skips a test that this host cannot run, with the host's reason.
func skipWithout(t *testing.T, err error) {
	t.Helper()
	var noUserNS *resolve.NoUserNS
	var noController *cgroup.Missing
	var noNamespace *resolve.NoNamespace
	if errors.As(err, &noUserNS) || errors.As(err, &noController) || errors.As(err, &noNamespace) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// play is what this binary does inside of boundaries.
func play(role string) int {
	word, argument, _ := strings.Cut(role, " ")
	switch word {
	case "namespaces":
		for name, link := range namespaceLinks() {
			fmt.Println(name, link)
		}
	case "nest":
		return nest()
	case "eat":
		return eat()
	case "root":
		return lookAround()
	case "write":
		if err := os.WriteFile(argument, []byte("inside"), 0o600); err != nil {
			fmt.Println(err)
			return 1
		}
		text, err := os.ReadFile(argument)
		fmt.Println(string(text), err)
	case "loopback":
		return loopback()
	case "shell":
		return shell(argument)
	case "sleep":
		fmt.Println("asleep")
		time.Sleep(time.Minute)
	}
	return 0
}

// nest starts the same again inside of what it is in itself.
func nest() int {
	var prober probe.Prober
	for _, kind := range []isolation.RootKind{isolation.RootScratch, isolation.RootHost} {
		s := self("root", func(s *isolation.Spec) {
			s.Namespaces, s.Optional, s.Files, s.Root = all, all, []int{0, 1, 2}, &isolation.Root{Kind: kind}
		})
		host, err := prober.Host(s)
		if err != nil {
			return fail(err)
		}
		host.StaticSelf = true
		plan, err := resolve.Plan(s, host)
		if err != nil {
			return fail(err)
		}
		p, err := launch.Start(plan)
		if err != nil {
			return fail(err)
		}
		if status, err := p.Wait(0); err != nil || status.Code != 0 {
			return fail(fmt.Errorf("ended with %+v: %w", status, err))
		}
	}
	return 0
}

// eat uses memory until it is killed.
func eat() int {
	for range 64 {
		b, err := unix.Mmap(-1, 0, 8<<20, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_POPULATE)
		if err != nil || len(b) == 0 {
			return 1
		}
	}
	return 0
}

// loopback connects to itself over 127.0.0.1 and lists the devices with whether
// they are up. Package net would make this binary need a loader.
func loopback() int {
	l, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	if err != nil {
		return fail(err)
	}
	if err := errors.Join(unix.Bind(l, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}), unix.Listen(l, 1)); err != nil {
		return fail(err)
	}
	address, err := unix.Getsockname(l)
	if err != nil {
		return fail(err)
	}
	c, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	if err != nil {
		return fail(err)
	}
	if err := unix.Connect(c, address); err != nil {
		return fail(err)
	}
	text, _ := os.ReadFile("/proc/self/net/dev")
	for line := range strings.Lines(string(text)) {
		name, _, isDevice := strings.Cut(strings.TrimSpace(line), ":")
		if !isDevice {
			continue
		}
		request, err := unix.NewIfreq(name)
		if err == nil {
			err = unix.IoctlIfreq(c, unix.SIOCGIFFLAGS, request)
		}
		if err != nil {
			return fail(err)
		}
		fmt.Println(name, request.Uint16()&unix.IFF_UP != 0)
	}
	return 0
}

// lookAround checks what every container may expect of its root, and what must
// not be there; it prints the names in the root.
func lookAround() int {
	bad := 0
	check := func(ok bool, what string, args ...any) {
		if !ok {
			bad = 1
			fmt.Printf(what+"\n", args...)
		}
	}
	zero := make([]byte, 2)
	f, err := os.Open("/dev/zero")
	if err == nil {
		_, err = f.Read(zero)
	}
	check(err == nil, "read /dev/zero: %v", err)
	err = os.WriteFile("/dev/null", zero, 0)
	check(err == nil, "write /dev/null: %v", err)
	_, err = os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	check(err == nil, "open /dev/ptmx: %v", err)
	for _, dir := range []string{"/tmp", "/dev/shm"} {
		info, err := os.Stat(dir)
		check(err == nil && info.Mode().Perm() == 0o777 && info.Mode()&os.ModeSticky != 0, "%s: %v %v", dir, info, err)
		err = os.WriteFile(filepath.Join(dir, "file"), zero, 0o600)
		check(err == nil, "write in %s: %v", dir, err)
	}
	err = os.WriteFile("/sys/file", zero, 0o600)
	check(err != nil, "wrote to /sys")
	err = unix.Chmod("/proc/self/exe", 0o700)
	check(err == unix.EROFS, "chmod of this shell: %v", err)
	var here, up unix.Stat_t
	_ = unix.Stat("/", &here)
	_ = unix.Stat("/..", &up)
	check(here.Ino == up.Ino && here.Dev == up.Dev, "there is something above /")
	mounts, _ := os.ReadFile("/proc/self/mountinfo")
	check(strings.Count(string(mounts), " / / ") == 1, "more than one root:\n%s", mounts)
	var names []string
	entries, _ := os.ReadDir("/")
	for _, e := range entries {
		names = append(names, e.Name())
	}
	sort.Strings(names)
	fmt.Println(strings.Join(names, " "))
	return bad
}
