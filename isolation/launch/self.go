package launch

import (
	"cosh/isolation/launch/nofile"

	"golang.org/x/sys/unix"
)

// atBase is AT_BASE of getauxval(3): where the loader was mapped.
const atBase = 7

// StaticSelf reports whether this binary needs no loader (ld.so), so that it
// can be executed from a descriptor in a root that holds no file at all.
func StaticSelf() bool {
	pairs, err := unix.Auxv()
	if err != nil {
		return false
	}
	for _, p := range pairs {
		if p[0] == atBase && p[1] != 0 {
			return false
		}
	}
	return true
}

// OriginalNofile is the RLIMIT_NOFILE that this process was started with,
// before package syscall raised the soft limit: what commands must get back.
func OriginalNofile() (soft, hard uint64) {
	if soft, hard, ok := nofile.Original(); ok {
		return soft, hard
	}
	var lim unix.Rlimit
	_ = unix.Prlimit(0, unix.RLIMIT_NOFILE, nil, &lim)
	return lim.Cur, lim.Max
}
