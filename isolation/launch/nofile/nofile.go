// Package nofile remembers the soft RLIMIT_NOFILE that this process was
// started with. Package syscall raises it in its init (go.dev/issue/46279), and
// a shell must hand the original on to its commands. Packages are initialised
// in the order of their import paths once their imports are done, so a package
// that imports unsafe alone, and whose path sorts before "syscall", reads the
// limit first.
package nofile

import "unsafe"

// original is set once, before main; errno is what the read returned.
var original, errno = read()

// rlimit64 is struct rlimit64 of prlimit(2).
type rlimit64 struct{ soft, hard uint64 }

// read asks the kernel for RLIMIT_NOFILE (7) of this process.
func read() (rlimit64, uintptr) {
	var lim rlimit64
	r := prlimit(7, unsafe.Pointer(&lim))
	return lim, r
}

// Original returns the limits that this process was started with; ok is false
// when they could not be read.
func Original() (soft, hard uint64, ok bool) {
	return original.soft, original.hard, errno == 0
}
