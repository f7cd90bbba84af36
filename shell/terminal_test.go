package shell_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a cosh at a prompt.
type terminal struct {
	t      *testing.T
	master *os.File
	out    string // what it has written and was not yet expected
}

// atPrompt starts a shell on a pseudo-terminal, pty(7). Its prompt is "ready> ".
func atPrompt(t *testing.T, u someone) *terminal {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals: open /dev/ptmx: %v", err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals: %v", err)
	}
	keepOutput(t, slave)
	c := cosh(t, u)
	c.Env = append(c.Env, "PS1=ready> ", "TERM=dumb", "HISTFILE=/dev/null")
	c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
	c.SysProcAttr.Setsid, c.SysProcAttr.Setctty = true, true
	if err := slave.Chown(int(u.id), -1); err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	s := &terminal{t: t, master: os.NewFile(uintptr(fd), "/dev/ptmx")}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait(); _ = s.master.Close() })
	s.expect("ready> ")
	return s
}

// keepOutput sets NOFLSH: else the terminal throws away at Ctrl-C what was
// written and not yet read, and that may be a trap's answer to it (termios(3)).
func keepOutput(t *testing.T, tty *os.File) {
	t.Helper()
	modes, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
	if err == nil {
		modes.Lflag |= unix.NOFLSH
		err = unix.IoctlSetTermios(int(tty.Fd()), unix.TCSETS, modes)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// write types text.
func (s *terminal) write(text string) {
	s.t.Helper()
	if _, err := s.master.WriteString(text); err != nil {
		s.t.Fatal(err)
	}
}

// expect waits until want has been written.
func (s *terminal) expect(want string) {
	s.t.Helper()
	if err := s.await(want, 30*time.Second); err != nil {
		s.t.Fatalf("waiting for %q: %v; got %q", want, err, s.out)
	}
}

// press types something until want is written: a program that has just begun may
// come before the shell watches over it.
func (s *terminal) press(key, want string) {
	s.t.Helper()
	for range 150 {
		s.write(key)
		if s.await(want, 200*time.Millisecond) == nil {
			return
		}
	}
	s.t.Fatalf("pressing %q for %q; got %q", key, want, s.out)
}

func (s *terminal) await(want string, patience time.Duration) error {
	_ = s.master.SetReadDeadline(time.Now().Add(patience))
	for buf := make([]byte, 4096); ; {
		if _, rest, ok := strings.Cut(s.out, want); ok {
			s.out = rest
			return nil
		}
		n, err := s.master.Read(buf)
		if s.out += string(buf[:n]); err != nil && n == 0 {
			return err
		}
	}
}

// The marker is computed, so that the echo of the line is not taken for it.
const marked = `echo up$((1+1)); exec sleep 1000`

// Ctrl-C ends and Ctrl-Z stops what is isolated, though number 1 of a PID
// namespace gets neither signal from the terminal.
func TestKeysReachIsolated(t *testing.T) {
	for _, u := range users() {
		for _, command := range []string{
			`isolate sh -c '` + marked + `'`,
			`isolate { echo up$((1+1)); sleep 1000; echo never; }`,
			`isolate sh -c '` + marked + `' | cat`,
			`true | isolate sh -c '` + marked + `'`,
			`isolate { isolate sh -c '` + marked + `'; }`,
			`isolate --uts sh -c '` + marked + `'`,
			`f() { isolate --pid sh -c '` + marked + `'; }; f`,
		} {
			t.Run(u.name+": "+command, func(t *testing.T) {
				need(t, u, "isolate")
				s := atPrompt(t, u)
				s.write(command + "\n")
				s.expect("up2")
				s.press("\x1a", "Stopped (SIG") // Ctrl-Z
				s.expect("ready> ")
				s.write("fg\n")
				s.expect("fg\r\n")
				s.expect("isolate")
				s.press("\x03", "ready> ") // Ctrl-C
				s.write("echo st$((0))=$?; jobs; echo none$((0))\n")
				s.expect("st0=130\r\nnone0")
			})
		}
	}
}

// A program that catches the signal gets it, once for each key.
func TestKeysAreCaught(t *testing.T) {
	for _, u := range users() {
		t.Run(u.name, func(t *testing.T) {
			need(t, u, "isolate")
			s := atPrompt(t, u)
			s.write(`isolate sh -c 'trap "n=\$((n+1)); echo got\$n; [ \$n = 3 ] && exit 7" INT; echo up$((1+1)); while :; do sleep 0.02; done'` + "\n")
			s.expect("up2")
			for _, want := range []string{"got1", "got2", "got3"} {
				s.write("\x03")
				s.expect(want)
			}
			s.expect("ready> ")
			s.write("echo st$((0))=$?\n")
			s.expect("st0=7")
		})
	}
}

// Number 1 that reads the terminal from the background stops, as every job does.
func TestBackgroundReaderStops(t *testing.T) {
	for _, u := range users() {
		t.Run(u.name, func(t *testing.T) {
			need(t, u, "isolate")
			s := atPrompt(t, u)
			s.write("isolate cat &\n")
			s.expect("ready> ")
			s.press("jobs\n", "Stopped (SIGTTIN)")
			s.expect("ready> ")
			s.write("fg\n")
			s.expect("fg\r\nisolate cat\r\n")
			s.write("text\n")
			s.expect("text\r\ntext\r\n")
			s.write("\x04")
			s.expect("ready> ")
			s.write("echo st$((0))=$?\n")
			s.expect("st0=0")
		})
	}
}
