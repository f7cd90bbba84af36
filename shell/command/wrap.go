package command

import (
	"errors"
	"strings"

	"cosh/isolation"
	"cosh/shell/session"
)

var errClosed = errors.New("standard output is closed")

// Wrap is one wrapper's turn in the fold of `limit … isolate … cmd` into one
// Spec: Apply reads its own options and operands off the front of Words,
// writes what they ask for into Spec, and leaves the rest.
type Wrap struct {
	Name  string
	Spec  *isolation.Spec
	Words []string
	// Block: a { block } follows, so Words may end up empty.
	Block bool
	State *session.Session
	// Boundaries are what a shell inside shows in its prompt: "pid,mount,net",
	// "image alpine", "memory 64M". Apply adds to it.
	Boundaries []string
}

// Flag is one declared option of a builtin.
type Flag struct {
	// Name is the long name without dashes; Letter a one-letter form or 0.
	Name   string
	Letter byte
	// Arg names the value in help ("SIZE"); "" for a switch.
	Arg string
	// Help is one line.
	Help string
}

// Parsed is one option as it was given.
type Parsed struct {
	Flag  *Flag
	Word  string // as typed, for messages: "--memory=64M"
	Value string
}

// FlagError is a word that is not an option of the command, or an option
// without its value.
type FlagError struct {
	Word string
	Why  string // "is not an option", "needs a value: --memory SIZE"
	// Among are the names of all options, for a suggestion.
	Among []string
}

func (e *FlagError) Error() string { return e.Word + " " + e.Why }

// ParseFlags reads options off the front of words: --name, --name=value,
// --name value, -x, -x value. "--" ends them. The first word that is not an
// option ends them too.
func ParseFlags(flags []Flag, words []string) (given []Parsed, rest []string, err error) {
	for len(words) > 0 {
		w := words[0]
		if w == "--" {
			return given, words[1:], nil
		}
		if len(w) < 2 || w[0] != '-' {
			break
		}
		name, value, inline := strings.Cut(w, "=")
		f := find(flags, name)
		if f == nil {
			return given, words, &FlagError{Word: w, Why: "is not an option", Among: names(flags)}
		}
		words = words[1:]
		switch {
		case f.Arg == "" && inline:
			return given, words, &FlagError{Word: w, Why: "takes no value"}
		case f.Arg != "" && !inline:
			if len(words) == 0 {
				return given, words, &FlagError{Word: w, Why: "needs a value: " + w + " " + f.Arg}
			}
			value, words = words[0], words[1:]
			w += " " + value
		}
		given = append(given, Parsed{f, w, value})
	}
	return given, words, nil
}

func find(flags []Flag, word string) *Flag {
	for i := range flags {
		f := &flags[i]
		if word == "--"+f.Name || len(word) == 2 && f.Letter != 0 && word[1] == f.Letter {
			return f
		}
	}
	return nil
}

func names(flags []Flag) []string {
	list := make([]string, len(flags))
	for i := range flags {
		list[i] = "--" + flags[i].Name
	}
	return list
}

// Synopsis is a help page's first line without its Markdown.
func Synopsis(help string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(help), "\n")
	return strings.Trim(strings.TrimLeft(line, "# "), "`")
}
