package builtins

import (
	_ "embed" // the help page
	"path/filepath"

	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/session"
)

//go:embed pwd.md
var pwdPage string

var pwdFlags = []command.Flag{
	{Name: "logical", Letter: 'L', Help: "the way the directory was reached (the default)"},
	{Name: "physical", Letter: 'P', Help: "the way without symbolic links"},
}

// pwd prints the working directory (XCU pwd).
func pwd(c *command.Call) int {
	o := options{flags: pwdFlags, words: c.Args}
	physical := c.State.Options&session.Physical != 0
	for o.next() {
		physical = o.letter == 'P'
	}
	if o.bad != "" {
		return c.Usage("%s", o.bad)
	}
	dir := c.State.Dir
	if physical {
		real, err := filepath.EvalSymlinks(dir)
		if err != nil {
			return c.Errorf(1, "%s: %s", dir, diag.Errno(err))
		}
		dir = real
	}
	c.Print(dir)
	c.Print("\n")
	return 0
}
