package probe

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cosh/isolation"
)

// entry is one line of a mount table.
type entry struct{ path, kind string }

// mountTable reads our own mounts; empty without /proc, where the root file
// system is then taken for all that there is.
func mountTable() []entry {
	info, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil
	}
	return parseMounts(string(info))
}

// parseMounts lists the mounts of a mountinfo file (proc_pid_mountinfo(5)), each
// path once, the one that covers the others; parents stand before children.
func parseMounts(mountinfo string) []entry {
	var found []entry
	for line := range strings.Lines(mountinfo) {
		front, back, ok := strings.Cut(line, " - ")
		f, b := strings.Fields(front), strings.Fields(back)
		if !ok || len(f) < 5 || len(b) < 1 {
			continue
		}
		path := unescape(f[4])
		found = slices.DeleteFunc(found, func(m entry) bool { return m.path == path })
		found = append(found, entry{path, b[0]})
	}
	slices.SortFunc(found, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return found
}

// submounts picks the mounts that hold files of their own.
func submounts(table []entry) []isolation.Submount {
	var found []isolation.Submount
	for _, m := range table {
		if m.path == "/" || !holdsFiles(m.kind) || kernelPlace(m.path) {
			continue
		}
		st, err := os.Stat(m.path)
		if err != nil {
			continue // not to be seen by us, nor by who we start
		}
		found = append(found, isolation.Submount{Path: m.path, Type: m.kind, File: !st.IsDir()})
	}
	return found
}

// pieces takes the tree at dir ("" is the root) apart into what a user
// namespace may cover.
func pieces(dir string, table []entry) []isolation.Piece {
	files, err := os.ReadDir(dir + "/")
	if err != nil {
		return nil // not readable for us, so empty for who we start
	}
	var found []isolation.Piece
	for _, f := range files {
		path := dir + "/" + f.Name()
		switch {
		case path == "/run":
			found = append(found, isolation.Piece{Path: path, Kind: isolation.PieceHolder})
		case kernelPlace(path):
		case f.Type()&os.ModeSymlink != 0:
			if target, err := os.Readlink(path); err == nil {
				found = append(found, isolation.Piece{Path: path, Kind: isolation.PieceLink, Target: target})
			}
		case f.Type().IsRegular():
			found = append(found, isolation.Piece{Path: path, Kind: isolation.PieceFile})
		case !f.IsDir():
		case mountedBelow(path, table):
			found = append(found, isolation.Piece{Path: path, Kind: isolation.PieceHolder})
			found = append(found, pieces(path, table)...)
		case kernelMount(path, table):
			found = append(found, isolation.Piece{Path: path, Kind: isolation.PieceHolder})
		default:
			found = append(found, isolation.Piece{Path: path, Kind: isolation.PieceTree})
		}
	}
	return found
}

// ownPieces are directories that get a cover of their own on top of the pieces:
// those the user writes to, below directories of somebody else. Changing a file
// copies the directories above it too, and in a user namespace that fails with
// EOVERFLOW where their owner has no number in it.
func ownPieces(dirs []string, have []isolation.Piece, table []entry) []isolation.Piece {
	var found []isolation.Piece
	for _, dir := range dirs {
		real, err := filepath.EvalSymlinks(dir)
		if err != nil || !filepath.IsAbs(real) || real == "/" || kernelPlace(real) || mountedBelow(real, table) {
			continue
		}
		same := func(p isolation.Piece) bool { return p.Path == real }
		info, err := os.Stat(real)
		if err != nil || !info.IsDir() || slices.ContainsFunc(have, same) || slices.ContainsFunc(found, same) {
			continue
		}
		found = append(found, isolation.Piece{Path: real, Kind: isolation.PieceTree})
	}
	slices.SortFunc(found, func(a, b isolation.Piece) int { return strings.Compare(a.Path, b.Path) })
	return found
}

func mountedBelow(dir string, table []entry) bool {
	return slices.ContainsFunc(table, func(m entry) bool { return strings.HasPrefix(m.path, dir+"/") })
}

func kernelMount(dir string, table []entry) bool {
	return slices.ContainsFunc(table, func(m entry) bool { return m.path == dir && !holdsFiles(m.kind) })
}

// holdsFiles tells file systems from windows into the kernel and from those
// that mount others on access.
func holdsFiles(kind string) bool {
	switch kind {
	case "proc", "sysfs", "devtmpfs", "devpts", "mqueue", "hugetlbfs", "cgroup", "cgroup2", "securityfs", "debugfs", "tracefs",
		"configfs", "fusectl", "pstore", "efivarfs", "bpf", "binfmt_misc", "autofs", "nsfs", "rpc_pipefs", "selinuxfs", "ramfs":
		return false
	}
	return true
}

// kernelPlace: these get mounts of their own in every root, or hold what
// belongs to the running machine only.
func kernelPlace(path string) bool {
	for _, top := range [...]string{"/proc", "/sys", "/dev", "/tmp", "/run", "/var/run"} {
		if path == top || strings.HasPrefix(path, top+"/") {
			return true
		}
	}
	return false
}

// unescape undoes the octal escapes of mountinfo: \040 is a blank.
func unescape(path string) string {
	if !strings.Contains(path, `\`) {
		return path
	}
	var out strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '\\' && i+3 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+4], 8, 8); err == nil {
				out.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		out.WriteByte(path[i])
	}
	return out.String()
}
