package term

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const loopEnv = "COSH_TERM_LOOP"

func TestMain(m *testing.M) {
	if os.Getenv(loopEnv) != "" {
		os.Exit(loop())
	}
	os.Exit(m.Run())
}

// loop is the shell of these tests, in a process of its own: it reads lines
// and says what it got. The line "take" reads one line itself, as a command would.
func loop() int {
	t, err := Open(0, 2, Options{
		Getenv:     os.Getenv,
		Incomplete: func(s string) bool { return strings.Count(s, "{") > strings.Count(s, "}") },
		Prompt2:    func() string { return "> " },
		History:    &pastLines{"first", "two {\nlines }"},
	})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for n := 1; ; n++ {
		line, err := t.ReadLine(fmt.Sprintf("%d$ ", n))
		switch {
		case err == ErrInterrupt:
			fmt.Println("interrupted")
		case err == io.EOF:
			fmt.Println("eof", t.Close())
			return 0
		case err != nil:
			fmt.Println(err)
			return 1
		case line == "take":
			fmt.Printf("took %q\n", takeLine())
		case line == "wait":
			time.Sleep(300 * time.Millisecond)
			fmt.Println("waited")
		case line == "part":
			fmt.Print("part")
		default:
			fmt.Printf("got %q\n", line)
		}
	}
}

// takeLine reads as POSIX has it for sh and read: no byte beyond the newline.
func takeLine() string {
	var line []byte
	for b := make([]byte, 1); len(line) == 0 || b[0] != '\n'; {
		if n, err := unix.Read(0, b); n != 1 {
			return fmt.Sprint(n, err)
		}
		line = append(line, b[0])
	}
	return string(line)
}

// pastLines is a History.
type pastLines []string

func (p *pastLines) Len() int        { return len(*p) }
func (p *pastLines) At(i int) string { return (*p)[i] }
func (p *pastLines) Search(text string, before int) (int, bool) {
	for i := before - 1; i >= 0; i-- {
		if strings.Contains((*p)[i], text) {
			return i, true
		}
	}
	return 0, false
}

// session is a loop on a pseudo-terminal.
type session struct {
	t      *testing.T
	master *os.File
	cmd    *exec.Cmd
	out    []byte // all output so far
	seen   int    // how much of it was expected already
}

func startLoop(t *testing.T, term string, columns uint16) *session {
	t.Helper()
	master, slave := openPty(t)
	if err := unix.IoctlSetWinsize(int(master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), loopEnv+"=1", "TERM="+term)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	slave.Close()
	s := &session{t: t, master: master, cmd: cmd}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait(); master.Close() })
	return s
}

// openPty opens a new pseudo-terminal, pty(7).
func openPty(t *testing.T) (master, slave *os.File) {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals: open /dev/ptmx: %v", err)
	}
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	master = os.NewFile(uintptr(fd), "/dev/ptmx")
	slave, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals: %v", err)
	}
	return master, slave
}

func (s *session) typeKeys(keys string) {
	s.t.Helper()
	if _, err := s.master.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// expect waits until the output holds want, behind what was expected before.
func (s *session) expect(want string) {
	s.t.Helper()
	s.master.SetReadDeadline(time.Now().Add(20 * time.Second))
	buf := make([]byte, 4096)
	for {
		if i := strings.Index(string(s.out[s.seen:]), want); i >= 0 {
			s.seen += i + len(want)
			return
		}
		n, err := s.master.Read(buf)
		s.out = append(s.out, buf[:n]...)
		if err != nil {
			s.t.Fatalf("waiting for %q: %v; got %q", want, err, s.out[s.seen:])
		}
	}
}

// expectEnd waits for the end of the loop and of its output.
func (s *session) expectEnd() {
	s.t.Helper()
	s.expect("eof <nil>")
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("loop: %v", err)
	}
}

func (s *session) modes() *unix.Termios {
	s.t.Helper()
	m, err := unix.IoctlGetTermios(int(s.master.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}
