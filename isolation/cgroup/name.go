package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
)

// Owner names the cgroups of one shell, so that another one can tell when it
// has died: by its process id, the start time in clock ticks that tells it from
// a later process with that id, and the PID namespace that the id belongs to.
type Owner struct {
	prefix string
	next   atomic.Int64
}

// NewOwner describes this process.
func NewOwner() (*Owner, error) {
	ns, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return nil, fmt.Errorf("read our PID namespace: %w", err)
	}
	start, err := startTime(os.Getpid())
	if err != nil {
		return nil, err
	}
	return &Owner{prefix: "cosh-" + strconv.Itoa(os.Getpid()) + "-" + start + "-" + inode(ns) + "-"}, nil
}

// Fresh makes up a name that no other launch uses.
func (o *Owner) Fresh() string {
	return o.prefix + strconv.FormatInt(o.next.Add(1), 10)
}

// Sweep removes the cgroups that dead shells of our PID namespace left behind,
// with the processes in them. Those of another PID namespace stay: whether
// their shell lives cannot be seen from here.
func (o *Owner) Sweep(dirs map[string]string) error {
	parts := strings.Split(o.prefix, "-")
	var errs []error
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // nothing of ours can be there
		}
		for _, e := range entries {
			f := strings.Split(e.Name(), "-")
			if len(f) == 5 && f[0] == "cosh" && f[3] == parts[3] && !alive(f[1], f[2]) {
				errs = append(errs, removeTree(filepath.Join(dir, e.Name())))
			}
		}
	}
	return errors.Join(errs...)
}

// alive reports whether the process that started then is still there.
func alive(pid, start string) bool {
	n, err := strconv.Atoi(pid)
	if err != nil {
		return true // no name of ours
	}
	now, err := startTime(n)
	return err == nil && now == start
}

// startTime is field 22 of /proc/PID/stat, in clock ticks after boot
// (proc_pid_stat(5)). The second field is a name in parentheses and may hold
// anything, so fields are counted from its end.
func startTime(pid int) (string, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return "", fmt.Errorf("read the start time of process %d: %w", pid, err)
	}
	_, rest, _ := strings.Cut(string(text[strings.LastIndexByte(string(text), ')')+1:]), " ")
	fields := strings.Fields(rest)
	if len(fields) > 0 && fields[0] == "Z" {
		return "", fmt.Errorf("read the start time of process %d: it has ended", pid)
	}
	if len(fields) < 20 {
		return "", fmt.Errorf("read the start time of process %d: short /proc/%d/stat", pid, pid)
	}
	return fields[19], nil
}

// inode is the number in "pid:[4026531836]".
func inode(link string) string {
	_, number, _ := strings.Cut(link, "[")
	return strings.TrimSuffix(number, "]")
}
