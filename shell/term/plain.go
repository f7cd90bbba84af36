package term

import (
	"io"
	"os"
	"os/signal"
	"strings"

	"golang.org/x/sys/unix"
)

// plain reads lines without editing: from a terminal without abilities,
// which edits them itself (canonical mode, termios(3)), or from anything else.
// It reads byte by byte, since what follows the newline belongs to the
// next command (POSIX XCU, sh, INPUT FILES).
type plain struct {
	in, out    int
	incomplete func(string) bool
	wake       *waker
}

func (p *plain) read(first, further string) (string, error) {
	defer p.watchInterrupt()()
	p.wake.take() // an interrupt from before is not for this line
	writeAll(p.out, first)
	var text strings.Builder
	for {
		ended, err := p.readLine(&text)
		switch {
		case err == ErrInterrupt:
			writeAll(p.out, "\n")
			return "", err
		case err != nil:
			return "", err
		case ended && text.Len() == 0:
			return "", io.EOF
		case ended || !p.incomplete(text.String()):
			return text.String(), nil
		}
		text.WriteByte('\n')
		writeAll(p.out, further)
	}
}

// readLine appends one line without its newline; ended says that there was none.
func (p *plain) readLine(text *strings.Builder) (ended bool, err error) {
	for {
		ready, woken, err := p.wake.waitInput(p.in, -1)
		if err != nil {
			return false, err
		}
		if woken && p.wake.take()&wakeInterrupt != 0 {
			return false, ErrInterrupt
		}
		if !ready {
			continue
		}
		var b [1]byte
		n, err := unix.Read(p.in, b[:])
		switch {
		case err == unix.EINTR || err == unix.EAGAIN:
		case err == unix.EIO: // the terminal hung up
			return true, nil
		case err != nil:
			return false, &os.PathError{Op: "read", Path: "standard input", Err: err}
		case n == 0:
			return true, nil
		case b[0] == '\n':
			return false, nil
		default:
			text.WriteByte(b[0])
		}
	}
}

// watchInterrupt makes Ctrl-C end the line while it is read from a
// terminal, which sends SIGINT for it; the function it returns ends that.
func (p *plain) watchInterrupt() (stop func()) {
	if !isTerminal(p.in) {
		return func() {}
	}
	ignored := signal.Ignored(unix.SIGINT)
	w := p.wake.watch(unix.SIGINT, wakeInterrupt)
	return func() {
		w.stop()
		if ignored {
			signal.Ignore(unix.SIGINT)
		}
	}
}

func (p *plain) close() error { return nil }
