package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed type.md
var typePage string

var typeFlags = []command.Flag{
	{Name: "word", Letter: 't', Help: "one word: alias, keyword, function, builtin or file"},
}

// typeOf is type: it says what names mean as commands (XCU type).
func typeOf(c *command.Call) int {
	o := options{flags: typeFlags, words: c.Args}
	short := false
	for o.next() {
		short = true
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	status := 0
	for _, name := range o.words {
		found := c.Shell.Find(name, command.RunOptions{Functions: true})
		switch {
		case short && found.Kind == command.NotFound:
			status = 1
		case short:
			c.Print(kindWord(found.Kind) + "\n")
		case found.Kind == command.NotFound:
			status = notFound(c, name)
		default:
			describe(c, name, found)
		}
	}
	return status
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
