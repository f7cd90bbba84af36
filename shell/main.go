// Package shell puts the parts together: it reads the command line, makes the
// session, and runs a script, a string, standard input or a prompt.
package shell

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/eval"
	"cosh/shell/files"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// Version is what cosh --version prints.
const Version = "0.1"

// Main runs cosh with the arguments argv and returns its exit status.
func Main(argv, environ []string, builtins command.Registry, host func(*isolation.Spec) (*isolation.Host, error)) (status int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "cosh: an internal error, please report it: %v\n%s", r, debug.Stack())
			status = 125
		}
	}()
	debug.SetGCPercent(400)
	names := session.NewNames()
	s := session.New(names)
	table := &files.Table{}
	config := eval.Config{Session: s, Files: table, Registry: builtins, Host: host, Wrappers: eval.Wrappers(builtins)}
	task, ok, err := eval.TakeOver(s, table)
	if ok {
		if err != nil {
			return fatal(err)
		}
		unix.Umask(0)
		sh := eval.New(config)
		sh.OwnSignals()
		sh.BeInit()
		if task.Interactive {
			s.Options |= session.Interactive
			return interact(sh, s, &invocation{})
		}
		sh.RunTask(task)
		return sh.Finish()
	}
	inv, err := parseArgs(argv)
	if err != nil {
		return fatal(err)
	}
	if inv.help || inv.version {
		fmt.Println(about(inv.help))
		return 0
	}
	table.Inherit()
	begin(s, &inv, environ)
	sh := eval.New(config)
	sh.OwnSignals()
	return run(sh, s, &inv)
}

// begin fills a fresh session from the environment and the command line.
func begin(s *session.Session, inv *invocation, environ []string) {
	s.Umask = unix.Umask(0)
	s.Import(environ)
	s.Name, s.Params = inv.name, inv.params
	s.Options = inv.on &^ inv.off
	s.Traps.Ignored = ignoredOnEntry()
	s.Pid, s.Parent = os.Getpid(), os.Getppid()
	_ = s.Set(session.PPID, strconv.Itoa(s.Parent))
	s.Mark(session.PPID, session.Readonly)
	_ = s.Set(session.IFS, " \t\n")
	s.Unmark(session.IFS, session.Exported)
	_ = s.Set(session.OPTIND, "1")
	s.Dir = workingDir(s)
	_ = s.Set(session.PWD, s.Dir)
	setDefault(s, session.PS1, "")
	setDefault(s, session.PS2, "> ")
	setDefault(s, session.PS4, "+ ")
	setExtensions(s)
	if soft, hard := launch.OriginalNofile(); soft != 0 {
		s.Rlimits = []isolation.Rlimit{{Resource: unix.RLIMIT_NOFILE, Soft: soft, Hard: hard}}
	}
}

func setDefault(s *session.Session, id session.ID, text string) {
	if _, ok := s.Get(id); !ok && text != "" {
		_ = s.Set(id, text)
	}
}

// workingDir is $PWD when it names the working directory, else the physical
// path (XCU 2.5.3).
func workingDir(s *session.Session) string {
	pwd, _ := s.Get(session.PWD)
	if strings.HasPrefix(pwd, "/") && !strings.Contains(pwd+"/", "/./") && !strings.Contains(pwd+"/", "/../") {
		var a, b unix.Stat_t
		if unix.Stat(pwd, &a) == nil && unix.Stat(".", &b) == nil && a.Dev == b.Dev && a.Ino == b.Ino {
			return pwd
		}
	}
	buf := make([]byte, unix.PathMax)
	n, err := unix.Getcwd(buf)
	if err != nil || n < 1 || buf[0] != '/' {
		return "/"
	}
	return string(buf[:n-1])
}

// run runs what the command line asks for.
func run(sh *eval.Shell, s *session.Session, inv *invocation) int {
	if inv.on&session.StdinInput != 0 && (inv.on&session.Interactive != 0 || isTerminal(0) && isTerminal(2)) {
		s.Options |= session.Interactive
		return interact(sh, s, inv)
	}
	if startup(sh, s, inv) {
		return sh.Finish()
	}
	o := sh.LangOptions()
	switch {
	case inv.on&session.FromString != 0:
		sh.RunReader(lang.NewTextReader("", inv.command, o))
	case inv.script != "" && s.Options&session.NoExec != 0 && s.Options&session.Posix == 0:
		s.Status = check(sh, append([]string{inv.script}, inv.params...))
	case inv.script != "":
		return runScript(sh, s, inv.script)
	default:
		sh.RunReader(lang.NewReader("", stdinLines(sh), o))
	}
	return sh.Finish()
}

// runScript runs a file; one that cannot be read is 127 or 126 (XCU sh).
func runScript(sh *eval.Shell, s *session.Session, path string) int {
	text, err := os.ReadFile(path)
	if err != nil {
		status := 126
		if os.IsNotExist(err) {
			status = 127
		}
		return fatal(&diag.Problem{What: "cannot open " + path + ": " + diag.Errno(err), Status: status})
	}
	if line, _, _ := bytes.Cut(text, []byte{'\n'}); bytes.IndexByte(line, 0) >= 0 {
		return fatal(&diag.Problem{What: path + ": is a program, not a script", Status: 126, Try: "cosh -c " + path})
	}
	s.Script = path
	sh.RunReader(lang.NewTextReader(path, string(text), sh.LangOptions()))
	return sh.Finish()
}

// stdinLines reads commands from descriptor 0 one line at a time, so that the
// commands themselves find the rest.
func stdinLines(sh *eval.Shell) func() (string, error) {
	var buf []byte
	return func() (string, error) {
		f := sh.Files().Get(0)
		if f == nil {
			return "", errClosed
		}
		line, err := f.ReadThrough('\n', buf)
		text := string(line)
		if text != "" {
			err = nil
			if sh.Options&session.Verbose != 0 {
				if e := sh.Files().Get(2); e != nil {
					_, _ = e.Write(line)
				}
			}
		}
		return text, err
	}
}

func isTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	return err == nil
}

// fatal reports an error that comes before any session.
func fatal(err error) int {
	status := 2
	text := "cosh: " + err.Error() + "\n"
	if p, ok := err.(*diag.Problem); ok {
		text = p.Render("cosh")
		if p.Status != 0 {
			status = p.Status
		}
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	fmt.Fprint(os.Stderr, text)
	return status
}

func about(help bool) string {
	if !help {
		return "cosh " + Version
	}
	return `cosh [OPTION…] [FILE [ARG…]]      run a script
cosh [OPTION…] -c TEXT [NAME [ARG…]]  run a text
cosh [OPTION…] [-s [ARG…]]         read standard input; a prompt on a terminal
cosh -n FILE|DIRECTORY…            check scripts, run nothing

  -a -b -C -e -f -h -m -n -u -v -x   options of set; + turns one off
  -o NAME                            an option by name (set -o lists them)
  -i   be interactive     -s   read standard input     -l   be a login shell
  --posix   no extensions, as when called by the name sh
  --norc --noprofile --rcfile FILE --version --help

At the prompt: help lists the builtins, help NAME explains one.`
}
