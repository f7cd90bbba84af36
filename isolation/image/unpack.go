package image

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// unpacker writes the entries of one archive below a directory. Every name goes
// through an os.Root, which follows symbolic links only as far as they stay
// inside: "../../etc/passwd", and "x/passwd" after a link x to /etc, are errors
// and write nothing (CVE-2007-4131 and its many successors).
type unpacker struct {
	root *os.Root
	// owner: we are root, and may keep owners and make device files.
	owner bool
	dirs  []*tar.Header // their modes and times are set last
}

// unpack unpacks a tar stream into dir. An archive without any entry is an
// error: most likely it is none.
func unpack(in io.Reader, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the place to unpack in: %w", err)
	}
	defer root.Close()
	u := &unpacker{root: root, owner: unix.Geteuid() == 0}
	archive := tar.NewReader(in)
	for entries := 0; ; entries++ {
		h, err := archive.Next()
		switch {
		case err == io.EOF && entries == 0:
			return &Error{Why: "an empty archive, or not a tar file at all; " + accepted}
		case err == io.EOF:
			return u.finish()
		case errors.Is(err, tar.ErrHeader) && entries == 0:
			return &Error{Why: "not a tar file; " + accepted}
		case err != nil:
			return &Error{Why: "a damaged archive", Err: err}
		}
		if err := u.entry(h, archive); err != nil {
			return fmt.Errorf("unpack %q: %w", h.Name, cause(err))
		}
	}
}

// entry writes one entry.
func (u *unpacker) entry(h *tar.Header, content io.Reader) error {
	name, err := local(h.Name)
	if err != nil || name == "." {
		return err
	}
	h.Name = name
	if h.Typeflag == tar.TypeDir {
		u.dirs = append(u.dirs, h)
		return u.directory(name)
	}
	if err := u.clear(name); err != nil {
		return err
	}
	switch h.Typeflag {
	case tar.TypeReg:
		err = u.file(h, content)
	case tar.TypeSymlink:
		err = u.root.Symlink(h.Linkname, name)
	case tar.TypeLink:
		return u.hardlink(h) // owner and mode are those of the file
	case tar.TypeChar, tar.TypeBlock, tar.TypeFifo:
		if !u.owner && h.Typeflag != tar.TypeFifo {
			return nil // /dev is mounted anew in every container
		}
		err = u.node(h)
	default:
		return nil // entries that describe others, which archive/tar has read
	}
	if err == nil {
		err = u.attributes(h)
	}
	return err
}

// directory makes a directory, in the place of a file of an earlier entry too. A
// link to a directory stays: what comes below it goes where it leads.
func (u *unpacker) directory(name string) error {
	if info, err := u.root.Lstat(name); err == nil && !info.IsDir() && info.Mode()&os.ModeSymlink == 0 {
		if err := u.root.Remove(name); err != nil {
			return err
		}
	}
	return u.root.MkdirAll(name, 0o755)
}

// local is a name of the archive as a relative path; absolute ones are taken
// from the root of the image.
func local(name string) (string, error) {
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return "", errors.New("the name leads out of the image")
		}
	}
	return path.Clean("./" + strings.TrimLeft(name, "/")), nil
}

// clear makes the directories above name and removes what an earlier entry of
// the same archive left there.
func (u *unpacker) clear(name string) error {
	if err := u.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	err := u.root.Remove(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func (u *unpacker) file(h *tar.Header, content io.Reader) error {
	f, err := u.root.OpenFile(h.Name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Close())
}

func (u *unpacker) hardlink(h *tar.Header) error {
	target, err := local(h.Linkname)
	if err != nil {
		return err
	}
	return u.root.Link(target, h.Name)
}

// node makes a device file or a FIFO in the directory that os.Root found.
func (u *unpacker) node(h *tar.Header) error {
	dir, err := u.root.Open(path.Dir(h.Name))
	if err != nil {
		return err
	}
	defer dir.Close()
	kind := uint32(unix.S_IFIFO)
	switch h.Typeflag {
	case tar.TypeChar:
		kind = unix.S_IFCHR
	case tar.TypeBlock:
		kind = unix.S_IFBLK
	}
	err = unix.Mknodat(int(dir.Fd()), path.Base(h.Name), kind|0o600, int(unix.Mkdev(uint32(h.Devmajor), uint32(h.Devminor))))
	if err == unix.EPERM && h.Typeflag != tar.TypeFifo {
		return u.file(h, strings.NewReader("")) // root of a container: a file keeps the name
	}
	return err
}

// attributes sets owner, mode and time, in that order: a change of owner clears
// the set-user-ID bit (chown(2)).
func (u *unpacker) attributes(h *tar.Header) error {
	if u.owner {
		if err := u.root.Lchown(h.Name, h.Uid, h.Gid); err != nil {
			return err
		}
	}
	if h.Typeflag == tar.TypeSymlink {
		return nil
	}
	if err := u.root.Chmod(h.Name, h.FileInfo().Mode()); err != nil {
		return err
	}
	return u.root.Chtimes(h.Name, time.Time{}, h.ModTime)
}

// finish gives directories their attributes, innermost first: until now they
// had to be writable.
func (u *unpacker) finish() error {
	for i := range u.dirs {
		h := u.dirs[len(u.dirs)-1-i]
		if info, err := u.root.Lstat(h.Name); err != nil || !info.IsDir() {
			continue // a later entry put something else there
		}
		if !u.owner {
			h.Mode |= 0o700 // else we could not remove it, nor look into it
		}
		if err := u.attributes(h); err != nil {
			return fmt.Errorf("unpack %q: %w", h.Name, cause(err))
		}
	}
	return nil
}
