// Package probe finds out what this kernel, this machine and this user allow:
// it fills in an isolation.Host, each part when it is first needed.
package probe

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"

	"cosh/isolation"
	"cosh/isolation/cgroup"

	"golang.org/x/sys/unix"
)

// Prober owns the facts about this host for one shell. The zero value is ready.
type Prober struct {
	// StaticSelf is whether this binary needs no loader.
	StaticSelf func() bool
	// Guard and Unguard have directories of cgroups removed if the shell is
	// killed; nil: nobody does.
	Guard, Unguard func(dirs []string) error
	// Watch returns what processes without a PID namespace make themselves
	// known to; nil: there is nobody.
	Watch func() (*isolation.Watch, error)

	mu   sync.Mutex
	host *isolation.Host

	haveCgroups, haveRoot bool
}

// Host returns the facts that a Spec needs; nil for an ordinary command, which
// needs none. The error is about this very process (an unreadable /proc).
func (p *Prober) Host(s *isolation.Spec) (*isolation.Host, error) {
	if s.Ordinary() {
		return nil, nil // the nil that resolve.Plan takes for this
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.host == nil {
		p.host = base()
	}
	if s.Root != nil && !p.haveRoot {
		p.host.TempDir = tempDir(p.host.UID)
		if p.StaticSelf != nil {
			p.host.StaticSelf = p.StaticSelf()
		}
		p.host.SelfPath = selfPath()
		p.haveRoot = true
	}
	if s.Root != nil && s.Root.Kind == isolation.RootHost {
		table := mountTable() // read anew: mounts come and go
		p.host.Submounts, p.host.Pieces = submounts(table), pieces("", table)
		own := ownPieces([]string{"/var/tmp", os.Getenv("HOME"), s.Dir}, p.host.Pieces, table)
		p.host.Pieces = append(p.host.Pieces, own...)
	}
	alone := (s.Namespaces != 0 || s.Root != nil) && !s.Namespaces.Has(isolation.PID)
	if alone && p.Watch != nil {
		watch, err := p.Watch() // each time: there may be another guardian by now
		if err != nil {
			return nil, err
		}
		p.host.Watch = watch
	}
	if s.Limits != (isolation.Limits{}) && !p.haveCgroups {
		if err := p.cgroups(); err != nil {
			return nil, err
		}
	}
	return p.host, nil
}

// cgroups finds the place for cgroups and clears it of what dead shells left.
func (p *Prober) cgroups() error {
	owner, err := cgroup.NewOwner()
	if err != nil {
		return fmt.Errorf("name cgroups: %w", err)
	}
	c := cgroup.Locate()
	c.Fresh, c.Guard, c.Unguard = owner.Fresh, p.Guard, p.Unguard
	_ = owner.Sweep(c.Dirs) // a cgroup that resists is no reason against a new one
	p.host.Cgroups, p.haveCgroups = c, true
	return nil
}

// base are the facts that every boundary needs.
func base() *isolation.Host {
	h := &isolation.Host{UID: unix.Geteuid(), GID: unix.Getegid(), Namespaces: kinds(), Capable: capable()}
	h.Nested = !wholeMap(setting("/proc/self/uid_map"))
	h.UserNS = userNS(h.Capable)
	h.OverlayInUserNS = kernelAtLeast(5, 11)
	return h
}

// wholeMap reports that a uid_map is that of the initial user namespace, where
// every number is itself (user_namespaces(7)). Without /proc it is taken for it.
func wholeMap(text string) bool {
	f := strings.Fields(text)
	return len(f) == 0 || len(f) == 3 && f[0] == "0" && f[1] == "0" && f[2] == "4294967295"
}

// capable reports CAP_SYS_ADMIN in our effective set (capabilities(7)).
func capable() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	return unix.Capget(&header, &data[0]) == nil && data[0].Effective&(1<<unix.CAP_SYS_ADMIN) != 0
}

// kinds are the namespace kinds of which /proc/self/ns has a file. A time
// namespace is made for later children; that the one who makes it enters it
// too, at its execve, came with Linux 6.3 (fs/exec: switch timens when a task
// gets a new mm). Before that a program there could not start threads.
func kinds() isolation.Namespaces {
	var have isolation.Namespaces
	for _, k := range isolation.NamespaceKinds {
		name := k.Name
		if k.Kind == isolation.Mount {
			name = "mnt"
		}
		if unix.Access("/proc/self/ns/"+name, unix.F_OK) == nil {
			have |= k.Kind
		}
	}
	if !kernelAtLeast(6, 3) {
		have &^= isolation.Time
	}
	return have
}

// userNS says why a user namespace cannot be made; "" when nothing is known
// against it. The settings are the kernel's, Debian's and Ubuntu's.
func userNS(capable bool) string {
	if setting("/proc/sys/user/max_user_namespaces") == "0" {
		return "user.max_user_namespaces is 0; as root: sysctl user.max_user_namespaces=15000"
	}
	if capable {
		return ""
	}
	if setting("/proc/sys/kernel/unprivileged_userns_clone") == "0" {
		return "this host keeps them for root; as root: sysctl kernel.unprivileged_userns_clone=1"
	}
	if setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1" && unconfined() {
		return "AppArmor lets them be made but not used; as root: sysctl kernel.apparmor_restrict_unprivileged_userns=0, " +
			"or load a profile for cosh with the rule userns"
	}
	return ""
}

// unconfined reports that no AppArmor profile holds for this process.
func unconfined() bool {
	profile := setting("/proc/self/attr/apparmor/current")
	if profile == "" {
		profile = setting("/proc/self/attr/current")
	}
	return profile == "" || strings.HasPrefix(profile, "unconfined")
}

func setting(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return "" // no such setting here
	}
	return strings.TrimRight(string(text), "\n\x00")
}

// kernelAtLeast compares with the release of the running kernel.
func kernelAtLeast(major, minor int) bool {
	var u unix.Utsname
	if unix.Uname(&u) != nil {
		return false
	}
	release := unix.ByteSliceToString(u.Release[:])
	first, rest, _ := strings.Cut(release, ".")
	second := rest
	if i := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		second = rest[:i]
	}
	a, _ := strconv.Atoi(first)
	b, _ := strconv.Atoi(second)
	return a > major || a == major && b >= minor
}
