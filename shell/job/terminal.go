package job

import (
	"golang.org/x/sys/unix"
)

// Terminal is the controlling terminal of an interactive shell.
type Terminal struct {
	fd    int
	group int
	modes *unix.Termios
}

// TakeTerminal makes the shell the terminal's foreground process group, after
// waiting until it is in the foreground itself, and leads a group of its own
// (as every job-control shell begins). fd is the terminal.
func TakeTerminal(fd int) (*Terminal, error) {
	for {
		fg, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
		if err != nil {
			return nil, err
		}
		if fg == unix.Getpgrp() {
			break
		}
		if err := unix.Kill(0, unix.SIGTTIN); err != nil {
			return nil, err
		}
	}
	pid := unix.Getpid()
	if unix.Getpgrp() != pid {
		// EPERM: a session leader is a group leader already.
		if err := unix.Setpgid(0, 0); err != nil && err != unix.EPERM {
			return nil, err
		}
	}
	t := &Terminal{fd: fd, group: unix.Getpgrp()}
	if err := t.Give(t.group); err != nil {
		return nil, err
	}
	t.modes, _ = unix.IoctlGetTermios(fd, unix.TCGETS)
	return t, nil
}

// Fd is the terminal's descriptor.
func (t *Terminal) Fd() int { return t.fd }

// Give makes a group the foreground one. The shell ignores SIGTTOU, so it may.
func (t *Terminal) Give(group int) error {
	return unix.IoctlSetPointerInt(t.fd, unix.TIOCSPGRP, group)
}

// Back takes the terminal back and restores the shell's modes. It returns the
// modes that the job had set, for a stopped job that goes on later.
func (t *Terminal) Back() *unix.Termios {
	t.Give(t.group)
	modes, _ := unix.IoctlGetTermios(t.fd, unix.TCGETS)
	if t.modes != nil {
		unix.IoctlSetTermios(t.fd, unix.TCSETSW, t.modes)
	}
	return modes
}

// Keep remembers the present modes as the shell's own: a job that ended well
// may have changed them on purpose (stty).
func (t *Terminal) Keep() {
	if m, err := unix.IoctlGetTermios(t.fd, unix.TCGETS); err == nil {
		t.modes = m
	}
}

// Modes sets the terminal's modes, of a job that goes on.
func (t *Terminal) Modes(m *unix.Termios) {
	if m != nil {
		unix.IoctlSetTermios(t.fd, unix.TCSETSW, m)
	}
}
