package shell

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/eval"
	"cosh/shell/history"
	"cosh/shell/session"
)

// startup runs the files that a shell reads before anything else: a login shell
// /etc/profile and ~/.profile (XCU sh leaves their names open; these are what
// every other shell reads), and an interactive one the file that ENV names. exit
// reports that one of them has ended the shell.
func startup(sh *eval.Shell, s *session.Session, inv *invocation) (exit bool) {
	if inv.login && !inv.noProfile {
		if sh.Startup("/etc/profile") {
			return true
		}
		if home, _ := s.Get(session.HOME); home != "" && sh.Startup(home+"/.profile") {
			return true
		}
	}
	if s.Options&session.Interactive == 0 || inv.noRC {
		return false
	}
	if inv.rcFile != "" {
		return sh.Startup(inv.rcFile)
	}
	text, _ := s.Get(session.ENV)
	if text == "" || unix.Getuid() != unix.Geteuid() || unix.Getgid() != unix.Getegid() {
		return false
	}
	return sh.Startup(sh.ExpandPrompt(text))
}

// bang expands the ! of PS1 to the number of the next line in the history, and
// !! to ! (XCU 2.5.3, PS1).
func bang(prompt string, number int) string {
	if strings.IndexByte(prompt, '!') < 0 {
		return prompt
	}
	var b strings.Builder
	for i := 0; i < len(prompt); i++ {
		switch {
		case prompt[i] != '!':
			b.WriteByte(prompt[i])
		case i+1 < len(prompt) && prompt[i+1] == '!':
			b.WriteByte('!')
			i++
		default:
			b.WriteString(strconv.Itoa(number))
		}
	}
	return b.String()
}

// historyPath is HISTFILE where it is set, "" for none, else the usual place.
func (p *prompter) historyPath() string {
	if path, ok := p.s.GetName("HISTFILE"); ok {
		return path
	}
	return history.DefaultPath(p.getenv)
}

// historySize is HISTSIZE where it is a number (XCU sh: no less than 128), else
// the usual limit.
func (p *prompter) historySize() int {
	if n, err := strconv.Atoi(p.getenv("HISTSIZE")); err == nil && n >= 0 {
		return max(n, 128)
	}
	return history.Limit
}

// remember enters a line in the history.
func (p *prompter) remember(text string) {
	if err := p.past.Append(text); err != nil {
		p.say("cosh: this line is not in the history file: " + err.Error())
	}
}

// callsFc reports a line that calls fc, which speaks of the lines before it.
func callsFc(text string) bool {
	words := strings.Fields(text)
	return len(words) > 0 && words[0] == "fc"
}

// listsOnly reports an fc -l: it is entered in the history, where an fc that
// edits leaves that to the commands it runs (XCU fc).
func listsOnly(text string) bool {
	for _, w := range strings.Fields(text)[1:] {
		if len(w) > 1 && w[0] == '-' && strings.Contains(w, "l") {
			return true
		}
	}
	return false
}
