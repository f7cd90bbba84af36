package image

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// The store:
//
//	STORE/lock                 held (flock(2)) by who unpacks or clears up
//	STORE/tmp-*                being unpacked, or left by one that was killed
//	STORE/sha256/DIGEST/       a tree, complete: it got this name last of all
//	STORE/seen/DEV-INO-SIZE-MTIME   a link to DIGEST, saves reading the archive
//
// Trees are never changed once they have their name.

// unpackOnce returns the tree of an archive.
func unpackOnce(path, store string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", &Error{Why: "cannot read the archive", Err: cause(err)}
	}
	defer f.Close()
	seen, err := seenName(f, store)
	if err != nil {
		return "", err
	}
	if digest, err := os.Readlink(seen); err == nil {
		if tree := treeOf(store, digest); isDir(tree) {
			return tree, nil
		}
	}
	for _, dir := range []string{store, filepath.Join(store, "sha256"), filepath.Join(store, "seen")} {
		// 0700: an old set-user-ID program in an image is not for others to find.
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", fmt.Errorf("make the image store: %w", err)
		}
	}
	digest, err := digestOf(f)
	if err != nil {
		return "", err
	}
	tree := treeOf(store, digest)
	if err := locked(store, func() error {
		if isDir(tree) {
			return nil
		}
		return unpackTo(f, store, tree)
	}); err != nil {
		return "", err
	}
	_ = os.Remove(seen) // of a tree that has gone
	_ = os.Symlink(digest, seen)
	return tree, nil
}

// unpackTo unpacks beside the final place and moves the finished tree there:
// who is killed half-way leaves only a tmp directory, which the next one removes.
func unpackTo(f *os.File, store, tree string) error {
	old, _ := filepath.Glob(filepath.Join(store, "tmp-*"))
	for _, dir := range old {
		_ = removeAll(dir)
	}
	tmp, err := os.MkdirTemp(store, "tmp-")
	if err != nil {
		return fmt.Errorf("make a place to unpack in: %w", err)
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := unpackFile(f, tmp); err != nil {
		_ = removeAll(tmp)
		return err
	}
	if err := os.Rename(tmp, tree); err != nil {
		_ = removeAll(tmp)
		return fmt.Errorf("put the image into the store: %w", err)
	}
	return nil
}

// unpackFile finds out how the archive is compressed and unpacks it.
func unpackFile(f *os.File, dir string) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(f, 1<<20)
	head, err := in.Peek(6)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return &Error{Why: "a damaged gzip file", Err: err}
		}
		return unpack(unzipped, dir)
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return unpackBy("zstd", in, dir)
	case bytes.HasPrefix(head, []byte{0xfd, '7', 'z', 'X', 'Z', 0}):
		return unpackBy("xz", in, dir)
	case bytes.HasPrefix(head, []byte("BZh")):
		return unpackBy("bzip2", in, dir)
	}
	return unpack(in, dir)
}

// unpackBy has a program of this machine decompress the archive.
func unpackBy(program string, in io.Reader, dir string) error {
	path, err := exec.LookPath(program)
	if err != nil {
		return &Error{Why: "compressed with " + program + ", which is not installed here; install it, or decompress the file"}
	}
	cmd := exec.Command(path, "-dc")
	cmd.Stdin = in
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return fmt.Errorf("run %s: %w", program, err)
	}
	unpacked := unpack(out, dir)
	if unpacked != nil {
		_ = cmd.Process.Kill()
	} else {
		_, _ = io.Copy(io.Discard, out)
	}
	if err := cmd.Wait(); err != nil && said.Len() > 0 {
		return &Error{Why: strings.TrimSpace(said.String())}
	} else if unpacked == nil && err != nil {
		return fmt.Errorf("run %s: %w", program, err)
	}
	return unpacked
}

// locked runs f alone among all shells that use the store.
func locked(store string, f func() error) error {
	lock, err := os.OpenFile(filepath.Join(store, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("lock the image store: %w", err)
	}
	defer lock.Close()
	for {
		err = unix.Flock(int(lock.Fd()), unix.LOCK_EX)
		if err != unix.EINTR {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("lock the image store: %w", err)
	}
	return f()
}

func digestOf(f *os.File) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("read the archive: %w", cause(err))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func treeOf(store, digest string) string { return filepath.Join(store, "sha256", digest) }

// seenName stands for a file as it is now, in the way of make(1): a file that
// has changed has another time or size.
func seenName(f *os.File, store string) (string, error) {
	var st unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &st); err != nil {
		return "", fmt.Errorf("read the archive: %w", err)
	}
	return filepath.Join(store, "seen", fmt.Sprintf("%x-%x-%x-%x.%x", st.Dev, st.Ino, st.Size, st.Mtim.Sec, st.Mtim.Nsec)), nil
}

func isDir(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// removeAll removes a tree that may hold directories without write permission.
func removeAll(dir string) error {
	err := os.RemoveAll(dir)
	if err == nil {
		return nil
	}
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if d != nil && d.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(dir)
}
