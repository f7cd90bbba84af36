package eval

import (
	"os"

	"golang.org/x/sys/unix"

	"cosh/isolation"
)

// A background job outlives its shell, a container does not. A subshell that
// is a process of its own (`{ isolate …; } &`) is therefore tied to the shell
// that made it when it makes a container: it ends with that shell, and the
// kernel ends the container with it.

// tie has the kernel kill this process when its maker ends, before the first
// container is made. Where the maker has gone already, the job has outlived it.
func (sh *Shell) tie(s *isolation.Spec) {
	if sh.maker == 0 || s.Ordinary() {
		return
	}
	_ = unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
	if os.Getppid() != sh.maker {
		_ = unix.Prctl(unix.PR_SET_PDEATHSIG, 0, 0, 0, 0)
	}
	sh.maker = 0
}
