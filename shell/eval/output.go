package eval

import (
	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/diag"
)

// writeFailed is the status of a builtin whose output could not be written. A
// reader that has gone ends a stage as SIGPIPE would end a process.
func (sh *Shell) writeFailed(name string, err error) int {
	if err == unix.EPIPE && sh.Traps.Ignored&(1<<(unix.SIGPIPE-1)) == 0 {
		if a, ok := sh.Traps.Action(int(unix.SIGPIPE)); !ok || a != "" {
			sh.Status = 128 + int(unix.SIGPIPE)
			sh.pending = ctlExit
			return sh.Status
		}
	}
	sh.warn("%s: write error: %s", name, diag.Errno(err))
	return 1
}

// badUse: a usage error of a special builtin ends a script (XCU 2.8.1); the
// status of eval, dot, return, exit and exec is that of what they ran.
func (sh *Shell) badUse(b *command.Builtin) bool {
	switch b.Name {
	case "eval", ".", "source", "return", "exit", "exec", "trap":
		return false
	}
	return true
}
