// Package guardian sees to it that a shell killed with SIGKILL leaves nothing
// behind. The processes that the shell started with boundaries are killed with
// it (PR_SET_PDEATHSIG), and what they started in a PID namespace ends with its
// number 1; but a cgroup is a directory that outlives its maker, and without a
// PID namespace descendants live on and keep their mounts and networks.
//
// One helper process a session, this same binary, is started when there is the
// first thing to guard. It holds the read end of a pipe to the shell, and a
// socket on which processes without a PID namespace announce themselves:
//
//	shell ── "+ /sys/fs/cgroup/…\n" ──▶ guardian   a cgroup is there
//	shell ── "- /sys/fs/cgroup/…\n" ──▶ guardian   it is gone
//	shell ── "= KEY\n" ──────────────▶ guardian   that process has ended by itself
//	child ── connect, "KEY\n" ───────▶ guardian   my namespaces are made
//	child ◀─ one byte ─────────────── guardian   I have them
//	shell    ends, however ── EOF ───▶ guardian   ends who is in those namespaces,
//	                                              ends and removes what is in the cgroups
package guardian

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"cosh/isolation"
	"cosh/isolation/cgroup"
	"cosh/isolation/launch"
	"cosh/isolation/resolve"

	"golang.org/x/sys/unix"
)

// name is the guardian's Argv[0]: what ps shows, and how Main knows it.
const name = "cosh: guardian"

// Main is the guardian itself: called early in main, it returns false at once
// in every other process, and true when its work is done and the process is to
// exit.
func Main() (ran bool) {
	if len(os.Args) != 1 || os.Args[0] != name {
		return false
	}
	_, _ = unix.Setsid() // away from the terminal and its signals
	_ = unix.Chdir("/")  // holds no mount busy
	w := watch{own: linksOf("self")}
	// A /proc of another PID namespace would show strangers under our numbers.
	if link, err := os.Readlink("/proc/self"); err != nil || link != decimal(os.Getpid()) {
		w.blind = true
	}
	w.untilShellEnds()
	w.endNamespaces()
	_ = cgroup.Remove(w.dirs) // nobody is there to be told
	if len(w.dirs) > 0 {
		sweep()
	}
	return true
}

// sweep removes the cgroups of shells that ran in those just removed: their
// guardians have been ended with them.
func sweep() {
	if owner, err := cgroup.NewOwner(); err == nil {
		_ = owner.Sweep(cgroup.Locate().Dirs)
	}
}

// Guardian is one shell's line to its guardian. The zero value is ready and
// starts nothing before the first Guard.
type Guardian struct {
	mu      sync.Mutex
	pipe    int
	process *launch.Process
	socket  int      // listens for children; -1 once a guardian has it
	address string   // of the socket, "" before there is one
	keys    int      // how many were given
	guarded []string // for a guardian that has to be started again
}

// Guard has the guardian remove directories if the shell dies before Unguard.
func (g *Guardian) Guard(dirs []string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.guarded = append(g.guarded, dirs...)
	if g.process != nil && g.tell("+ ", dirs) == nil {
		return nil
	}
	err := g.restart()
	if err == nil {
		err = g.tell("+ ", g.guarded)
	}
	if err != nil {
		return fmt.Errorf("start the guardian of cgroups: %w", err)
	}
	return nil
}

// Unguard takes directories off the guardian's list.
func (g *Guardian) Unguard(dirs []string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.guarded = slices.DeleteFunc(g.guarded, func(d string) bool { return slices.Contains(dirs, d) })
	if g.process == nil {
		return nil
	}
	_ = g.tell("- ", dirs) // one that has died has forgotten them anyway
	return nil
}

// Watch makes ready for processes that make themselves known. It starts
// nothing yet.
func (g *Guardian) Watch() (*isolation.Watch, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.address == "" {
		if err := g.listen(); err != nil {
			return nil, fmt.Errorf("make the guardian's socket: %w", err)
		}
	}
	return &isolation.Watch{Address: g.address, Ready: g.ready, Fresh: g.key, Forget: g.forget}, nil
}

func (g *Guardian) key() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.keys++
	return strconv.Itoa(g.keys)
}

func (g *Guardian) forget(key string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process != nil {
		_ = g.tell("= ", []string{key}) // one that has died has forgotten it anyway
	}
	return nil
}

// listen makes the socket; the kernel makes up an address that is free.
func (g *Guardian) listen() error {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return err
	}
	// An address of length two, the family alone, asks for one (unix(7), autobind).
	family := [2]byte{unix.AF_UNIX}
	if _, _, errno := unix.Syscall(unix.SYS_BIND, uintptr(fd), uintptr(unsafe.Pointer(&family)), 2); errno != 0 {
		_ = unix.Close(fd)
		return errno
	}
	if err := unix.Listen(fd, 64); err != nil {
		_ = unix.Close(fd)
		return err
	}
	found, err := unix.Getsockname(fd)
	path, ok := found.(*unix.SockaddrUnix)
	if err != nil || !ok {
		_ = unix.Close(fd)
		return errors.Join(err, unix.EAFNOSUPPORT)
	}
	g.socket, g.address = fd, "\x00"+strings.TrimPrefix(path.Name, "@")
	return nil
}

// ready has a guardian running.
func (g *Guardian) ready() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process != nil && g.tell("", []string{""}) == nil {
		return nil
	}
	err := g.restart()
	if err == nil && len(g.guarded) > 0 {
		err = g.tell("+ ", g.guarded)
	}
	if err != nil {
		return fmt.Errorf("start the guardian: %w", err)
	}
	return nil
}

// restart starts a guardian, in the place of one that was killed or at first.
func (g *Guardian) restart() error {
	if g.process != nil {
		_ = unix.Close(g.pipe)
		_, _ = g.process.Wait(0) // its end of the pipe is closed: it has ended
		g.process, g.address = nil, ""
	}
	return g.start()
}

// tell writes a line for each directory in one write(2); below PIPE_BUF bytes
// it is whole or not there (pipe(7)).
func (g *Guardian) tell(sign string, dirs []string) error {
	text := ""
	for _, dir := range dirs {
		text += sign + dir + "\n"
	}
	_, err := unix.Write(g.pipe, []byte(text))
	return err
}

// ignored are the signals that a terminal sends to the shell's process group;
// until its setsid(2) the guardian is in that group.
const ignored = 1<<(unix.SIGINT-1) | 1<<(unix.SIGQUIT-1) | 1<<(unix.SIGTSTP-1) | 1<<(unix.SIGHUP-1) |
	1<<(unix.SIGTTIN-1) | 1<<(unix.SIGTTOU-1) | 1<<(unix.SIGTERM-1)

func (g *Guardian) start() error {
	var ends [2]int
	if err := unix.Pipe2(ends[:], unix.O_CLOEXEC); err != nil {
		return err
	}
	defer unix.Close(ends[0])
	if g.address == "" {
		if err := g.listen(); err != nil {
			_ = unix.Close(ends[1])
			return err
		}
	}
	plan, err := resolve.Plan(&isolation.Spec{Self: true, Argv: []string{name}, Files: []int{ends[0], g.socket, -1}, Umask: 0o077, Ignore: ignored}, nil)
	if err == nil {
		g.process, err = launch.Start(plan)
	}
	if err != nil {
		_ = unix.Close(ends[1])
		return err
	}
	_ = unix.Close(g.socket) // the guardian's alone: nobody waits in vain if it dies
	g.pipe, g.socket = ends[1], -1
	return nil
}

// Pid is the guardian's process id; 0 when none was needed.
func (g *Guardian) Pid() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process == nil {
		return 0
	}
	return g.process.Pid
}
