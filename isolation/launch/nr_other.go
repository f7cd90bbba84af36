//go:build !amd64

package launch

// sysRmdir is rmdir(2), which newer processors do not have.
const sysRmdir = ^uintptr(0)

// sysDup2 is dup2(2), likewise.
const sysDup2 = ^uintptr(0)
