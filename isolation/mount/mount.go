// Package mount writes the steps that change a mount table: mount(2),
// umount2(2), pivot_root(2) and the calls on detached mounts (open_tree(2),
// move_mount(2), mount_setattr(2)).
package mount

import (
	"cosh/isolation"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// Flags is a set of MS_ flags of mount(2).
type Flags uintptr

const (
	ReadOnly  Flags = unix.MS_RDONLY
	NoSuid    Flags = unix.MS_NOSUID
	NoDev     Flags = unix.MS_NODEV
	NoExec    Flags = unix.MS_NOEXEC
	Bind      Flags = unix.MS_BIND
	Recursive Flags = unix.MS_REC
	Private   Flags = unix.MS_PRIVATE
)

var flagNames = [...]struct {
	flag Flags
	text string
}{
	{ReadOnly, "MS_RDONLY"}, {NoSuid, "MS_NOSUID"}, {NoDev, "MS_NODEV"}, {NoExec, "MS_NOEXEC"},
	{Bind, "MS_BIND"}, {Recursive, "MS_REC"}, {Private, "MS_PRIVATE"},
}

// String lists the flags by their names in mount(2), joined with "|".
func (f Flags) String() string {
	text := ""
	for _, n := range flagNames {
		if f&n.flag != 0 {
			if text != "" {
				text += "|"
			}
			text += n.text
		}
	}
	if text == "" {
		return "0"
	}
	return text
}

// options are the flags as mount(8) takes them after -o.
func options(f Flags, data string) string {
	text := ""
	for _, o := range [...]struct {
		flag Flags
		text string
	}{{ReadOnly, "ro"}, {NoSuid, "nosuid"}, {NoDev, "nodev"}, {NoExec, "noexec"}} {
		if f&o.flag != 0 {
			text += "," + o.text
		}
	}
	if data != "" {
		text += "," + data
	}
	if text == "" {
		return ""
	}
	return " -o " + text[1:]
}

// New mounts a file system of a type; data are its own options, "" for none.
// The name that the mount table shows as its source is the type.
func New(l *step.List, kind, target string, flags Flags, data, why string) *isolation.Call {
	l.Begin(isolation.Step{
		Do:    "mount " + kind + " on " + target,
		Shell: "mount -t " + kind + options(flags, data) + " " + kind + " " + target,
		Why:   why,
	})
	return call(l, kind, target, kind, flags, data)
}

// Of shows the file or directory at source at target too.
func Of(l *step.List, source, target string, flags Flags, why string) *isolation.Call {
	word := " --bind "
	if flags&Recursive != 0 {
		word = " --rbind "
	}
	l.Begin(isolation.Step{
		Do:    "bind " + source + " on " + target,
		Shell: "mount" + word + source + " " + target,
		Why:   why,
	})
	return bind(l, source, target, flags)
}

// AllPrivate cuts the new mount table off from the one it was copied from.
// Private, not slave: what either side mounts later stays on that side, so
// that the boundary can be seen to hold in both directions.
func AllPrivate(l *step.List) {
	l.Begin(isolation.Step{
		Do:    "make every mount private",
		Shell: "mount --make-rprivate /",
		Why:   "a mount made inside must not appear outside, nor the other way round (mount_namespaces(7))",
	})
	l.Call(unix.SYS_MOUNT, step.Null, isolation.Str("/"), step.Null, flagArg(Recursive|Private), step.Null)
}

// EmptyOver hides the directory at target, if there is one, under an empty
// read-only file system.
func EmptyOver(l *step.List, target string) {
	call(l, "tmpfs", target, "tmpfs", ReadOnly|NoSuid|NoDev|NoExec, "size=0k,nr_inodes=1").Tolerate = step.Missing
}

// FileOver covers the file at target, if there is one, with the one at source:
// a device to use, or /dev/null to hide what is below.
func FileOver(l *step.List, source, target string) {
	bind(l, source, target, 0).Tolerate = notFile
}

// FixedFile shows the file at source at target too, read-only.
func FixedFile(l *step.List, source, target string) {
	bind(l, source, target, 0)
	readOnly(l, step.Here, target, 0)
}

// FixOver makes what is at target, if there is anything, read-only.
func FixOver(l *step.List, target string) {
	bind(l, target, target, Recursive).Tolerate = step.Missing
	readOnly(l, step.Here, target, 0).Tolerate = step.Missing
}

// ReadOnlyTree makes the mount at path read-only, with all mounts below.
func ReadOnlyTree(l *step.List, path, why string) {
	l.Begin(isolation.Step{Do: "make " + path + " read-only", Shell: "mount -o remount,bind,ro " + path, Why: why})
	readOnly(l, step.Here, path, unix.AT_RECURSIVE)
}

// notFile: there is no such file, or it is a directory on this kernel.
var notFile = []unix.Errno{unix.ENOENT, unix.ENOTDIR}

func bind(l *step.List, source, target string, flags Flags) *isolation.Call {
	return l.Call(unix.SYS_MOUNT, isolation.Str(source), isolation.Str(target), step.Null, flagArg(flags|Bind), step.Null)
}

func call(l *step.List, source, target, kind string, flags Flags, data string) *isolation.Call {
	arg := step.Null
	if data != "" {
		arg = isolation.Str(data)
	}
	return l.Call(unix.SYS_MOUNT, isolation.Str(source), isolation.Str(target), isolation.Str(kind), flagArg(flags), arg)
}

func flagArg(f Flags) isolation.Arg { return isolation.Flags(uintptr(f), f.String()) }
