package shell

import (
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/eval"
	"cosh/shell/history"
	"cosh/shell/job"
	"cosh/shell/lang"
	"cosh/shell/prompt"
	"cosh/shell/session"
	"cosh/shell/term"
)

var errClosed = errors.New("standard input is closed")

// prompter is an interactive shell: it asks for commands and runs them.
type prompter struct {
	sh     *eval.Shell
	s      *session.Session
	term   *term.Terminal
	past   *history.History
	warned bool // of stopped jobs, at the last attempt to leave
}

// interact runs commands from a prompt until the user leaves.
func interact(sh *eval.Shell, s *session.Session, inv *invocation) int {
	p := &prompter{sh: sh, s: s}
	if tty, err := terminalFd(); err == nil {
		sh.JobControl()
		if t, err := job.TakeTerminal(tty); err == nil {
			sh.UseTerminal(t)
		} else {
			sh.SetOptions(0, session.Monitor)
		}
	}
	if startup(sh, s, inv) {
		return sh.Finish()
	}
	p.openHistory()
	t, err := term.Open(0, 2, term.Options{
		Getenv:     p.getenv,
		Incomplete: func(text string) bool { return lang.Incomplete(text, p.options()) },
		Prompt2:    func() string { v, _ := s.Get(session.PS2); return sh.ExpandPrompt(v) },
		History:    p.past,
	})
	if err != nil {
		return fatal(err)
	}
	p.term = t
	p.loop()
	_ = t.Close()
	return sh.Finish()
}

// terminalFd is the terminal on a descriptor that the script cannot close.
func terminalFd() (int, error) {
	for _, fd := range [...]int{2, 0} {
		if isTerminal(fd) {
			return unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 50)
		}
	}
	return -1, unix.ENOTTY
}

func (p *prompter) options() lang.Options {
	o := p.sh.LangOptions()
	o.Aliases = p.s.Aliases
	return o
}

func (p *prompter) loop() {
	for {
		for _, line := range p.sh.Jobs().Notices() {
			p.say(line)
		}
		text, err := p.term.ReadLine(p.prompt())
		switch {
		case errors.Is(err, term.ErrInterrupt):
			p.s.Status = 130
			continue
		case errors.Is(err, io.EOF):
			if p.s.Options&session.IgnoreEOF != 0 && isTerminal(0) {
				p.say("cosh: exit leaves the shell (set -o ignoreeof)")
				continue
			}
			if p.mayLeave() {
				p.say("")
				return
			}
			continue
		case err != nil:
			p.say("cosh: cannot read the terminal: " + err.Error())
			p.s.Status = 1
			return
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		fc := callsFc(text)
		if !fc {
			p.remember(text)
		}
		leave := p.run(text)
		if fc && listsOnly(text) {
			p.remember(text)
		}
		if leave {
			return
		}
	}
}

// run runs one text that was typed; exit reports that the shell is to end.
func (p *prompter) run(text string) (exit bool) {
	p.sh.ClearSignals()
	r := lang.NewTextReader("", text, p.options())
	for {
		r.SetAliases(p.s.Aliases)
		chunk, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			p.sh.Report(err)
			p.s.Status = 2
			break
		}
		if p.sh.RunInteractive(chunk) {
			if p.mayLeave() {
				return true
			}
			break
		}
		p.warned = false
	}
	return false
}

// mayLeave warns once of stopped jobs.
func (p *prompter) mayLeave() bool {
	if p.warned {
		return true
	}
	for _, j := range p.sh.Jobs().All() {
		if j.State() == job.Stopped {
			p.say("cosh: there are stopped jobs (jobs lists them); leave again to end them")
			p.warned = true
			return false
		}
	}
	return true
}

func (p *prompter) say(line string) { _, _ = os.Stderr.WriteString(line + "\n") }

// prompt is PS1 expanded, or the prompt that shows status, directory and
// boundaries.
func (p *prompter) prompt() string {
	if ps1, ok := p.s.Get(session.PS1); ok {
		return p.sh.ExpandPrompt(bang(ps1, p.past.Len()+1))
	}
	host, _ := os.Hostname()
	user := p.getenv("USER")
	if os.Geteuid() == 0 {
		user = "root"
	}
	return prompt.Render(prompt.Info{User: user, Host: host, Dir: p.s.Dir, Home: p.getenv("HOME"),
		Root: os.Geteuid() == 0, Status: p.s.Status, Boundaries: p.s.Boundaries, Color: prompt.Colors(p.getenv)})
}

func (p *prompter) getenv(name string) string { v, _ := p.s.GetName(name); return v }

// openHistory reads the history file. What a shell inside boundaries runs is
// kept too, where the file can be reached.
func (p *prompter) openHistory() {
	past, err := history.OpenSized(p.historyPath(), p.historySize())
	if err != nil && len(p.s.Boundaries) == 0 {
		p.say("cosh: the history is kept in memory only: " + err.Error())
	}
	p.past = past
	p.sh.UseHistory(past)
}
