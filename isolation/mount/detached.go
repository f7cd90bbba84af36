package mount

import (
	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// readOnly adds one flag to a mount, which a user namespace may do to any mount
// that it can see. A struct mount_attr is attr_set, attr_clr, propagation and
// userns_fd (mount_setattr(2)).
func readOnly(l *step.List, dir isolation.Arg, path string, flags uintptr) *isolation.Call {
	text := "0"
	switch flags {
	case unix.AT_RECURSIVE:
		text = "AT_RECURSIVE"
	case unix.AT_EMPTY_PATH:
		text = "AT_EMPTY_PATH"
	}
	attr := step.Words(unix.MOUNT_ATTR_RDONLY, 0, 0, 0)
	return l.Call(unix.SYS_MOUNT_SETATTR, dir, isolation.Str(path), isolation.Flags(flags, text),
		isolation.Bytes(attr, "{.attr_set=MOUNT_ATTR_RDONLY}"), isolation.Int(len(attr)))
}

// Self leaves a descriptor of this very program in reg, numbered from at least
// low: of a read-only mount that is attached nowhere. path is where the program
// lies in this mount namespace (a clone can be made of nothing else); with "",
// when it lies nowhere, the descriptor is of the running program as it is.
func Self(l *step.List, path string, reg, tmp isolation.Reg, low int) {
	l.Begin(isolation.Step{
		Do: "take this shell along, read-only",
		Why: "the block runs in the shell itself, also where the image holds no program; entered by a descriptor of a " +
			"read-only mount, nothing inside can write to it (CVE-2019-5736, open_tree(2), mount_setattr(2))",
	})
	if path == "" {
		l.Call(unix.SYS_OPENAT, step.Here, isolation.Str("/proc/self/exe"),
			isolation.Flags(unix.O_PATH|unix.O_CLOEXEC, "O_PATH|O_CLOEXEC")).Out = tmp
	} else {
		l.Call(unix.SYS_OPEN_TREE, step.Here, isolation.Str(path),
			isolation.Flags(unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC, "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC")).Out = tmp
		readOnly(l, isolation.FromReg(tmp, "self"), "", unix.AT_EMPTY_PATH)
	}
	l.Call(unix.SYS_FCNTL, isolation.FromReg(tmp, "self"), isolation.Flags(unix.F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC"),
		isolation.Int(low)).Out = reg
	l.Close(tmp)
}

// Into moves the mount at source to the directory name of the tree that is the
// working directory, which it makes when it is not there. The name is resolved
// with that tree as the root of everything: a symbolic link in an image can
// lead elsewhere inside of it, never out.
func Into(l *step.List, source, name string, reg isolation.Reg, why string) {
	l.Begin(isolation.Step{
		Do:    "move " + source + " into the image",
		Shell: "mount --move " + source + " " + name,
		Why:   why,
		Hint:  "/" + name + " of the image must be a directory, or a link that leads to one inside of it",
	})
	l.Mkdir(name, 0o755, "0755")
	how := step.Words(unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0, unix.RESOLVE_IN_ROOT|unix.RESOLVE_NO_MAGICLINKS)
	l.Call(unix.SYS_OPENAT2, step.Here, isolation.Str(name),
		isolation.Bytes(how, "{O_PATH|O_DIRECTORY|O_CLOEXEC, 0, RESOLVE_IN_ROOT|RESOLVE_NO_MAGICLINKS}"),
		isolation.Int(len(how))).Out = reg
	l.Call(unix.SYS_MOVE_MOUNT, step.Here, isolation.Str(source), isolation.FromReg(reg, "dir"), isolation.Str(""),
		isolation.Flags(unix.MOVE_MOUNT_T_EMPTY_PATH, "MOVE_MOUNT_T_EMPTY_PATH"))
	l.Close(reg)
}

// Pivot makes the working directory the root of the mount namespace and lets go
// of the old root, which lies on top of it for a moment (pivot_root(2), NOTES:
// pivot_root(".", ".")). chroot(2) would leave the old root within reach.
func Pivot(l *step.List) {
	l.Begin(isolation.Step{
		Do:    "make this tree the root",
		Shell: "pivot_root . .",
		Why:   "swaps the root of the whole mount table, which chroot would leave behind as a way out (pivot_root(2))",
	})
	l.Call(unix.SYS_PIVOT_ROOT, isolation.Str("."), isolation.Str("."))
	l.Begin(isolation.Step{
		Do:    "let go of the old root",
		Shell: "umount -l .",
		Why:   "every mount of the host leaves this table; they live on in the host's own (umount2(2))",
	})
	l.Call(unix.SYS_UMOUNT2, isolation.Str("."), isolation.Flags(unix.MNT_DETACH, "MNT_DETACH"))
	l.Call(unix.SYS_CHDIR, isolation.Str("/"))
}
