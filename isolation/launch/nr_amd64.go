package launch

import "golang.org/x/sys/unix"

// sysRmdir is rmdir(2), which newer processors do not have.
const sysRmdir = unix.SYS_RMDIR

// sysDup2 is dup2(2), likewise.
const sysDup2 = unix.SYS_DUP2
