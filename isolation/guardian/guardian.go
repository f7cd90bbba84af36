// Package guardian sees to it that a shell killed with SIGKILL leaves no cgroup
// behind. Namespaces end with their processes and those with the shell
// (PR_SET_PDEATHSIG), but a cgroup is a directory that outlives its maker.
//
// One helper process a session, this same binary, is started when the first
// cgroup is made. It holds the read end of a pipe to the shell:
//
//	shell ── "+ /sys/fs/cgroup/…\n" ──▶ guardian   a cgroup is there
//	shell ── "- /sys/fs/cgroup/…\n" ──▶ guardian   it is gone
//	shell    ends, however ── EOF ────▶ guardian   ends and removes what is left
package guardian

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"sync"

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
	left := follow(os.Stdin)
	_ = cgroup.Remove(left) // nobody is there to be told
	return true
}

// follow reads lines until the shell has gone, and returns the directories that
// are left.
func follow(in *os.File) []string {
	var dirs []string
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		sign, dir, _ := strings.Cut(lines.Text(), " ")
		switch sign {
		case "+":
			dirs = append(dirs, dir)
		case "-":
			for i, d := range dirs {
				if d == dir {
					dirs = append(dirs[:i], dirs[i+1:]...)
					break
				}
			}
		}
	}
	return dirs
}

// Guardian is one shell's line to its guardian. The zero value is ready and
// starts nothing before the first Guard.
type Guardian struct {
	mu      sync.Mutex
	pipe    int
	process *launch.Process
}

// Guard has the guardian remove directories if the shell dies before Unguard.
func (g *Guardian) Guard(dirs []string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process == nil {
		if err := g.start(); err != nil {
			return fmt.Errorf("start the guardian: %w", err)
		}
	}
	return g.tell("+ ", dirs)
}

// Unguard takes directories off the guardian's list.
func (g *Guardian) Unguard(dirs []string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process == nil {
		return nil
	}
	return g.tell("- ", dirs)
}

// tell writes a line for each directory in one write(2); below PIPE_BUF bytes
// it is whole or not there (pipe(7)).
func (g *Guardian) tell(sign string, dirs []string) error {
	text := ""
	for _, dir := range dirs {
		text += sign + dir + "\n"
	}
	if _, err := unix.Write(g.pipe, []byte(text)); err != nil {
		return fmt.Errorf("tell the guardian: %w", err)
	}
	return nil
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
	plan, err := resolve.Plan(&isolation.Spec{Self: true, Argv: []string{name}, Files: []int{ends[0], -1, -1}, Umask: 0o077, Ignore: ignored}, nil)
	if err == nil {
		g.process, err = launch.Start(plan)
	}
	if err != nil {
		_ = unix.Close(ends[1])
		return err
	}
	g.pipe = ends[1]
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
