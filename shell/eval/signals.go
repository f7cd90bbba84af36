package eval

import (
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"

	"cosh/shell/job"
	"cosh/shell/session"
)

// listener receives the signals that have a trap, or that an interactive shell
// handles itself.
type listener struct {
	ch chan os.Signal
}

// listen starts to receive a signal.
func (p *process) listen(sig int) {
	if p.signals.ch == nil {
		p.signals.ch = make(chan os.Signal, 64)
		go p.receive(p.signals.ch)
	}
	signal.Notify(p.signals.ch, syscall.Signal(sig))
}

// receive marks signals as pending; the shell looks at them between commands.
func (p *process) receive(ch <-chan os.Signal) {
	for s := range ch {
		n, ok := s.(syscall.Signal)
		if !ok {
			continue
		}
		p.pending.Or(1 << (n - 1))
		select {
		case p.arrived <- struct{}{}:
		default:
		}
	}
}

// TrapChanged makes the process's dispositions follow the traps.
func (sh *Shell) TrapChanged(cond int) {
	if cond >= session.TrapErr {
		sh.Traps.Watch(cond, sh.Depth)
		sh.watching.Store(true)
		return
	}
	if cond == 0 {
		sh.guardExit()
	}
	if cond <= 0 || sh.virtual {
		return // a virtual subshell has no dispositions of its own
	}
	sig := syscall.Signal(cond)
	action, ok := sh.Traps.Action(cond)
	sh.trapped.And(^(uint64(1) << (cond - 1)))
	switch {
	case ok && action == "":
		signal.Ignore(sig)
	case ok:
		sh.trapped.Or(1 << (cond - 1))
		sh.listen(cond)
	case sh.interactive() && (cond == 2 || cond == 3 || cond == 15):
		sh.listen(cond)
	case sh.guards(sig):
		sh.trapped.Or(1 << (cond - 1))
		sh.listen(cond)
	case sh.defaults&(1<<(cond-1)) != 0:
		signal.Ignore(sig)
	case sh.orphans != nil || misread(sig):
		sh.defaultAction(sig)
	default:
		signal.Reset(sig)
	}
}

// Signal sends a signal. To oneself it has arrived when kill(2) returns, but
// Go's runtime would tell us some time later.
func (sh *Shell) Signal(pid, sig int) error {
	if pid == os.Getpid() && sig > 0 && sig <= 64 && sh.trapped.Load()&(1<<(sig-1)) != 0 {
		sh.process.pending.Or(1 << (sig - 1))
		return nil
	}
	if pid == os.Getpid() && sig == int(unix.SIGPIPE) && !sh.ignores(sig) {
		die(unix.SIGPIPE) // of which the runtime takes no notice
	}
	err := send(pid, unix.Signal(sig))
	if err == nil {
		sh.enforce(pid, sig)
	}
	return err
}

// send is kill(2). A signal to oneself goes to this thread, so that it takes
// effect before send returns; the kernel could choose any other.
func send(pid int, sig unix.Signal) error {
	if pid != os.Getpid() || sig == 0 {
		return unix.Kill(pid, sig)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return unix.Tgkill(pid, unix.Gettid(), sig)
}

// takeSignals runs the traps of the signals that have arrived. At a prompt an
// untrapped interrupt leads back to it.
func (sh *Shell) takeSignals() ctl {
	if sh.virtual {
		return ctlNext
	}
	mask := sh.process.pending.Swap(0)
	for sig := 1; mask != 0 && sig <= 64; sig++ {
		if mask&(1<<(sig-1)) == 0 {
			continue
		}
		mask &^= 1 << (sig - 1)
		action, ok := sh.Traps.Action(sig)
		switch {
		case ok && action != "":
			if r := sh.runTrap(action); r != ctlNext {
				return r
			}
		case sig == int(unix.SIGINT) && sh.interactive():
			sh.Status = 130
			return ctlAbort
		case !ok:
			if r := sh.struck(sig); r != ctlNext {
				return r
			}
		}
	}
	return ctlNext
}

// runTrap runs an action; $? is as it was before unless the action leaves.
func (sh *Shell) runTrap(action string) ctl {
	status, line, script := sh.Status, sh.Line, sh.Script
	outer := sh.Traps.Enter(status, sh.Depth+sh.Sourced)
	r := sh.runText(action, "trap", line)
	sh.Traps.Leave(outer)
	sh.Line, sh.Script = line, script
	if r == ctlNext {
		sh.Status = status
	}
	return r
}

// runExitTrap runs the action of EXIT, once.
func (sh *Shell) runExitTrap() {
	action, ok := sh.Traps.Action(0)
	if !ok || sh.dead {
		return
	}
	sh.dead = true
	sh.Traps.Reset(0)
	status := sh.Status
	sh.Loops, sh.guard = 0, 0
	sh.Traps.Enter(status, sh.Depth+sh.Sourced)
	if r := sh.runText(action, "exit trap", sh.Line); r != ctlExit {
		sh.Status = status
	}
}

// Interrupted tells the shell that Ctrl-C was typed at the prompt.
func (sh *Shell) Interrupted() {
	sh.process.pending.Or(1 << (unix.SIGINT - 1))
	sh.takeSignals()
	sh.Status = 130
}

// JobControl makes the process ignore what would stop the shell itself, and
// listen to what an interactive shell survives (XCU 2.11).
func (sh *Shell) JobControl() {
	sh.ignoreStops()
	for _, sig := range [...]syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM} {
		sh.listen(int(sig))
	}
	sh.SetOptions(session.Monitor, 0)
}

// UseTerminal gives the shell the terminal that its jobs take turns with.
func (sh *Shell) UseTerminal(t *job.Terminal) { sh.terminal = t }

// ClearSignals forgets an interrupt that came while nothing ran.
func (sh *Shell) ClearSignals() {
	sh.process.pending.And(^uint64(1 << (unix.SIGINT - 1)))
}
