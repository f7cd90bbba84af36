package cgroup

import (
	"os"
	"path/filepath"
	"strings"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// Controllers are those that limits use.
var Controllers = [...]string{"memory", "cpu", "pids"}

// mounted is a cgroup mount as /proc/self/mountinfo shows it (proc_pid_mountinfo(5)).
type mounted struct {
	root, point string // the cgroup that is visible at the directory
	v2          bool
	options     string // of the super block: the controllers of a v1 hierarchy
}

// Locate finds out where this process may make cgroups. It only reads. Fresh,
// Guard and Unguard are left to the caller.
func Locate() isolation.CgroupHost {
	info, _ := os.ReadFile("/proc/self/mountinfo") // without /proc nothing is found, which is the answer
	own, _ := os.ReadFile("/proc/self/cgroup")
	return locate(string(info), string(own), os.Getpid())
}

func locate(mountinfo, own string, pid int) isolation.CgroupHost {
	host := isolation.CgroupHost{Dirs: map[string]string{}, Why: map[string]string{}}
	mounts := cgroupMounts(mountinfo)
	v1, v2 := false, ""
	for _, m := range mounts {
		if m.v2 {
			v2 = directory(m, ownPath(own, ""))
			continue
		}
		for _, c := range Controllers {
			if hasWord(m.options, c) {
				v1 = true
				locateV1(&host, c, directory(m, ownPath(own, c)))
			}
		}
	}
	switch {
	case v1:
		host.Version, host.Hybrid = 1, v2 != ""
	case v2 != "":
		host.Version = 2
		locateV2(&host, v2, pid)
	}
	explainMissing(&host)
	return host
}

// locateV1: below its own cgroup of a hierarchy a process may do as the
// directory's owner allows, which is root alone unless someone changed it.
func locateV1(host *isolation.CgroupHost, controller, dir string) {
	switch {
	case dir == "":
		host.Why[controller] = "its v1 hierarchy does not show our own cgroup"
	case unix.Access(dir, unix.W_OK) == nil:
		host.Dirs[controller] = dir
	case readOnly(dir):
		host.Why[controller] = inContainer(dir)
	default:
		host.Why[controller] = dir + " is not ours to write to; this machine has cgroup v1, where limits are for root: run as root, " +
			"or boot with systemd.unified_cgroup_hierarchy=1 for cgroup v2"
	}
}

func readOnly(dir string) bool { return unix.Access(dir, unix.W_OK) == unix.EROFS }

// inContainer is the reason where cgroups are shown but cannot be changed.
func inContainer(dir string) string {
	return dir + " is read-only here, as it is in containers; set limits from outside: limit … isolate … chroot-image …"
}

func explainMissing(host *isolation.CgroupHost) {
	for _, c := range Controllers {
		if host.Dirs[c] != "" || host.Why[c] != "" {
			continue
		}
		if host.Version == 0 {
			host.Why[c] = "no cgroup file system with controllers is mounted; mount -t cgroup2 cgroup2 /sys/fs/cgroup makes one"
		} else {
			host.Why[c] = "this kernel or the cgroups above ours do not provide it (see cgroup.controllers, /proc/cgroups)"
		}
	}
	if len(host.Dirs) == 0 {
		host.Version = 0
	}
}

// cgroupMounts reads the cgroup lines of a mountinfo file:
// "ID PARENT MAJ:MIN ROOT POINT OPTIONS … - TYPE SOURCE SUPEROPTIONS".
func cgroupMounts(mountinfo string) []mounted {
	var found []mounted
	for line := range strings.Lines(mountinfo) {
		front, back, ok := strings.Cut(line, " - ")
		f, b := strings.Fields(front), strings.Fields(back)
		if ok && len(f) >= 5 && len(b) >= 3 && (b[0] == "cgroup" || b[0] == "cgroup2") {
			found = append(found, mounted{root: f[3], point: f[4], v2: b[0] == "cgroup2", options: b[2]})
		}
	}
	return found
}

// ownPath is our cgroup in the hierarchy of a v1 controller, or the v2 one for
// "": lines of /proc/self/cgroup are "ID:CONTROLLERS:PATH" (cgroups(7)).
func ownPath(own, controller string) string {
	for line := range strings.Lines(own) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), ":", 3)
		if len(f) != 3 {
			continue
		}
		if controller == "" && f[0] == "0" && f[1] == "" || controller != "" && hasWord(f[1], controller) {
			return f[2]
		}
	}
	return ""
}

// directory is where a cgroup path is visible under a mount; "" when it is not
// below the mount's root.
func directory(m mounted, path string) string {
	if path == "" {
		return ""
	}
	if m.root == "/" {
		return filepath.Join(m.point, path)
	}
	rest, ok := strings.CutPrefix(path, m.root)
	if !ok || rest != "" && rest[0] != '/' {
		return ""
	}
	return filepath.Join(m.point, rest)
}

// hasWord reports whether a list with commas holds a word.
func hasWord(list, word string) bool {
	for w := range strings.SplitSeq(list, ",") {
		if w == word {
			return true
		}
	}
	return false
}
