package eval

import (
	"golang.org/x/sys/unix"

	"cosh/shell/diag"
)

// writeFailed is the status of a builtin whose output could not be written. A
// reader that has gone ends a stage as SIGPIPE would end a process.
func (sh *Shell) writeFailed(name string, err error) int {
	if err == unix.EPIPE && sh.Traps.Ignored&(1<<(unix.SIGPIPE-1)) == 0 {
		if a, ok := sh.Traps.Action(int(unix.SIGPIPE)); !ok || a != "" {
			sh.Status = 128 + int(unix.SIGPIPE)
			sh.pending = ctlExit
			if !sh.virtual {
				sh.dying = int(unix.SIGPIPE)
			}
			return sh.Status
		}
	}
	sh.warn("%s: write error: %s", name, diag.Errno(err))
	return 1
}
