package builtins

import (
	_ "embed" // the help pages
	"slices"
	"strconv"
	"strings"

	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/session"
)

//go:embed pushd.md
var pushdPage string

//go:embed popd.md
var popdPage string

//go:embed dirs.md
var dirsPage string

var pushdFlags = []command.Flag{
	{Name: "stay", Letter: 'n', Help: "change the list alone, stay in the working directory"},
}

var dirsFlags = []command.Flag{
	{Name: "clear", Letter: 'c', Help: "empty the list"},
	{Name: "long", Letter: 'l', Help: "write the home directory in full"},
	{Name: "print", Letter: 'p', Help: "one directory a line"},
	{Name: "verbose", Letter: 'v', Help: "one directory a line, with its number"},
}

// dirStack is the working directory and those kept behind it.
func dirStack(s *session.Session) []string { return append([]string{s.Dir}, s.DirStack...) }

// rotation is the index that +N (from the left) or -N (from the right) names.
func rotation(word string, n int) (i int, ok bool) {
	if len(word) < 2 || word[0] != '+' && word[0] != '-' || !unsigned(word[1:]) {
		return 0, false
	}
	i, err := strconv.Atoi(word[1:])
	if word[0] == '-' {
		i = n - 1 - i
	}
	return i, err == nil
}

// stackWords takes the options of pushd and popd off; +N and -N are none.
func stackWords(c *command.Call) (words []string, stay bool, status int) {
	o := options{flags: pushdFlags, words: c.Args}
	for !negative(o.words) && o.next() {
		stay = true
	}
	switch {
	case o.bad != "":
		return nil, false, c.Usage("%s", o.bad)
	case len(o.words) > 1:
		return nil, false, c.Usage("one operand at most")
	}
	return o.words, stay, 0
}

// pushd keeps the working directory on a list and goes to another, or to one of
// the list, which turns.
func pushd(c *command.Call) int {
	words, stay, status := stackWords(c)
	if status != 0 {
		return status
	}
	stack := dirStack(c.State)
	if len(words) == 0 && len(stack) == 1 {
		return c.Errorf(1, "there is no other directory on the list")
	}
	var next []string
	switch {
	case len(words) == 0:
		next = append([]string{stack[1], stack[0]}, stack[2:]...)
	default:
		i, turns := rotation(words[0], len(stack))
		switch {
		case !turns && stay:
			next = append([]string{stack[0], words[0]}, stack[1:]...)
		case !turns:
			next = append([]string{words[0]}, stack...)
		case i < 0 || i >= len(stack):
			return c.Errorf(1, "%s: the list of directories is not so long", words[0])
		default:
			next = append(append([]string(nil), stack[i:]...), stack[:i]...)
		}
	}
	return useStack(c, next, stay)
}

// popd goes to the directory that pushd kept last, or takes one off the list.
func popd(c *command.Call) int {
	words, stay, status := stackWords(c)
	if status != 0 {
		return status
	}
	stack := dirStack(c.State)
	if len(stack) == 1 {
		return c.Errorf(1, "there is no directory on the list")
	}
	i := 0
	if stay {
		i = 1
	}
	if len(words) == 1 {
		n, ok := rotation(words[0], len(stack))
		if !ok || n < 0 || n >= len(stack) {
			return c.Errorf(1, "%s: the list of directories is not so long", words[0])
		}
		i = n
	}
	return useStack(c, slices.Delete(stack, i, i+1), stay || i > 0)
}

// useStack makes next the list, going to its first directory unless stay.
func useStack(c *command.Call, next []string, stay bool) int {
	if !stay {
		if err := changeDir(c, next[0], false); err != nil {
			return c.Errorf(1, "%s: %s", next[0], diag.Errno(err))
		}
	}
	c.State.DirStack = append([]string(nil), next[1:]...)
	printStack(c, false, " ")
	c.Print("\n")
	return 0
}

func printStack(c *command.Call, long bool, separator string) {
	home, _ := c.State.Get(session.HOME)
	for i, dir := range dirStack(c.State) {
		if i > 0 {
			c.Print(separator)
		}
		if rest, ok := strings.CutPrefix(dir, home); ok && !long && len(home) > 1 && (rest == "" || rest[0] == '/') {
			dir = "~" + rest
		}
		c.Print(dir)
	}
}

// dirs prints the list that pushd keeps, the working directory first.
func dirs(c *command.Call) int {
	var long, lines, numbers bool
	o := options{flags: dirsFlags, words: c.Args}
	for !negative(o.words) && o.next() {
		switch o.letter {
		case 'c':
			c.State.DirStack = nil
			return 0
		case 'l':
			long = true
		case 'p':
			lines = true
		case 'v':
			numbers = true
		}
	}
	stack := dirStack(c.State)
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) > 0:
		i, ok := rotation(o.words[0], len(stack))
		if !ok || i < 0 || i >= len(stack) {
			return c.Errorf(1, "%s: the list of directories is not so long", o.words[0])
		}
		c.Print(stack[i] + "\n")
	case numbers:
		for i, dir := range stack {
			c.Printf("%2d  %s\n", i, dir)
		}
	case lines:
		printStack(c, long, "\n")
		c.Print("\n")
	default:
		printStack(c, long, " ")
		c.Print("\n")
	}
	return 0
}
