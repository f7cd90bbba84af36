package term

import (
	"fmt"

	"golang.org/x/sys/unix"
)

func isTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	return err == nil
}

// rawMode switches a terminal to reading key by key, and back to what it
// was before (termios(3), "Raw mode"). The modes are set without discarding what was typed
// ahead, and ICRNL stays on: input that is read by the next command must
// have its newlines, though it was typed while we were in charge.
type rawMode struct {
	fd    int
	saved *unix.Termios // nil: not in raw mode
}

func (r *rawMode) enter() error {
	was, err := unix.IoctlGetTermios(r.fd, unix.TCGETS)
	if err != nil {
		return fmt.Errorf("get terminal modes: %w", err)
	}
	raw := *was
	raw.Iflag &^= unix.BRKINT | unix.IGNBRK | unix.PARMRK | unix.ISTRIP | unix.INLCR | unix.IGNCR | unix.IXON
	raw.Iflag |= unix.ICRNL
	raw.Oflag |= unix.OPOST | unix.ONLCR
	raw.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.ISIG | unix.IEXTEN
	raw.Cflag = raw.Cflag&^(unix.CSIZE|unix.PARENB) | unix.CS8
	raw.Cc[unix.VMIN], raw.Cc[unix.VTIME] = 1, 0
	if err := r.set(&raw); err != nil {
		return fmt.Errorf("set terminal to raw mode: %w", err)
	}
	r.saved = was
	return nil
}

func (r *rawMode) exit() error {
	if r.saved == nil {
		return nil
	}
	was := r.saved
	r.saved = nil
	if err := r.set(was); err != nil {
		return fmt.Errorf("restore terminal modes: %w", err)
	}
	return nil
}

// set waits until what was written is out, and may be interrupted by a signal meanwhile.
func (r *rawMode) set(t *unix.Termios) error {
	for {
		if err := unix.IoctlSetTermios(r.fd, unix.TCSETSW, t); err != unix.EINTR {
			return err
		}
	}
}

// windowSize is the terminal's size in columns and rows; 80 by 24 where it does not say.
func windowSize(fd int) (columns, rows int) {
	ws, err := unix.IoctlGetWinsize(fd, unix.TIOCGWINSZ)
	if err != nil {
		return 80, 24
	}
	columns, rows = int(ws.Col), int(ws.Row)
	if columns == 0 {
		columns = 80
	}
	if rows == 0 {
		rows = 24
	}
	return columns, rows
}
