package builtins

import (
	_ "embed" // the help page
	"fmt"

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed shopt.md
var shoptPage string

var shoptFlags = []command.Flag{
	{Name: "set", Letter: 's', Help: "turn the options on"},
	{Name: "unset", Letter: 'u', Help: "turn the options off"},
	{Name: "quiet", Letter: 'q', Help: "write nothing: the status tells"},
	{Name: "print", Letter: 'p', Help: "write commands that can be run again"},
	{Name: "set-o", Letter: 'o', Help: "the options of set -o"},
}

// shoptRequest is a shopt command taken apart.
type shoptRequest struct {
	on, off, quiet, print, setO bool
}

// shopt turns bash's further options on and off, or lists them. The status is
// 1 for a name that is no option and when one of those asked for is off.
func shopt(c *command.Call) int {
	var r shoptRequest
	o := options{flags: shoptFlags, words: c.Args}
	for o.next() {
		switch o.letter {
		case 's':
			r.on = true
		case 'u':
			r.off = true
		case 'q':
			r.quiet = true
		case 'p':
			r.print = true
		case 'o':
			r.setO = true
		}
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	if r.on && r.off {
		return c.Errorf(1, "-s and -u at once say nothing")
	}
	if len(o.words) == 0 {
		r.list(c)
		return 0
	}
	status := 0
	for _, name := range o.words {
		if !r.one(c, name) {
			status = 1
		}
	}
	return status
}

// one sets or shows one option; false is a status of 1.
func (r *shoptRequest) one(c *command.Call, name string) bool {
	now, ok := r.get(c.State, name)
	switch {
	case !ok:
		c.Errorf(1, "%s is not an option%s", name, perhaps(name, r.names()))
		return false
	case r.on || r.off:
		r.turn(c, name, r.on)
		return true
	}
	r.show(c, name, now)
	return now
}

// list shows all options; with -s or -u those that are on or off.
func (r *shoptRequest) list(c *command.Call) {
	for _, name := range r.names() {
		now, _ := r.get(c.State, name)
		if r.on && !now || r.off && now {
			continue
		}
		r.show(c, name, now)
	}
}

func (r *shoptRequest) show(c *command.Call, name string, on bool) {
	switch {
	case r.quiet:
	case r.print && r.setO:
		c.Print("set " + word(on, "-", "+") + "o " + name + "\n")
	case r.print:
		c.Print("shopt " + word(on, "-s ", "-u ") + name + "\n")
	default:
		c.Print(fmt.Sprintf("%-15s\t%s\n", name, word(on, "on", "off")))
	}
}

func word(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

func (r *shoptRequest) names() []string {
	if r.setO {
		return optionNames()
	}
	list := make([]string, len(session.ShoptNames))
	for i := range session.ShoptNames {
		list[i] = session.ShoptNames[i].Name
	}
	return list
}

func (r *shoptRequest) get(s *session.Session, name string) (on, ok bool) {
	if r.setO {
		bit := session.OptionByName(name)
		return s.Options&bit != 0, bit != 0
	}
	bit := session.ShoptByName(name)
	return s.Shopts&bit != 0, bit != 0
}

func (r *shoptRequest) turn(c *command.Call, name string, on bool) {
	switch bit := session.ShoptByName(name); {
	case r.setO && on:
		c.Shell.SetOptions(session.OptionByName(name), 0)
	case r.setO:
		c.Shell.SetOptions(0, session.OptionByName(name))
	case on:
		c.State.Shopts |= bit
	default:
		c.State.Shopts &^= bit
	}
}

// braces turns brace expansion, set -B, on and off.
func braces(c *command.Call, on bool) {
	c.State.Shopts |= session.NoBraces
	if on {
		c.State.Shopts &^= session.NoBraces
	}
}
