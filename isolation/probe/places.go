package probe

import (
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// tempDir makes, or finds from an earlier time, a directory that nobody else
// can write to, to mount things over; "" when there is no place for one.
func tempDir(uid int) string {
	places := []string{"/run/cosh", "/tmp/cosh-" + strconv.Itoa(uid)}
	if runtime := os.Getenv("XDG_RUNTIME_DIR"); uid != 0 && filepath.IsAbs(runtime) {
		places[0] = filepath.Join(runtime, "cosh")
	}
	for _, dir := range places {
		if ownDir(dir, uid) {
			return dir
		}
	}
	return ""
}

// ownDir makes dir unless it is there, and reports whether it is a directory,
// no link, of ours: /tmp is open to everyone.
func ownDir(dir string, uid int) bool {
	if err := unix.Mkdir(dir, 0o700); err != nil && err != unix.EEXIST {
		return false
	}
	var st unix.Stat_t
	if unix.Lstat(dir, &st) != nil {
		return false
	}
	return st.Mode&unix.S_IFMT == unix.S_IFDIR && int(st.Uid) == uid && st.Mode&0o022 == 0
}

// selfPath is the path of this binary, if it is the binary that lies there.
func selfPath() string {
	path, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return ""
	}
	var running, found unix.Stat_t
	if unix.Stat("/proc/self/exe", &running) != nil || unix.Stat(path, &found) != nil {
		return ""
	}
	if running.Dev != found.Dev || running.Ino != found.Ino {
		return ""
	}
	return path
}
