package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// patience bounds the wait for killed processes to leave their cgroup.
const patience = 2 * time.Second

// Remove ends every process in the cgroups and removes them with all cgroups
// below. A directory that is gone already is no error.
func Remove(dirs []string) error {
	var errs []error
	for _, dir := range dirs {
		errs = append(errs, removeTree(dir))
	}
	return errors.Join(errs...)
}

func removeTree(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		for _, e := range entries {
			if e.IsDir() {
				if err := removeTree(filepath.Join(dir, e.Name())); err != nil {
					return err
				}
			}
		}
	}
	return removeOne(dir)
}

// removeOne kills and removes until the directory is gone: a process that forks
// while it is being killed is caught by the next round.
func removeOne(dir string) error {
	deadline := time.Now().Add(patience)
	for wait := 200 * time.Microsecond; ; wait = min(2*wait, 50*time.Millisecond) {
		err := unix.Rmdir(dir)
		switch {
		case err == nil || err == unix.ENOENT:
			return nil
		case err != unix.EBUSY && err != unix.EINTR:
			return fmt.Errorf("remove cgroup %s: %w", dir, err)
		case time.Now().After(deadline):
			return fmt.Errorf("remove cgroup %s: processes %v did not end", dir, Members(dir))
		}
		kill(dir)
		time.Sleep(wait)
	}
}

// kill ends the members of a cgroup: with one write from Linux 5.14 on v2, one
// by one elsewhere.
func kill(dir string) {
	if write(filepath.Join(dir, "cgroup.kill"), "1") == nil {
		return
	}
	for _, pid := range Members(dir) {
		_ = unix.Kill(pid, unix.SIGKILL) // it may have ended meanwhile
	}
}

// Members are the processes in a cgroup, as far as our PID namespace shows
// them; nil when it cannot be read.
func Members(dir string) []int {
	text, err := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
	if err != nil {
		return nil
	}
	var pids []int
	for line := range strings.Lines(string(text)) {
		if pid, err := strconv.Atoi(strings.TrimSpace(line)); err == nil && pid > 0 {
			pids = append(pids, pid)
		}
	}
	return pids
}

// MakeRoom enables controllers ("+memory +pids") for the children of parent.
// With a leaf, the processes of parent move there first. It may be called again.
func MakeRoom(parent, leaf, enable string) error {
	control := filepath.Join(parent, "cgroup.subtree_control")
	if leaf != "" {
		if err := unix.Mkdir(leaf, 0o755); err != nil && err != unix.EEXIST {
			return fmt.Errorf("make cgroup %s: %w", leaf, err)
		}
		procs := filepath.Join(leaf, "cgroup.procs")
		for _, pid := range Members(parent) {
			if err := write(procs, strconv.Itoa(pid)); err != nil && !errors.Is(err, unix.ESRCH) {
				return fmt.Errorf("move process %d to cgroup %s: %w", pid, leaf, err)
			}
		}
	}
	if err := write(control, enable); err != nil {
		return fmt.Errorf("enable %s in %s: %w", enable, control, err)
	}
	return nil
}

// write writes an existing file in one write(2).
func write(path, text string) error {
	fd, err := unix.Open(path, unix.O_WRONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	_, err = unix.Write(fd, []byte(text))
	return errors.Join(err, unix.Close(fd))
}
