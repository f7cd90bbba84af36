// Package rootfs writes the steps that make another root file system: the tree
// of an image, copy-on-write, with what programs expect to find mounted in it.
//
// Everything is put together in a workshop: a tmpfs of our own over a directory
// of the host, seen by nobody else, gone with the mount namespace. All names in
// it are ours; only when a part is finished is it moved into the image's tree,
// whose names and symbolic links are somebody else's.
package rootfs

import (
	"strconv"
	"strings"

	"cosh/isolation"
	"cosh/isolation/mount"
	"cosh/isolation/step"

	"golang.org/x/sys/unix"
)

// Tree says what to build.
type Tree struct {
	Root *isolation.Root
	Host *isolation.Host
	// Kinds are the namespaces that the process has anew by then.
	Kinds isolation.Namespaces
}

// Build makes the tree and ends with it as the working directory: the next step
// is mount.Pivot.
func Build(l *step.List, p *isolation.Plan, t Tree) {
	workshop(l, t.Host.TempDir)
	tree(l, t)
	proc(l, t)
	dev(l)
	sys(l, t)
	mount.New(l, "tmpfs", "tmp", mount.NoSuid|mount.NoDev, "mode=1777",
		"scratch space that ends with the container (tmpfs(5))")
	l.Begin(isolation.Step{Do: "enter the image", Shell: "cd root",
		Why: "the finished mounts move to where the image has its own directories for them (chdir(2))"})
	l.Call(unix.SYS_CHDIR, isolation.Str("root"))
	reg := p.Register()
	for _, name := range [...]string{"proc", "dev", "sys", "tmp"} {
		mount.Into(l, "../"+name, name, reg,
			"the name is looked up inside the image: its symbolic links cannot lead the mount out (openat2(2), move_mount(2))")
	}
}

// workshop covers a directory of the host with an empty file system of our own.
func workshop(l *step.List, dir string) {
	mount.New(l, "tmpfs", dir, mount.NoSuid|mount.NoDev, "mode=755",
		"a place to build in that only this mount namespace sees and that ends with it (tmpfs(5))")
	l.Begin(isolation.Step{
		Do:    "lay out the workshop",
		Shell: "cd " + dir + "; umask 0; mkdir root upper work proc dev sys tmp",
		Why:   "upper takes what the container writes, root is where the image appears, the others become its mounts (mkdir(2))",
	})
	l.Call(unix.SYS_CHDIR, isolation.Str(dir))
	l.Call(unix.SYS_UMASK, isolation.Int(0))
	for _, name := range [...]string{"root", "upper", "work", "proc", "dev", "sys", "tmp"} {
		l.Mkdir(name, 0o755, "0755")
	}
}

// tree makes the files of the image appear on root.
func tree(l *step.List, t Tree) {
	switch t.Root.Kind {
	case isolation.RootScratch:
		mount.New(l, "tmpfs", "root", 0, "mode=755", "an empty root: no program, no library, nothing (tmpfs(5))")
	case isolation.RootLayers:
		overlay(l, t.Root.Layers, "upper", "work", "root", t.inUserNS(),
			"the image lies below and is never written to; changes go to upper and are gone at the end (overlayfs, Documentation/filesystems/overlayfs.rst)")
	case isolation.RootHost:
		if t.newUserNS() {
			pieces(l, t.Host.Pieces)
			return
		}
		overlay(l, []string{"/"}, "upper", "work", "root", t.inUserNS(),
			"this machine's own files lie below and are never written to; changes go to upper and are gone at the end (overlayfs, Documentation/filesystems/overlayfs.rst)")
		for i, m := range t.Host.Submounts {
			submount(l, m, strconv.Itoa(i+1), t.inUserNS())
		}
	}
}

// submount covers one more file system of the host, which an overlay of / does
// not hold: copy-on-write as well, or read-only where it is a single file.
func submount(l *step.List, m isolation.Submount, number string, userns bool) {
	const why = "an overlay shows one file system, so each that is mounted below / gets its own (overlayfs)"
	target := "root" + m.Path
	if m.File {
		mount.Of(l, m.Path, target, 0, why)
		mount.ReadOnlyTree(l, target, "a single file cannot be covered copy-on-write (mount_setattr(2))")
		return
	}
	changes(l, m.Path, target, number, userns, why)
}

// changes covers a directory of the host with a pair of directories for what is
// changed in it.
func changes(l *step.List, dir, target, number string, userns bool, why string) {
	upper, work := "upper"+number, "work"+number
	l.Begin(isolation.Step{Do: "make room for changes to " + dir, Shell: "mkdir " + upper + " " + work, Why: why})
	l.Mkdir(upper, 0o755, "0755")
	l.Mkdir(work, 0o755, "0755")
	overlay(l, []string{dir}, upper, work, target, userns, why)
}

// pieces puts together this machine's tree in a user namespace. The kernel
// refuses an overlay of / there, for it would uncover what mounts hide
// (CVE-2021-3732); directories with no mount below are free to be covered.
func pieces(l *step.List, all []isolation.Piece) {
	const why = "a user namespace may cover only directories that nothing is mounted below (mount_namespaces(7)), so the tree is put together from those"
	mount.New(l, "tmpfs", "root", 0, "mode=755", why)
	for i, piece := range all {
		target := "root" + piece.Path
		switch piece.Kind {
		case isolation.PieceLink:
			l.Begin(isolation.Step{Do: "make the link " + piece.Path, Shell: "ln -s " + piece.Target + " " + target, Why: "as it is on the host (symlink(2))"})
			l.Call(unix.SYS_SYMLINKAT, isolation.Str(piece.Target), step.Here, isolation.Str(target))
		case isolation.PieceFile:
			l.Begin(isolation.Step{Do: "show " + piece.Path, Shell: "touch " + target + "; mount --bind " + piece.Path + " " + target,
				Why: "a single file cannot be covered copy-on-write, so it is the host's own, read-only (mount_setattr(2))"})
			l.Call(unix.SYS_MKNODAT, step.Here, isolation.Str(target), isolation.Flags(unix.S_IFREG|0o644, "S_IFREG|0644"), isolation.Int(0))
			mount.FixedFile(l, piece.Path, target)
		default:
			l.Begin(isolation.Step{Do: "make the directory " + piece.Path, Shell: "mkdir " + target, Why: "as it is on the host (mkdir(2))"})
			l.Mkdir(target, 0o755, "0755")
		}
		if piece.Kind == isolation.PieceTree {
			changes(l, piece.Path, target, strconv.Itoa(i+1), true, why)
		}
	}
}

// overlay mounts layers, the uppermost first, under a writable directory. In a
// user namespace overlayfs keeps its marks in user.* attributes, as trusted.*
// ones are not for it to write (Linux 5.11).
func overlay(l *step.List, layers []string, upper, work, target string, userns bool, why string) {
	escaped := make([]string, len(layers))
	for i, dir := range layers {
		escaped[i] = escape(dir)
	}
	data := "lowerdir=" + strings.Join(escaped, ":") + ",upperdir=" + upper + ",workdir=" + work
	if userns {
		data += ",userxattr"
	}
	mount.New(l, "overlay", target, 0, data, why)
}

// escape protects what separates options and layers in an option of overlayfs.
func escape(path string) string {
	return strings.NewReplacer(`\`, `\\`, ":", `\:`, ",", `\,`).Replace(path)
}

// inUserNS: root inside is not the machine's root.
func (t Tree) inUserNS() bool { return t.Host.Nested || t.newUserNS() }

// newUserNS: the mounts of the tree come from a more privileged namespace.
func (t Tree) newUserNS() bool { return t.Kinds.Has(isolation.User) }
