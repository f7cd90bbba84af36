package eval

import (
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/isolation/launch"
)

// As number 1 of a PID namespace the shell is what init is to a machine: the
// kernel hands it every orphan to reap, and keeps from it each signal that it
// has no handler for (pid_namespaces(7)).

// orphanage tells the shell's own children, whom it waits for by process id,
// from orphans that came to it.
type orphanage struct {
	mu  sync.Mutex // held while a child is made, until it is in own
	own map[int]bool
}

// BeInit has a shell that is number 1 of its PID namespace act as init; others
// it leaves alone.
func (sh *Shell) BeInit() {
	if os.Getpid() != 1 {
		return
	}
	sh.orphans = &orphanage{own: map[int]bool{}}
	for sig := syscall.Signal(1); sig <= syscall.SIGTERM; sig++ {
		if _, trapped := sh.Traps.Action(int(sig)); !trapped {
			sh.defaultAction(sig)
		}
	}
	news := make(chan os.Signal, 1)
	signal.Notify(news, syscall.SIGCHLD)
	go sh.orphans.reap(news)
}

// defaultAction makes the kernel's default the action of a signal that an init
// may get: Go's own handler would end the process with status 2. Ignore makes
// Go let go of the signal, so that a later trap installs the handler anew.
func (p *process) defaultAction(sig syscall.Signal) {
	if misread(sig) {
		signal.Ignore(sig)
		rawDefault(sig)
	}
}

// start starts a child of the shell's own. On a nil orphanage, where orphans go
// elsewhere, it is launch.Start.
func (o *orphanage) start(plan *isolation.Plan) (*launch.Process, error) {
	if o == nil {
		return launch.Start(plan)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	p, err := launch.Start(plan)
	if err == nil {
		o.own[p.Pid] = true
	}
	return p, err
}

// forget is called when a child has been waited for.
func (o *orphanage) forget(pid int) {
	if o == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.own, pid)
}

// pause lets several deaths be looked at in one go.
const pause = 20 * time.Millisecond

// reap waits for orphans for as long as the shell lives.
func (o *orphanage) reap(news <-chan os.Signal) {
	for range news {
		time.Sleep(pause)
		o.mu.Lock()
		o.sweep()
		o.mu.Unlock()
	}
}

// sweep reaps every zombie that is not a child of the shell's own. The list in
// /proc is needed where one of these is the first that waitid(2) shows.
func (o *orphanage) sweep() {
	for {
		var info siginfo
		err := unix.Waitid(unix.P_ALL, 0, (*unix.Siginfo)(unsafe.Pointer(&info)), unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil)
		if err != nil || info.pid == 0 {
			return
		}
		if o.own[int(info.pid)] {
			break
		}
		_, _ = unix.Wait4(int(info.pid), nil, unix.WNOHANG, nil)
	}
	names, err := os.ReadDir("/proc")
	if err != nil {
		return
	}
	for _, e := range names {
		if pid, err := strconv.Atoi(e.Name()); err == nil && pid > 1 && !o.own[pid] && zombieOfOurs(pid) {
			_, _ = unix.Wait4(pid, nil, unix.WNOHANG, nil)
		}
	}
}

// siginfo is the head of the siginfo_t that waitid(2) fills.
type siginfo struct {
	_   [3]int32
	_   int32
	pid int32
	_   [108]byte
}

// zombieOfOurs reads state and parent, which stand behind the name in
// parentheses (proc_pid_stat(5)).
func zombieOfOurs(pid int) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false
	}
	rest := string(text[strings.LastIndexByte(string(text), ')')+1:])
	return strings.HasPrefix(rest, " Z 1 ")
}
