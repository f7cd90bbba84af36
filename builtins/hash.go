package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
)

//go:embed hash.md
var hashPage string

var hashFlags = []command.Flag{
	{Name: "reset", Letter: 'r', Help: "forget where commands were found"},
	{Name: "delete", Letter: 'd', Help: "forget the commands named"},
	{Name: "list", Letter: 'l', Help: "list as commands that can be run again"},
	{Name: "path", Letter: 'p', Arg: "PATH", Help: "remember PATH for the command named"},
	{Name: "tell", Letter: 't', Help: "print the paths of the commands named"},
}

// hash forgets the remembered paths of commands, or looks names up so that
// they are remembered (XCU hash).
func hash(c *command.Call) int {
	o := options{flags: hashFlags, words: c.Args}
	var mode byte
	path := ""
	for o.next() {
		switch o.letter {
		case 'r':
			c.Shell.Rehash()
			mode = 'r'
		case 'p':
			path = o.value
			fallthrough
		default:
			mode = o.letter
		}
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) == 0 && (mode == 0 || mode == 'l'):
		return listHashed(c, mode == 'l')
	}
	status := 0
	for _, name := range o.words {
		if !hashOne(c, name, mode, path) {
			status = c.Errorf(1, "%s: not found", name)
		}
	}
	return status
}

// listHashed prints the remembered paths, a line each.
func listHashed(c *command.Call, commands bool) int {
	for _, h := range c.Shell.Hashed() {
		if commands {
			c.SetOut(append(appendWord(append(c.Out(), "hash -p "...), h.Path), " "+h.Name+"\n"...))
		} else {
			c.Print(h.Path + "\n")
		}
	}
	return 0
}

// hashOne does what the option asks for to one name; false where the name is not
// found.
func hashOne(c *command.Call, name string, mode byte, path string) bool {
	switch mode {
	case 'p':
		c.Shell.Remember(name, path)
		return true
	case 'd', 't':
		for _, h := range c.Shell.Hashed() {
			if h.Name != name {
				continue
			}
			if mode == 'd' {
				c.Shell.Remember(name, "")
			} else {
				c.Print(h.Path + "\n")
			}
			return true
		}
		return false
	}
	return c.Shell.Find(name, command.RunOptions{}).Kind != command.NotFound
}
