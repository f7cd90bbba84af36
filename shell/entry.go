package shell

import (
	"os/signal"
	"syscall"
)

// ignoredOnEntry is the set of signals that were ignored when the process
// began, which a script can neither trap nor reset (XCU 2.12); bit n-1 is
// signal n. Of those that matter, Go's runtime keeps the dispositions of HUP,
// INT and the signals of job control; of others it has put handlers in their
// place before any code of ours runs.
func ignoredOnEntry() (mask uint64) {
	for sig := syscall.Signal(1); sig < 32; sig++ {
		if signal.Ignored(sig) {
			mask |= 1 << (sig - 1)
		}
	}
	return mask
}
