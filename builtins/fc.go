package builtins

import (
	_ "embed" // the help page
	"os"
	"strconv"
	"strings"

	"cosh/shell/command"
	"cosh/shell/diag"
)

//go:embed fc.md
var fcPage string

var fcFlags = []command.Flag{
	{Name: "list", Letter: 'l', Help: "list the commands"},
	{Name: "no-numbers", Letter: 'n', Help: "list them without their numbers"},
	{Name: "reverse", Letter: 'r', Help: "the newest first"},
	{Name: "substitute", Letter: 's', Help: "run a command again, with OLD=NEW replaced in it"},
	{Name: "editor", Letter: 'e', Arg: "EDITOR", Help: "edit with EDITOR; FCEDIT, EDITOR or vi when none is named"},
}

// fcRequest is an fc command taken apart.
type fcRequest struct {
	list, bare, reverse, again bool
	editor                     string
	words                      []string
}

// fc lists the lines typed at the prompt, or edits and runs them again (XCU fc).
func fc(c *command.Call) int {
	var r fcRequest
	if status := r.parse(c); status != 0 {
		return status
	}
	h := c.Shell.History()
	if h == nil || h.Len() == 0 {
		return c.Errorf(1, "there is no history: it is kept at the prompt")
	}
	switch {
	case r.again || r.editor == "-":
		return r.repeat(c, h)
	case r.list:
		return r.show(c, h)
	}
	return r.edit(c, h)
}

func (r *fcRequest) parse(c *command.Call) int {
	o := options{flags: fcFlags, words: c.Args}
	for !negative(o.words) && o.next() {
		switch o.letter {
		case 'l':
			r.list = true
		case 'n':
			r.bare = true
		case 'r':
			r.reverse = true
		case 's':
			r.again = true
		case 'e':
			r.editor = o.value
		}
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	r.words = o.words
	return 0
}

// negative reports a first word like -10, which is no option.
func negative(words []string) bool {
	return len(words) > 0 && len(words[0]) > 1 && words[0][0] == '-' && unsigned(words[0][1:])
}

// place is the index of the command that a word names: its number, counted
// back where it is negative, or how its text begins.
func place(h command.History, word string) (int, bool) {
	n, err := strconv.Atoi(word)
	switch {
	case err == nil && strings.HasPrefix(word, "-"):
		return max(h.Len()+min(n, -1), 0), true
	case err == nil:
		return min(max(n, 1), h.Len()) - 1, true
	}
	for i := h.Len() - 1; i >= 0; i-- {
		if strings.HasPrefix(h.At(i), word) {
			return i, true
		}
	}
	return 0, false
}

// span is the commands that the operands name, by index; first and last are the
// operands' defaults.
func (r *fcRequest) span(c *command.Call, h command.History, first, last string) (from, to, status int) {
	words := r.words
	if len(words) > 2 {
		return 0, 0, c.Usage("two operands at most")
	}
	if len(words) > 0 {
		first = words[0]
		if last == "" {
			last = first
		}
	}
	if len(words) > 1 {
		last = words[1]
	}
	from, ok := place(h, first)
	if !ok {
		return 0, 0, c.Errorf(1, "%s: no command begins like that", first)
	}
	if to, ok = place(h, last); !ok {
		return 0, 0, c.Errorf(1, "%s: no command begins like that", last)
	}
	return from, to, 0
}

// sequence calls f for the indexes from and to and those between, in the order
// that the operands and -r give.
func (r *fcRequest) sequence(from, to int, f func(i int)) {
	if r.reverse {
		from, to = to, from
	}
	step := 1
	if from > to {
		step = -1
	}
	for i := from; i != to+step; i += step {
		f(i)
	}
}

func (r *fcRequest) show(c *command.Call, h command.History) int {
	from, to, status := r.span(c, h, "-16", "-1")
	if status != 0 {
		return status
	}
	r.sequence(from, to, func(i int) {
		if !r.bare {
			c.Print(strconv.Itoa(i + 1))
		}
		c.Print("\t" + strings.ReplaceAll(h.At(i), "\n", "\n\t") + "\n")
	})
	return 0
}

// repeat runs one command again.
func (r *fcRequest) repeat(c *command.Call, h command.History) int {
	old, replacement, replace := "", "", false
	if len(r.words) > 0 {
		if old, replacement, replace = strings.Cut(r.words[0], "="); replace {
			r.words = r.words[1:]
		}
	}
	if len(r.words) > 1 {
		return c.Usage("one command at most")
	}
	at, _, status := r.span(c, h, "-1", "")
	if status != 0 {
		return status
	}
	text := h.At(at)
	if replace {
		text = strings.Replace(text, old, replacement, 1)
	}
	return r.run(c, h, text)
}

// run enters a text in the history, shows and runs it.
func (r *fcRequest) run(c *command.Call, h command.History, text string) int {
	writeError(c, text+"\n")
	if err := h.Append(text); err != nil {
		c.Errorf(0, "%v", err)
	}
	return c.Shell.Eval(text)
}

// edit has an editor change the commands, and runs what comes out.
func (r *fcRequest) edit(c *command.Call, h command.History) int {
	from, to, status := r.span(c, h, "-1", "")
	if status != 0 {
		return status
	}
	var b strings.Builder
	r.sequence(from, to, func(i int) { b.WriteString(h.At(i) + "\n") })
	f, err := os.CreateTemp("", "cosh-fc-*.sh")
	if err != nil {
		return c.Errorf(1, "cannot make a file to edit: %s", diag.Errno(err))
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(b.String())
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return c.Errorf(1, "cannot write %s: %s", f.Name(), diag.Errno(err))
	}
	if status := c.Shell.Eval(r.editorOf(c) + " " + f.Name()); status != 0 {
		return status
	}
	text, err := os.ReadFile(f.Name())
	if err != nil {
		return c.Errorf(1, "cannot read %s: %s", f.Name(), diag.Errno(err))
	}
	return r.run(c, h, strings.TrimRight(string(text), "\n"))
}

// editorOf is the editor's command.
func (r *fcRequest) editorOf(c *command.Call) string {
	if r.editor != "" {
		return r.editor
	}
	for _, name := range [...]string{"FCEDIT", "EDITOR"} {
		if v, _ := c.State.GetName(name); v != "" {
			return v
		}
	}
	return "vi"
}
