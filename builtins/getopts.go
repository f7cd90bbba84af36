package builtins

import (
	_ "embed" // the help page
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed getopts.md
var getoptsPage string

// getopts takes the next option off the positional parameters, or off the
// words given (XCU getopts). Where it stands is OPTIND and, inside a cluster
// of options, the session's Getopt offset.
func getopts(c *command.Call) int {
	words, bad := operands(c.Args)
	switch {
	case bad != "":
		return c.Usage("%s", bad)
	case len(words) < 2:
		return c.Usage("the options and a name are needed")
	case !session.Valid(words[1]):
		return c.Usage("%s is not a name", words[1])
	}
	g := optionWalk{spec: words[0], args: c.State.Params, at: c.State.Getopt()}
	if len(words) > 2 {
		g.args = words[2:]
	}
	if g.silent = strings.HasPrefix(g.spec, ":"); g.silent {
		g.spec = g.spec[1:]
	}
	index, ok := c.State.Number(session.OPTIND)
	if !ok || index < 1 {
		index = 1
	}
	g.index = int(index)
	g.step()
	if err := g.store(c.State, words[1]); err != nil {
		return c.Errorf(2, "%v", err)
	}
	if g.problem != "" {
		g.complain(c)
	}
	if g.end {
		return 1
	}
	return 0
}

// optionWalk is one step over the options.
type optionWalk struct {
	spec   string
	silent bool // the ":" in front: the script does the reporting
	args   []string

	index int // OPTIND: 1 is the first argument
	at    int // offset in that argument, 0 at its beginning

	end     bool
	name    string // what the variable becomes
	arg     string // what OPTARG becomes
	hasArg  bool
	problem string
}

// step finds the next option.
func (g *optionWalk) step() {
	g.name = "?"
	if g.index > len(g.args) || g.at >= len(g.args[g.index-1]) {
		g.at = 0
	}
	if g.at == 0 {
		if g.index > len(g.args) || len(g.args[g.index-1]) < 2 || g.args[g.index-1][0] != '-' {
			g.index, g.end = min(g.index, len(g.args)+1), true
			return
		}
		if g.args[g.index-1] == "--" {
			g.index, g.end = g.index+1, true
			return
		}
		g.at = 1
	}
	word := g.args[g.index-1]
	letter := word[g.at]
	g.at++
	i := strings.IndexByte(g.spec, letter)
	switch {
	case letter == ':' || i < 0:
		g.refuse("?", letter, "is not an option")
	case i+1 < len(g.spec) && g.spec[i+1] == ':':
		g.value(word, letter)
		return
	default:
		g.name = word[g.at-1 : g.at]
	}
	if g.at == len(word) {
		g.advance()
	}
}

// value takes the option-argument: the rest of the word or the next one.
func (g *optionWalk) value(word string, letter byte) {
	rest := word[g.at:]
	g.advance()
	switch {
	case rest != "":
		g.arg = rest
	case g.index <= len(g.args):
		g.arg = g.args[g.index-1]
		g.advance()
	default:
		g.refuse(":", letter, "needs a value")
		return
	}
	g.name, g.hasArg = string(rune(letter)), true
}

func (g *optionWalk) advance() { g.index, g.at = g.index+1, 0 }

// refuse is an option that there is not, or that lacks its argument: a silent
// getopts hands the letter to the script in OPTARG.
func (g *optionWalk) refuse(name string, letter byte, why string) {
	if g.silent {
		g.name, g.arg, g.hasArg = name, string(rune(letter)), true
		return
	}
	g.problem = "-" + string(rune(letter)) + " " + why
}

// store sets the variables.
func (g *optionWalk) store(s *session.Session, variable string) error {
	if err := s.SetNumber(session.OPTIND, int64(g.index)); err != nil {
		return err
	}
	s.SetGetopt(g.at) // behind the assignment, which resets it
	var err error
	if g.hasArg {
		err = s.Set(session.OPTARG, g.arg)
	} else {
		err = s.Unset(session.OPTARG)
	}
	if err != nil {
		return err
	}
	return s.SetName(variable, g.name)
}

// complain reports in the name of the script, which is what its user knows
// ($0, as POSIX asks), unless OPTERR is 0.
func (g *optionWalk) complain(c *command.Call) {
	if opterr, set := c.State.Get(session.OPTERR); set && opterr == "0" {
		return
	}
	writeError(c, c.State.Name+": "+g.problem+"\n")
}
