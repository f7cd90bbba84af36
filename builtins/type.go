package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed type.md
var typePage string

var typeFlags = []command.Flag{
	{Name: "word", Letter: 't', Help: "one word: alias, keyword, function, builtin or file"},
	{Name: "all", Letter: 'a', Help: "everything that the name means"},
	{Name: "files", Letter: 'f', Help: "pass functions over"},
	{Name: "path", Letter: 'p', Help: "the path alone, and nothing for what is no file"},
	{Name: "search", Letter: 'P', Help: "the path alone, even where something else goes before the file"},
}

// typeOf is type: it says what names mean as commands (XCU type).
func typeOf(c *command.Call) int {
	o := options{flags: typeFlags, words: c.Args}
	var t typeRequest
	for o.next() {
		t.option(o.letter)
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	status := 0
	for _, name := range o.words {
		if !t.one(c, name) {
			status = 1
		}
	}
	return status
}

// typeRequest is the options of type.
type typeRequest struct{ short, all, files, path, search bool }

func (t *typeRequest) option(letter byte) {
	switch letter {
	case 't':
		t.short = true
	case 'a':
		t.all = true
	case 'f':
		t.files = true
	case 'p':
		t.path = true
	case 'P':
		t.search = true
	}
}

// meanings are what a name means, as far as the options ask for it.
func (t *typeRequest) meanings(c *command.Call, name string) []command.Found {
	if !t.all && !t.files && !t.search {
		if found := c.Shell.Find(name, command.RunOptions{Functions: true}); found.Kind != command.NotFound {
			return []command.Found{found}
		}
		return nil
	}
	var list []command.Found
	for _, found := range c.Shell.FindAll(name) {
		if found.Kind == command.FoundFunction && t.files || found.Kind != command.FoundFile && t.search {
			continue
		}
		list = append(list, found)
	}
	if !t.all && len(list) > 1 {
		list = list[:1]
	}
	return list
}

// one says what a name means; false where it means nothing.
func (t *typeRequest) one(c *command.Call, name string) bool {
	list := t.meanings(c, name)
	for _, found := range list {
		switch {
		case t.path || t.search:
			if found.Kind == command.FoundFile {
				c.Print(found.Path + "\n")
			}
		case t.short:
			c.Print(kindWord(found.Kind) + "\n")
		default:
			describe(c, name, found)
		}
	}
	if len(list) == 0 && !t.short && !t.path && !t.search {
		notFound(c, name)
	}
	return len(list) > 0
}

func kindWord(kind command.FoundKind) string {
	switch kind {
	case command.FoundAlias:
		return "alias"
	case command.FoundKeyword:
		return "keyword"
	case command.FoundFunction:
		return "function"
	case command.FoundSpecial, command.FoundBuiltin:
		return "builtin"
	}
	return "file"
}

// notFound reports a name that means nothing.
func notFound(c *command.Call, name string) int {
	return c.Errorf(1, "%s: not found%s", name, perhaps(name, builtinNames(c)))
}

// describe prints a sentence about a name.
func describe(c *command.Call, name string, found command.Found) {
	switch found.Kind {
	case command.FoundAlias:
		out := append(append(c.Out(), name...), " is an alias for "...)
		c.SetOut(append(appendQuoted(out, found.Path), '\n'))
	case command.FoundKeyword:
		c.Print(name + " is a shell keyword\n")
	case command.FoundFunction:
		c.Print(name + " is a function\n")
		if f := c.State.Func(c.State.Names.Lookup(name)); f != nil {
			c.Print(c.Shell.FunctionText(f) + "\n")
		}
	case command.FoundSpecial:
		c.Print(name + " is a special shell builtin\n")
	case command.FoundBuiltin:
		c.Print(name + " is a shell builtin\n")
	default:
		c.Print(name + " is " + found.Path + "\n")
	}
}
