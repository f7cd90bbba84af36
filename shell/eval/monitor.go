package eval

import (
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"

	"cosh/shell/job"
)

// monitorScript prepares for set -m in a script: where the shell is in the
// foreground of a terminal its jobs take turns with it, as at a prompt.
// Without a terminal jobs have process groups all the same.
func (sh *Shell) monitorScript() {
	if sh.virtual || sh.terminal != nil || sh.interactive() {
		return
	}
	fd, err := unix.Open("/dev/tty", unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	group, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
	if err != nil || group != unix.Getpgrp() {
		unix.Close(fd)
		return
	}
	sh.ignoreStops()
	t, err := job.TakeTerminal(fd)
	if err != nil {
		unix.Close(fd)
		return
	}
	sh.terminal = t
}

// ignoreStops has the shell, but not its children, ignore what a terminal
// sends to those who are not in its foreground.
func (sh *Shell) ignoreStops() {
	for _, sig := range [...]syscall.Signal{syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU} {
		if _, trapped := sh.Traps.Action(int(sig)); trapped {
			continue
		}
		if !signal.Ignored(sig) {
			sh.defaults |= 1 << (sig - 1)
		}
		signal.Ignore(sig)
	}
}
