package builtins

import (
	_ "embed" // the help page
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
	"cosh/shell/signals"
)

//go:embed trap.md
var trapPage string

var trapFlags = []command.Flag{
	{Name: "print", Letter: 'p', Help: "list the actions, of the conditions named or of all, so that they can be read again"},
	{Name: "list", Letter: 'l', Help: "list the signals"},
}

// trap says what to do when a signal arrives or the shell exits (XCU trap). An
// unknown condition is status 1 and no more, whatever the rule for special
// builtins; one that was ignored when the shell began stays so without a word.
func trap(c *command.Call) int {
	o := options{flags: trapFlags, words: c.Args}
	show := len(c.Args) == 0
	for o.next() {
		if o.letter == 'l' {
			return listSignals(c)
		}
		show = true
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	args := o.words
	switch {
	case show:
		return showTraps(c, args)
	case len(args) == 0: // trap --
		return showTraps(c, nil)
	case unsigned(args[0]):
		return setTraps(c, "-", args)
	case len(args) > 1:
		return setTraps(c, args[0], args[1:])
	}
	if _, ok := condition(args[0]); ok { // trap INT, as in bash and dash
		return setTraps(c, "-", args)
	}
	return c.Usage("%s is not a condition, and none follows it", args[0])
}

// unsigned reports that s is made of digits alone.
func unsigned(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func setTraps(c *command.Call, action string, conditions []string) int {
	status := 0
	for _, word := range conditions {
		cond, ok := condition(word)
		if !ok {
			status = c.Errorf(1, "%s is not a signal%s", word, perhaps(strings.ToUpper(word), signalNames()))
			continue
		}
		if c.State.Traps.Ignored&mask(cond) != 0 && c.State.Options&session.Interactive == 0 {
			continue
		}
		if action == "-" {
			c.State.Traps.Reset(cond)
		} else {
			c.State.Traps.Set(cond, action)
		}
		c.Shell.TrapChanged(cond)
	}
	return status
}

// mask is the bit of a signal in a set of signals, 0 for EXIT.
func mask(cond int) uint64 {
	if cond == 0 {
		return 0
	}
	return 1 << (cond - 1)
}

// showTraps lists the conditions named, or every one that has an action. Of
// those named the ones without an action are shown as "-".
func showTraps(c *command.Call, conditions []string) int {
	if len(conditions) == 0 {
		c.State.Traps.Show(func(cond int, action string) { printTrap(c, cond, action) })
		return 0
	}
	status := 0
	for _, word := range conditions {
		cond, ok := condition(word)
		if !ok {
			status = c.Errorf(1, "%s is not a signal%s", word, perhaps(strings.ToUpper(word), signalNames()))
			continue
		}
		found := false
		c.State.Traps.Show(func(n int, action string) {
			if n == cond {
				found = true
				printTrap(c, n, action)
			}
		})
		if !found {
			c.Print("trap -- - " + conditionName(cond) + "\n")
		}
	}
	return status
}

func printTrap(c *command.Call, cond int, action string) {
	out := appendQuoted(append(c.Out(), "trap -- "...), action)
	out = append(append(out, ' '), conditionName(cond)...)
	c.SetOut(append(out, '\n'))
}

// condition is the number of a signal, EXIT, ERR, DEBUG or RETURN.
func condition(word string) (int, bool) {
	switch strings.TrimPrefix(strings.ToUpper(word), "SIG") {
	case "ERR":
		return session.TrapErr, true
	case "DEBUG":
		return session.TrapDebug, true
	case "RETURN":
		return session.TrapReturn, true
	}
	return signals.Number(word)
}

func conditionName(n int) string {
	switch n {
	case session.TrapErr:
		return "ERR"
	case session.TrapDebug:
		return "DEBUG"
	case session.TrapReturn:
		return "RETURN"
	}
	return signals.Name(n)
}
