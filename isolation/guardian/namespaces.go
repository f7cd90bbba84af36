package guardian

import (
	"os"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// linksOf are the identities of a process's namespaces: what the links in
// /proc/PID/ns read, "net:[4026531840]" (namespaces(7)). There are none for one
// that has ended, or is not ours.
func linksOf(pid string) []string {
	var found []string
	for _, kind := range kinds {
		if link, err := os.Readlink("/proc/" + pid + "/ns/" + kind); err == nil {
			found = append(found, link)
		}
	}
	return found
}

var kinds = [...]string{"user", "mnt", "net", "uts", "ipc", "cgroup", "time"}

// namespaces are some namespaces of a process, held open: the kernel gives the
// number of one that is gone to the next that is made.
type namespaces struct {
	links []string
	fds   []int
}

// open holds the namespaces of a process that are not among others.
func open(pid string, others []string) namespaces {
	var n namespaces
	for _, kind := range kinds {
		fd, err := unix.Open("/proc/"+pid+"/ns/"+kind, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if err != nil {
			continue
		}
		link, err := os.Readlink("/proc/self/fd/" + decimal(fd))
		if err != nil || slices.Contains(others, link) {
			_ = unix.Close(fd)
			continue
		}
		n.links, n.fds = append(n.links, link), append(n.fds, fd)
	}
	return n
}

func (n namespaces) close() {
	for _, fd := range n.fds {
		_ = unix.Close(fd)
	}
}

// patience bounds the rounds of killing; a process that forks while others are
// killed is found in the next round.
const patience = 2 * time.Second

// endNamespaces kills every process that is in a namespace of one that the
// shell had running when it ended.
func (w *watch) endNamespaces() {
	var links []string
	for _, p := range w.watched {
		links = append(links, p.spaces.links...)
	}
	if len(links) == 0 {
		return
	}
	quiet := 0
	for deadline := time.Now().Add(patience); quiet < 2 && time.Now().Before(deadline); {
		if killMembers(links) == 0 {
			quiet++
		} else {
			quiet = 0
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// killMembers kills the processes that are in any of the namespaces, and
// counts them. A zombie shows no namespaces.
func killMembers(links []string) int {
	killed := 0
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		inside := func(link string) bool { return slices.Contains(links, link) }
		if slices.ContainsFunc(linksOf(e.Name()), inside) && unix.Kill(pid, unix.SIGKILL) == nil {
			killed++
		}
	}
	return killed
}

func decimal(n int) string { return strconv.Itoa(n) }
