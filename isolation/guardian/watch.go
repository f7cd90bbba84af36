package guardian

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// watch is what the guardian knows.
type watch struct {
	own     []string // our own namespaces, which are the shell's
	blind   bool     // /proc cannot tell who is who
	dirs    []string // cgroups
	pending string   // a line that is not whole yet
	watched []*process
}

// process is one that has called.
type process struct {
	pid, pidfd int
	conn       int    // -1 once it has shown its namespaces
	key        string // what the shell calls it
	spaces     namespaces
	ended      time.Time // zero while it runs
}

// grace is how long a process that has ended is remembered without a word from
// the shell: a killed shell is not done at once, and may have been busy.
const grace = 2 * time.Second

const (
	fromShell = 0 // the pipe
	listener  = 1
)

// untilShellEnds follows everything until the pipe is closed.
func (w *watch) untilShellEnds() {
	for {
		fds := []unix.PollFd{{Fd: fromShell, Events: unix.POLLIN}, {Fd: listener, Events: unix.POLLIN}}
		timeout := -1
		for _, p := range w.watched {
			// poll ignores negative descriptors (poll(2)).
			fds = append(fds, unix.PollFd{Fd: int32(p.conn), Events: unix.POLLIN}, unix.PollFd{Fd: int32(p.pidfd), Events: unix.POLLIN})
			if !p.ended.IsZero() {
				timeout = int(grace.Milliseconds()) / 2
			}
		}
		if _, err := unix.Poll(fds, timeout); err != nil && err != unix.EINTR {
			return
		}
		for i, p := range w.watched {
			w.follow(p, fds[2+2*i].Revents != 0, fds[3+2*i].Revents != 0)
		}
		w.forget(longGone)
		if fds[1].Revents&unix.POLLIN != 0 {
			w.accept()
		}
		if fds[0].Revents != 0 && !w.read() {
			return
		}
	}
}

// follow takes note of what a process shows, and of its end.
func (w *watch) follow(p *process, shows, ended bool) {
	if shows {
		buf := make([]byte, 64)
		n, err := unix.Read(p.conn, buf)
		if err == nil && n > 0 {
			p.key = strings.TrimSuffix(string(buf[:n]), "\n")
			p.spaces = w.spacesOf(p)
			_, _ = unix.Write(p.conn, []byte{1})
		}
		_ = unix.Close(p.conn)
		p.conn = -1
	}
	if ended {
		p.ended = time.Now()
		_ = unix.Close(p.pidfd)
		p.pidfd = -1
	}
}

// spacesOf are the namespaces that a process has and we have not. The number of
// one that has ended may be another's by then; its pidfd tells.
func (w *watch) spacesOf(p *process) namespaces {
	found := open(decimal(p.pid), w.own)
	if w.blind || unix.PidfdSendSignal(p.pidfd, 0, nil, 0) != nil {
		found.close()
		return namespaces{}
	}
	return found
}

// forget drops the processes that a test holds for.
func (w *watch) forget(test func(*process) bool) {
	w.watched = slices.DeleteFunc(w.watched, func(p *process) bool {
		if !test(p) {
			return false
		}
		for _, fd := range [...]int{p.conn, p.pidfd} {
			if fd >= 0 {
				_ = unix.Close(fd)
			}
		}
		p.spaces.close()
		return true
	})
}

// longGone: it ended by itself, and the shell has had the time to say so.
func longGone(p *process) bool { return !p.ended.IsZero() && time.Since(p.ended) > grace }

// accept takes in a process of our own user that connected.
func (w *watch) accept() {
	conn, _, err := unix.Accept4(listener, unix.SOCK_CLOEXEC)
	if err != nil {
		return
	}
	cred, err := unix.GetsockoptUcred(conn, unix.SOL_SOCKET, unix.SO_PEERCRED)
	if err != nil || int(cred.Uid) != unix.Geteuid() {
		_ = unix.Close(conn)
		return
	}
	pidfd, err := unix.PidfdOpen(int(cred.Pid), 0)
	if err != nil {
		_ = unix.Close(conn) // it has ended already
		return
	}
	w.watched = append(w.watched, &process{pid: int(cred.Pid), pidfd: pidfd, conn: conn})
}

// read takes in what the shell says; false when the shell has ended.
func (w *watch) read() bool {
	buf := make([]byte, 4096)
	n, err := unix.Read(fromShell, buf)
	if err == unix.EINTR {
		return true
	}
	if err != nil || n == 0 {
		return false
	}
	lines := strings.Split(w.pending+string(buf[:n]), "\n")
	w.pending = lines[len(lines)-1]
	for _, line := range lines[:len(lines)-1] {
		w.line(line)
	}
	return true
}

func (w *watch) line(text string) {
	sign, dir, _ := strings.Cut(text, " ")
	switch sign {
	case "=":
		w.forget(func(p *process) bool { return p.key == dir })
	case "+":
		w.dirs = append(w.dirs, dir)
	case "-":
		if i := slices.Index(w.dirs, dir); i >= 0 {
			w.dirs = slices.Delete(w.dirs, i, i+1)
		}
	}
}
