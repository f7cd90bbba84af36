package builtins

import (
	_ "embed" // the help page
	"errors"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/job"
	"cosh/shell/signals"
)

//go:embed kill.md
var killPage string

var killFlags = []command.Flag{
	{Name: "signal", Letter: 's', Arg: "NAME", Help: "the signal to send; TERM when none is named"},
	{Name: "number", Letter: 'n', Arg: "NUMBER", Help: "the signal by number"},
	{Name: "list", Letter: 'l', Help: "list the signals, or translate exit statuses, numbers and names"},
}

// kill sends a signal to processes, process groups and jobs (XCU kill).
func kill(c *command.Call) int {
	sig, targets, list, problem := killWords(c.Args)
	switch {
	case problem != "":
		return c.Usage("%s", problem)
	case list && len(targets) == 0:
		return listSignals(c)
	case list:
		return translateSignals(c, targets)
	case len(targets) == 0:
		return c.Usage("the process or job is missing")
	}
	status := 0
	for _, target := range targets {
		if err := killTarget(c, target, sig); err != nil {
			status = c.Errorf(1, "%s", err)
		}
	}
	return status
}

// killWords takes the options off: -s NAME, -n NUMBER, -l, and the old -NAME
// and -NUMBER.
func killWords(words []string) (sig int, targets []string, list bool, problem string) {
	sig = int(unix.SIGTERM)
	if len(words) == 0 || len(words[0]) < 2 || words[0][0] != '-' {
		return sig, words, false, ""
	}
	word, rest := words[0], words[1:]
	name := word[1:]
	switch {
	case word == "--":
		return sig, rest, false, ""
	case word == "-l" || word == "-L":
		return sig, rest, true, ""
	case word == "-s" || word == "-n":
		if len(rest) == 0 {
			return 0, nil, false, word + " needs a signal"
		}
		name, rest = rest[0], rest[1:]
	case name[0] == 's' && !knownSignal(name) && knownSignal(name[1:]):
		name = name[1:] // -sTERM
	}
	sig, ok := signals.Number(name)
	if !ok || strings.EqualFold(name, "EXIT") {
		return 0, nil, false, name + " is not a signal" + perhaps(strings.ToUpper(strings.TrimPrefix(name, "SIG")), signalNames())
	}
	if len(rest) > 0 && rest[0] == "--" {
		rest = rest[1:]
	}
	return sig, rest, false, ""
}

func knownSignal(name string) bool {
	_, ok := signals.Number(name)
	return ok
}

// killTarget signals a job (%n), a process, or a group (a negative number; 0
// is the shell's own).
func killTarget(c *command.Call, target string, sig int) error {
	if strings.HasPrefix(target, "%") {
		j, err := c.Shell.Jobs().Find(target)
		if err != nil {
			return err
		}
		return killJob(c, j, target, sig)
	}
	pid, err := strconv.Atoi(target)
	if err != nil {
		return errors.New(target + " is not a process or a job: kill 1234, kill %1")
	}
	if j := c.Shell.Jobs().ByPid(pid); j != nil {
		if j.Poll(); j.State() == job.Done {
			// Gone, as far as a script can tell: while kill -0 $!; do …; done ends.
			return because(target, unix.ESRCH)
		}
	}
	return because(target, c.Shell.Signal(pid, sig))
}

// killJob signals a job's process group. A stopped job is continued behind a
// signal that is to end it, as bash does: else nothing would seem to happen.
func killJob(c *command.Call, j *job.Job, name string, sig int) error {
	send := func(sig int) error {
		if j.Group != 0 {
			return c.Shell.Signal(-j.Group, sig)
		}
		var last error
		for _, p := range j.Procs {
			if p.State != job.Done {
				if err := c.Shell.Signal(p.Pid(), sig); err != nil {
					last = err
				}
			}
		}
		return last
	}
	j.Poll()
	stopped := j.State() == job.Stopped
	if err := send(sig); err != nil {
		return because(name, err)
	}
	if stopped && (sig == int(unix.SIGTERM) || sig == int(unix.SIGHUP)) {
		return because(name, send(int(unix.SIGCONT)))
	}
	return nil
}

func because(target string, err error) error {
	switch err {
	case nil:
		return nil
	case unix.ESRCH:
		return errors.New(target + ": no such process")
	case unix.EPERM:
		return errors.New(target + ": it belongs to another user: not permitted")
	}
	return errors.New(target + ": " + err.Error())
}

// lastStandard is the highest signal that is not a real-time one.
const lastStandard = 31

// signalNames are the names of the standard signals.
func signalNames() []string {
	list := make([]string, 0, lastStandard)
	for n := 1; n <= lastStandard; n++ {
		list = append(list, signals.Name(n))
	}
	return list
}

// listSignals prints the names, a line each.
func listSignals(c *command.Call) int {
	for _, name := range signalNames() {
		c.Print(name + "\n")
	}
	for _, n := range [...]int{34, signals.Max} {
		c.Print(signals.Name(n) + "\n")
	}
	return 0
}

// translateSignals prints the name for a number or an exit status above 128,
// and the number for a name.
func translateSignals(c *command.Call, words []string) int {
	status := 0
	for _, word := range words {
		n, err := strconv.Atoi(word)
		if err == nil && n > 128 {
			n -= 128
		}
		number, known := signals.Number(word)
		switch {
		case err == nil && n >= 0 && n <= signals.Max:
			c.Print(signals.Name(n) + "\n")
		case err != nil && known:
			c.Print(strconv.Itoa(number) + "\n")
		default:
			status = c.Errorf(1, "%s is neither a signal nor the status of a command that one ended", word)
		}
	}
	return status
}
