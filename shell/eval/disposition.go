package eval

import (
	"os/signal"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"cosh/shell/job"
)

// What Go's runtime makes of signals is not what a shell is to do. It prints the
// stacks of all goroutines on SIGQUIT and SIGABRT, and takes no notice of
// SIGUSR1, SIGALRM and most others, where a process shall end by them
// (signal(7)). OwnSignals gives the kernel's default action back to these. What
// was ignored on entry the runtime keeps for HUP, INT and job control; of the
// rest (QUIT, TERM, USR1, …) it has forgotten it before any code of ours runs, so
// that a shell started with those ignored takes them at their default.

// OwnSignals is called once, before the shell runs anything.
func (sh *Shell) OwnSignals() {
	ignore := sh.Traps.Ignored | sh.Traps.IgnoreMask()
	for sig := syscall.Signal(1); sig <= 64; sig++ {
		switch {
		case ignore&(1<<(sig-1)) != 0:
			signal.Ignore(sig)
		case misread(sig):
			sh.defaultAction(sig)
		}
	}
}

// misread reports the signals whose default action the runtime does not take, or
// takes late: a shell whose child has ended by Ctrl-C would run on for a moment.
func misread(sig syscall.Signal) bool {
	switch sig {
	case syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGTRAP, syscall.SIGABRT, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM,
		syscall.SIGSTKFLT, syscall.SIGXCPU, syscall.SIGXFSZ, syscall.SIGVTALRM, syscall.SIGIO, syscall.SIGPWR, syscall.SIGSYS:
		return true
	}
	return sig >= 34
}

// rawDefault makes SIG_DFL the action of a signal, behind the runtime's back.
func rawDefault(sig syscall.Signal) {
	action := [4]uint64{} // struct sigaction of the kernel: SIG_DFL
	_, _, _ = unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(sig), uintptr(unsafe.Pointer(&action)), 0, 8, 0, 0)
}

// die ends the process by the signal, so that its parent sees what happened. It
// returns where the signal is ignored or does not end a process.
func die(sig syscall.Signal) {
	if sig == 0 {
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	rawDefault(sig)
	_ = unix.Tgkill(unix.Getpid(), unix.Gettid(), sig)
}

// ignores reports that the shell ignores a signal.
func (sh *Shell) ignores(sig int) bool {
	return (sh.Traps.Ignored|sh.Traps.IgnoreMask())&(1<<(sig-1)) != 0
}

// deadly are the signals that a shell with an action for EXIT survives for as
// long as it takes to run it; a POSIX shell without extensions does not.
var deadly = [...]syscall.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}

// guardExit has the signals that would end the shell run the action of EXIT first,
// as in bash; XCU 2.15 (trap) leaves it open.
func (sh *Shell) guardExit() {
	for _, sig := range deadly {
		if _, trapped := sh.Traps.Action(int(sig)); !trapped && sh.Traps.Ignored&(1<<(sig-1)) == 0 {
			sh.TrapChanged(int(sig))
		}
	}
}

// guards reports that the signal is to run the action of EXIT.
func (sh *Shell) guards(sig syscall.Signal) bool {
	action, ok := sh.Traps.Action(0)
	return ok && action != "" && (sig == syscall.SIGHUP || sig == syscall.SIGINT || sig == syscall.SIGTERM)
}

// struck handles a signal without a trap of its own: it ends the shell when EXIT
// has an action, which is why the signal came here.
func (sh *Shell) struck(sig int) ctl {
	if _, ok := sh.Traps.Action(0); !ok || sh.virtual {
		return ctlNext
	}
	for _, d := range deadly {
		if int(d) == sig {
			sh.Status, sh.dying = 128+sig, sig
			return ctlExit
		}
	}
	return ctlNext
}

// catchUp lets a signal arrive that came while a job ran: Go's runtime hands it on
// in its own time, and its action is due before the next command. Where the
// signal has ended the job as well, as Ctrl-C does, it is waited for a while.
func (sh *Shell) catchUp(j *job.Job) {
	sig := 0
	for _, p := range j.Procs {
		if p.Signal != 0 && p.State == job.Done && sh.trapped.Load()&(1<<(p.Signal-1)) != 0 {
			sig = p.Signal
		}
	}
	for range 20 {
		if sh.process.pending.Load() != 0 {
			return
		}
		runtime.Gosched()
	}
	for range 10 {
		if sig == 0 || sh.process.pending.Load() != 0 {
			return
		}
		time.Sleep(500 * time.Microsecond)
	}
}
