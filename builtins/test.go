package builtins

import (
	_ "embed" // the help page

	"cosh/shell/command"
	"cosh/shell/cond"
)

//go:embed test.md
var testPage string

// testEnv is what the primaries look at beyond their operands.
type testEnv struct{ call *command.Call }

func (e testEnv) Path(p string) string { return e.call.State.Path(p) }

func (e testEnv) Fd(n int) (int, bool) {
	f := e.call.Shell.Files().Get(n)
	if f == nil {
		return -1, false
	}
	fd, err := f.Fd()
	return fd, err == nil
}

func (e testEnv) IsSet(ref string) bool {
	_, ok, err := e.call.State.GetRef(ref)
	return ok && err == nil
}

// test evaluates an expression: 0 true, 1 false, 2 an error (XCU test).
func test(c *command.Call) int { return judge(c, c.Args) }

// bracket is test with a closing bracket.
func bracket(c *command.Call) int {
	last := len(c.Args) - 1
	if last < 0 || c.Args[last] != "]" {
		return c.Errorf(2, "the ] at the end is missing")
	}
	return judge(c, c.Args[:last])
}

func judge(c *command.Call, args []string) int {
	yes, err := cond.Test(args, testEnv{c})
	switch {
	case err != nil:
		return c.Errorf(2, "%v", err)
	case yes:
		return 0
	}
	return 1
}
