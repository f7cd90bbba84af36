package term

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
)

// TestSession types at a real terminal: each step waits for a prompt, types
// keys, and waits for what the loop says.
func TestSession(t *testing.T) {
	type step struct{ keys, want string }
	for _, tt := range []struct {
		about string
		steps []step
	}{
		{"a line", []step{{"ab\r", `got "ab"`}}},
		{"an empty line", []step{{"\r", `got ""`}, {"x\r", `got "x"`}}},
		{"editing", []step{{"ac\x1b[Db\x1b[1~x\x1bOFy\r", `got "xabcy"`}}},
		{"wide characters", []step{{"日本\x1b[D語\r", `got "日語本"`}}},
		{"Ctrl-C gives a new prompt", []step{{"ab" + ctrlC, "interrupted"}, {"c\r", `got "c"`}}},
		{"Delete on an empty line does nothing", []step{{"\x1b[3~a\r", `got "a"`}}},
		{"Ctrl-Z and Ctrl-\\ do nothing", []step{{"a\x1a\x1cb\r", `got "ab"`}}},
		{"Tab, Ctrl-R, Ctrl-S, unknown keys", []step{{"a\t\x13\x1b[15~\x1b[99;99Zb\r", `got "ab"`}}},
		{"several lines", []step{{"a {\rb }\r", `got "a {\nb }"`}}},
		{"history, a block recalled whole", []step{{"\x1b[A\r", `got "two {\nlines }"`}, {"\x12fir\r", `got "first"`}}},
		{"a paste runs nothing by itself", []step{{"\x1b[200~a\rb\r\x1b[201~c\r", `got "a\nb\nc"`}}},
		{"type-ahead is the next command's", []step{{"take\rfor the child\rx\r", `took "for the child\n"`}, {"", `got "x"`}}},
		{"type-ahead while a command runs", []step{{"wait\rab\rcd\r", "waited"}, {"", `got "ab"`}, {"", `got "cd"`}}},
		{"a line a keystroke away from the next", []step{{"a\rb\rc\r", `got "a"`}, {"", `got "b"`}, {"", `got "c"`}}},
	} {
		t.Run(tt.about, func(t *testing.T) {
			t.Parallel()
			s := startLoop(t, "xterm", 80)
			for i, step := range tt.steps {
				s.expect(fmt.Sprintf("%d$ ", i+1))
				s.typeKeys(step.keys)
				s.expect(step.want)
			}
			s.expect("$ ")
			s.typeKeys(ctrlD)
			s.expectEnd()
		})
	}
}

func TestScreenOnPty(t *testing.T) {
	s := startLoop(t, "xterm", 20)
	v := newVT(20, 24)
	s.expect("1$ ")
	s.typeKeys("part\r")
	s.expect("2$ ")
	s.typeKeys("0123456789abcdefghij\x1b[D\x1b[D日\r")
	s.expect("got")
	s.expect("3$ ")
	s.typeKeys(ctrlD)
	s.expectEnd()
	v.write(string(s.out))
	want := strings.Join([]string{"1$ part", "part⏎", "2$ 0123456789abcdefg", "h日ij", `got "0123456789abcde`, `fgh日ij"`, "3$", "eof <nil>"}, "\n")
	if got := v.String(); got != want {
		t.Errorf("screen shows\n%s\nwant\n%s", got, want)
	}
}

// While a line is read the terminal is raw, but CR becomes NL; before and
// after it is as the user had it.
func TestModes(t *testing.T) {
	s := startLoop(t, "xterm", 80)
	before := s.modes()
	s.expect("1$ ")
	raw := s.modes()
	if raw.Lflag&(unix.ICANON|unix.ECHO|unix.ISIG) != 0 || raw.Iflag&unix.ICRNL == 0 || raw.Oflag&unix.OPOST == 0 {
		t.Errorf("reading with %+v", raw)
	}
	s.typeKeys("wait\r")
	s.expect(pasteOff)
	if before.Lflag&unix.ICANON == 0 { // the loop had begun before we looked
		before.Lflag |= unix.ICANON | unix.ECHO | unix.ISIG | unix.IEXTEN
	}
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		m := s.modes()
		if m.Lflag&(unix.ICANON|unix.ECHO|unix.ISIG|unix.IEXTEN) == unix.ICANON|unix.ECHO|unix.ISIG|unix.IEXTEN {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("after the line %+v", m)
		}
	}
	s.expect("waited")
	s.expect("$ ")
	s.typeKeys(ctrlD)
	s.expectEnd()
}

func TestResize(t *testing.T) {
	s := startLoop(t, "xterm", 40)
	s.expect("1$ ")
	s.typeKeys("0123456789")
	s.expect("0123456789")
	if err := unix.IoctlSetWinsize(int(s.master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 10}); err != nil {
		t.Fatal(err)
	}
	s.expect("1$ 0123456\r\r\n\x1b[K789") // drawn anew without a key
	s.typeKeys("x\r")
	s.expect(`got "0123456789x"`)
	s.expect("2$ ")
	s.typeKeys(ctrlD)
	s.expectEnd()
}

func TestHangup(t *testing.T) {
	s := startLoop(t, "xterm", 40)
	s.expect("1$ ")
	s.master.Close()
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case <-done: // by SIGHUP, or at the end of input
	case <-time.After(20 * time.Second):
		t.Error("the loop goes on without a terminal")
	}
}

// A terminal that went away between two lines ends the input, or is an error; it never hangs.
func TestGone(t *testing.T) {
	master, slave := openPty(t)
	defer slave.Close()
	fd := int(slave.Fd())
	term, err := Open(fd, fd, Options{Getenv: func(string) string { return "xterm" }})
	if err != nil {
		t.Fatal(err)
	}
	master.Close()
	for range 2 {
		if line, err := term.ReadLine("$ "); err == nil || err == ErrInterrupt {
			t.Errorf("got %q, %v", line, err)
		}
	}
	if err := term.Close(); err != nil {
		t.Error(err)
	}
}

func TestDumbTerminal(t *testing.T) {
	s := startLoop(t, "dumb", 80)
	s.expect("1$ ")
	s.typeKeys("ab\n")
	s.expect(`got "ab"`)
	s.expect("2$ ")
	s.typeKeys("a {\n")
	s.expect("> ")
	s.typeKeys("b }\n")
	s.expect(`got "a {\nb }"`)
	s.expect("3$ ")
	s.typeKeys("take\nfor the child\n")
	s.expect(`took "for the child\n"`)
	s.expect("4$ ")
	s.typeKeys("ab" + ctrlC)
	s.expect("interrupted")
	s.expect("5$ ")
	s.typeKeys(ctrlD)
	s.expectEnd()
	if strings.Contains(string(s.out), "\x1b") {
		t.Errorf("escape sequences for a dumb terminal: %q", s.out)
	}
}

// What is no terminal is read line by line to the byte: the rest is for others.
func TestPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w.WriteString("one\ntwo {\n}\nrest\nlast")
	w.Close()
	term, err := Open(int(r.Fd()), devNull(t), Options{Incomplete: func(s string) bool { return strings.HasSuffix(s, "{") }})
	if err != nil {
		t.Fatal(err)
	}
	defer term.Close()
	for _, want := range []string{"one", "two {\n}"} {
		if got, err := term.ReadLine("$ "); got != want || err != nil {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
	b := make([]byte, 5)
	if _, err := io.ReadFull(r, b); err != nil || string(b) != "rest\n" {
		t.Errorf("left for others: %q, %v", b, err)
	}
	if got, err := term.ReadLine("$ "); got != "last" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := term.ReadLine("$ "); err != io.EOF {
		t.Errorf("got %v at the end", err)
	}
}

func devNull(t *testing.T) int {
	t.Helper()
	f, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return int(f.Fd())
}

// Opened, used and closed in this process: nothing is left behind, and
// Interrupt ends a read.
func TestCloseLeavesNothing(t *testing.T) {
	master, slave := openPty(t)
	defer master.Close()
	defer slave.Close()
	goroutines, descriptors := runtime.NumGoroutine(), countDescriptors(t)
	fd := int(slave.Fd())
	for range 3 {
		term, err := Open(fd, fd, Options{Getenv: func(string) string { return "xterm" }})
		if err != nil {
			t.Fatal(err)
		}
		master.WriteString("ab\r")
		if got, err := term.ReadLine("$ "); got != "ab" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
		time.AfterFunc(20*time.Millisecond, term.Interrupt)
		if _, err := term.ReadLine("$ "); err != ErrInterrupt {
			t.Errorf("got %v after Interrupt", err)
		}
		if err := term.Close(); err != nil {
			t.Error(err)
		}
	}
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > goroutines+1; time.Sleep(time.Millisecond) { // os/signal keeps one
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines before, %d after\n%s", goroutines, runtime.NumGoroutine(), buf[:runtime.Stack(buf, true)])
		}
	}
	if n := countDescriptors(t); n != descriptors {
		t.Errorf("%d descriptors before, %d after", descriptors, n)
	}
}

func countDescriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}
