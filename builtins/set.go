package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/session"
)

//go:embed set.md
var setPage string

// onlyAtStart are the options that the command line alone gives.
const onlyAtStart = session.Interactive | session.OneCommand | session.StdinInput | session.FromString

// set changes options and positional parameters, or lists (XCU set).
func set(c *command.Call) int {
	if len(c.Args) == 0 {
		listAll(c)
		return 0
	}
	var r setRequest
	if status := r.parse(c, c.Args); status != 0 {
		return status
	}
	if r.on|r.off != 0 {
		c.Shell.SetOptions(r.on, r.off)
	}
	if r.braces != 0 {
		braces(c, r.braces == '-')
	}
	switch {
	case r.table:
		listOptions(c)
	case r.commands:
		listOptionCommands(c)
	}
	if r.replace {
		// Args are the evaluator's; the parameters outlive them.
		c.State.Params = append([]string(nil), r.params...)
	}
	return 0
}

// setRequest is a set command taken apart: everything is checked before
// anything changes.
type setRequest struct {
	on, off         session.Options
	braces          byte // '-' or '+' of -B, 0 without it
	table, commands bool // set -o, set +o
	params          []string
	replace         bool
}

func (r *setRequest) parse(c *command.Call, words []string) (status int) {
	for len(words) > 0 {
		word := words[0]
		switch {
		case word == "--":
			r.params, r.replace = words[1:], true
			return 0
		case word == "-": // as in bash and ksh: -v and -x end, "" of parameters changes nothing
			r.turn(session.Verbose|session.XTrace, false)
			r.params, r.replace = words[1:], len(words) > 1
			return 0
		case len(word) < 2 || word[0] != '-' && word[0] != '+':
			r.params, r.replace = words, true
			return 0
		}
		words = words[1:]
		if words, status = r.letters(c, word, words); status != 0 {
			return status
		}
	}
	return 0
}

// letters takes one word of options apart; each o takes a name from words.
func (r *setRequest) letters(c *command.Call, word string, words []string) (rest []string, status int) {
	on := word[0] == '-'
	for i := 1; i < len(word); i++ {
		letter := word[i]
		if letter == 'B' || letter == 'o' && len(words) > 0 && words[0] == "braceexpand" {
			braces(c, on)
			if letter == 'o' {
				words = words[1:]
			}
			continue
		}
		if letter == 'B' {
			r.braces = word[0]
			continue
		}
		if letter != 'o' {
			bit := session.OptionByLetter(letter)
			if bit == 0 || bit&onlyAtStart != 0 {
				return nil, c.Usage("%s is not an option", word[:1]+string(rune(letter)))
			}
			r.turn(bit, on)
			continue
		}
		if len(words) == 0 {
			r.table, r.commands = on, !on
			continue
		}
		if words[0] == "braceexpand" {
			r.braces, words = word[0], words[1:]
			continue
		}
		bit := session.OptionByName(words[0])
		if bit == 0 {
			return nil, c.Usage("%so %s is not an option%s", word[:1], words[0], perhaps(words[0], optionNames()))
		}
		r.turn(bit, on)
		words = words[1:]
	}
	return words, 0
}

func (r *setRequest) turn(bit session.Options, on bool) {
	if on {
		r.on, r.off = r.on|bit, r.off&^bit
	} else {
		r.on, r.off = r.on&^bit, r.off|bit
	}
}

// optionNames are the names that set -o knows.
func optionNames() []string {
	var list []string
	for i := range session.OptionNames {
		if name := session.OptionNames[i].Name; name != "" {
			list = append(list, name)
		}
	}
	return list
}

func listOptions(c *command.Call) {
	for _, name := range optionNames() {
		state := "off"
		if c.State.Options&session.OptionByName(name) != 0 {
			state = "on"
		}
		c.Printf("%-15s %s\n", name, state)
	}
}

func listOptionCommands(c *command.Call) {
	for _, name := range optionNames() {
		sign := "+"
		if c.State.Options&session.OptionByName(name) != 0 {
			sign = "-"
		}
		c.Print("set " + sign + "o " + name + "\n")
	}
}

// perhaps is "; did you mean X?" where one of the words is near, else "".
func perhaps(word string, among []string) string {
	if near := diag.Nearest(word, among); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}
