package builtins

import "cosh/shell/command"

// options reads a builtin's options off the front of its words by the utility
// syntax guidelines (XBD 12.2): letters may be clustered, a value may be glued
// to its letter or be the next word, "--" ends the options and so does the
// first word that is none.
//
//	o := options{flags: readFlags, words: c.Args}
//	for o.next() {
//		switch o.letter { … }
//	}
//	if o.bad != "" {
//		return c.Usage("%s", o.bad)
//	}
//	operands := o.words
type options struct {
	flags []command.Flag
	words []string

	// letter and value are the option that next found.
	letter byte
	value  string
	// bad says what is wrong with the option at which next stopped.
	bad string

	at int // offset in the cluster words[0], 0 before one
}

// next moves to the next option. It reports false at the end of the options
// and at one that is not right; words are then what is left.
func (o *options) next() bool {
	if o.at == 0 && !o.enter() {
		return false
	}
	word := o.words[0]
	o.letter, o.value = word[o.at], ""
	o.at++
	last := o.at == len(word)
	flag := o.find(o.letter)
	switch {
	case flag == nil:
		o.bad = "-" + string(rune(o.letter)) + " is not an option"
		return false
	case flag.Arg == "":
		if last {
			o.leave()
		}
	case !last:
		o.value = word[o.at:]
		o.leave()
	case len(o.words) == 1:
		o.bad = "-" + string(rune(o.letter)) + " needs a value: -" + string(rune(o.letter)) + " " + flag.Arg
		return false
	default:
		o.leave()
		o.value = o.words[0]
		o.words = o.words[1:]
	}
	return true
}

// enter begins a cluster; it reports false where no options are left.
func (o *options) enter() bool {
	if len(o.words) == 0 {
		return false
	}
	word := o.words[0]
	if len(word) < 2 || word[0] != '-' {
		return false
	}
	if word == "--" {
		o.words = o.words[1:]
		return false
	}
	o.at = 1
	return true
}

func (o *options) leave() {
	o.words = o.words[1:]
	o.at = 0
}

func (o *options) find(letter byte) *command.Flag {
	for i := range o.flags {
		if o.flags[i].Letter == letter {
			return &o.flags[i]
		}
	}
	return nil
}

// operands are the words of a builtin that has no options: a "--" in front is
// taken off, and bad says which option was given all the same.
func operands(words []string) (rest []string, bad string) {
	o := options{words: words}
	o.next()
	return o.words, o.bad
}
