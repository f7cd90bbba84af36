//go:build !amd64

package launch

import "golang.org/x/sys/unix"

// haveSpawn says whether this processor has the assembly.
const haveSpawn = false

// spawn needs assembly; processes are launched through the stage instead.
func spawn(args *cloneArgs, program, fail uintptr) (pid uintptr) { return ^uintptr(unix.ENOSYS - 1) }
