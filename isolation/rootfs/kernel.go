package rootfs

import (
	"cosh/isolation"
	"cosh/isolation/mount"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// quiet are the flags of mounts that hold no programs and no devices.
const quiet = mount.NoSuid | mount.NoDev | mount.NoExec

// What the OCI runtime specification has hidden or made read-only by default
// in containers whose root is the machine's root (config-linux.md, "Masked
// Paths" and "Readonly Paths"): they show or change the machine as a whole.
var (
	maskedFiles = [...]string{"proc/kcore", "proc/keys", "proc/latency_stats", "proc/timer_list", "proc/timer_stats", "proc/sched_debug"}
	maskedDirs  = [...]string{"proc/acpi", "proc/asound", "proc/scsi"}
	fixed       = [...]string{"proc/bus", "proc/fs", "proc/irq", "proc/sys", "proc/sysrq-trigger"}
	maskedSys   = [...]string{"sys/firmware", "sys/devices/virtual/powercap"}
)

// proc mounts /proc: that of the new PID namespace, or else the host's.
func proc(l *step.List, t Tree) {
	if t.Kinds.Has(isolation.PID) {
		mount.New(l, "proc", "proc", quiet, "", "shows the processes of the PID namespace that it is mounted in (proc(5))")
	} else {
		mount.Of(l, "/proc", "proc", mount.Recursive, "without a PID namespace the process tree is the host's, and so is /proc (proc(5))")
	}
	if t.inUserNS() {
		return // root inside is nobody special outside: the kernel itself says no
	}
	l.Begin(isolation.Step{
		Do:  "hide what shows the whole machine",
		Why: "root inside is the machine's root: memory, keys and kernel state of the host stay out of sight (OCI runtime specification, masked paths)",
	})
	for _, path := range maskedFiles {
		mount.FileOver(l, "/dev/null", path)
	}
	for _, path := range maskedDirs {
		mount.EmptyOver(l, path)
	}
	l.Begin(isolation.Step{
		Do:  "make kernel settings read-only",
		Why: "what is set in these files is set for the whole machine (OCI runtime specification, read-only paths)",
	})
	for _, path := range fixed {
		mount.FixOver(l, path)
	}
}

// sys mounts /sys. A sysfs belongs to a network namespace, so a new one can be
// mounted only by who owns that.
func sys(l *step.List, t Tree) {
	if t.Kinds.Has(isolation.Net) {
		mount.New(l, "sysfs", "sys", quiet|mount.ReadOnly, "", "shows the devices of the network namespace that it is mounted in (sysfs(5))")
	} else {
		mount.Of(l, "/sys", "sys", mount.Recursive, "without a network namespace /sys is the host's (sysfs(5))")
		mount.ReadOnlyTree(l, "sys", "the host's devices are there to be looked at only (mount_setattr(2))")
	}
	if t.inUserNS() {
		return
	}
	l.Begin(isolation.Step{Do: "hide the firmware's tables",
		Why: "they belong to the machine as a whole (OCI runtime specification, masked paths)"})
	for _, path := range maskedSys {
		mount.EmptyOver(l, path)
	}
}

// devices are those that every program may count on (OCI runtime
// specification, "Default Devices"; there is no console).
var devices = [...]string{"null", "zero", "full", "random", "urandom", "tty"}

var devLinks = [...]struct{ name, target string }{
	{"dev/fd", "/proc/self/fd"}, {"dev/stdin", "/proc/self/fd/0"}, {"dev/stdout", "/proc/self/fd/1"},
	{"dev/stderr", "/proc/self/fd/2"}, {"dev/ptmx", "pts/ptmx"},
}

// dev makes /dev: few devices, each bound from the host, since a user namespace
// may not make device files (mknod(2)), with terminals and shared memory of
// its own.
func dev(l *step.List) {
	mount.New(l, "tmpfs", "dev", mount.NoSuid|mount.NoExec, "mode=755,size=64k", "a /dev without the machine's disks and consoles (tmpfs(5))")
	l.Begin(isolation.Step{
		Do:    "add the harmless devices",
		Shell: "for d in null zero full random urandom tty; do touch dev/$d; mount --bind /dev/$d dev/$d; done",
		Why:   "bound from the host, as a user namespace may not make device files (mknod(2), OCI default devices)",
	})
	for _, name := range devices {
		l.Call(unix.SYS_MKNODAT, step.Here, isolation.Str("dev/"+name), isolation.Flags(unix.S_IFREG|0o666, "S_IFREG|0666"), isolation.Int(0))
		mount.FileOver(l, "/dev/"+name, "dev/"+name)
	}
	l.Begin(isolation.Step{
		Do:    "add the links that programs expect",
		Shell: "ln -s /proc/self/fd dev/fd; ln -s pts/ptmx dev/ptmx; …",
		Why:   "descriptors by name, and the door to the terminals (symlink(2), pts(4))",
	})
	for _, k := range devLinks {
		l.Call(unix.SYS_SYMLINKAT, isolation.Str(k.target), step.Here, isolation.Str(k.name))
	}
	l.Begin(isolation.Step{Do: "make the places for terminals and shared memory", Shell: "mkdir dev/pts dev/shm",
		Why: "each gets a file system of its own (mkdir(2))"})
	l.Mkdir("dev/pts", 0o755, "0755")
	l.Mkdir("dev/shm", 0o755, "0755")
	mount.New(l, "devpts", "dev/pts", mount.NoSuid|mount.NoExec, "newinstance,ptmxmode=0666,mode=0620", "pseudo-terminals of its own (pts(4))")
	mount.New(l, "tmpfs", "dev/shm", quiet, "mode=1777", "shared memory of its own (shm_overview(7))")
}
