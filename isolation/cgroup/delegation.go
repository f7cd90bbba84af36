package cgroup

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// locateV2 looks from our own cgroup upwards for the nearest one in which a
// cgroup with controllers can be made. Our own can hold such a child only if
// its processes leave it ("no internal processes"), which is done where it was
// delegated to us and nothing above it was; everywhere else a sibling of ours
// serves, under the same ancestors' limits.
func locateV2(host *isolation.CgroupHost, own string, pid int) {
	best, bestHas := "", 0
	for dir := own; unix.Access(dir, unix.W_OK) == nil && writable(dir, "cgroup.procs"); dir = filepath.Dir(dir) {
		if has := count(usable(dir)); has > bestHas {
			best, bestHas = dir, has
		}
		if isRoot(dir) {
			break
		}
	}
	if best != "" {
		adopt(host, best, usable(best))
		if enable := missingWords(words(best, "cgroup.subtree_control"), usable(best)); enable != "" {
			host.Parent, host.Enable = best, enable
		}
	}
	if bestHas == len(Controllers) {
		return
	}
	offered := words(own, "cgroup.controllers")
	if writable(own, "cgroup.subtree_control") && writable(own, "cgroup.procs") && count(offered) > bestHas {
		adopt(host, own, offered)
		host.Parent, host.Enable = own, missingWords("", offered)
		host.Leaf = filepath.Join(own, "cosh-shell-"+strconv.Itoa(pid))
		return
	}
	if best != "" {
		return
	}
	why := own + " was not delegated to this user; start the shell with systemd-run --user --scope -p Delegate=yes cosh, or as root"
	if readOnly(own) {
		why = inContainer(own)
	}
	for _, c := range Controllers {
		host.Why[c] = why
	}
}

// adopt makes dir the place for the controllers in a list.
func adopt(host *isolation.CgroupHost, dir, list string) {
	for _, c := range Controllers {
		if hasField(list, c) {
			host.Dirs[c] = dir
			delete(host.Why, c)
		}
	}
}

// usable lists the controllers that children of dir have or can be given
// without a process being moved.
func usable(dir string) string {
	if (isRoot(dir) || len(Members(dir)) == 0) && writable(dir, "cgroup.subtree_control") {
		return words(dir, "cgroup.controllers")
	}
	return words(dir, "cgroup.subtree_control")
}

// isRoot: of all cgroups only the real root has no cgroup.type (cgroup-v2.rst).
func isRoot(dir string) bool {
	return unix.Access(filepath.Join(dir, "cgroup.type"), unix.F_OK) != nil
}

func writable(dir, file string) bool {
	return unix.Access(filepath.Join(dir, file), unix.W_OK) == nil
}

func words(dir, file string) string {
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// count is how many of our controllers a list with blanks holds.
func count(list string) int {
	n := 0
	for _, c := range Controllers {
		if hasField(list, c) {
			n++
		}
	}
	return n
}

// missingWords lists, as subtree_control takes them, our controllers that are
// in want but not in have.
func missingWords(have, want string) string {
	text := ""
	for _, c := range Controllers {
		if hasField(want, c) && !hasField(have, c) {
			text += " +" + c
		}
	}
	return strings.TrimPrefix(text, " ")
}

func hasField(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}
