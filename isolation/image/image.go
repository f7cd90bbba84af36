// Package image turns the word that names an image into a root file system:
// this machine, nothing at all, a directory, or a tar archive, which is
// unpacked once into a store of ours.
package image

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cosh/isolation"
)

// Error is about the word that named an image.
type Error struct {
	Word string
	Why  string
	Err  error // what the system said; may be nil
}

func (e *Error) Error() string {
	text := "open image " + e.Word + ": " + e.Why
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// accepted is what a word may be, for messages.
const accepted = "give host, scratch, a directory, or a tar file (.tar, .tar.gz)"

// Open makes the image that word names ready to be a root. Relative names are
// looked up from dir, the shell's working directory. store is where archives
// are unpacked to (StoreDir). The words host and scratch win over files of that
// name, which ./host names.
func Open(word, dir, store string) (*isolation.Root, error) {
	switch word {
	case "":
		return nil, &Error{Word: `""`, Why: "an empty name; " + accepted}
	case "host":
		return &isolation.Root{Image: word, Kind: isolation.RootHost}, nil
	case "scratch":
		return &isolation.Root{Image: word, Kind: isolation.RootScratch}, nil
	}
	path := word
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !strings.Contains(word, "/"):
		return nil, &Error{Word: word, Why: "no file or directory of that name, and images are not fetched from registries; " + accepted}
	case err != nil:
		return nil, &Error{Word: word, Why: accepted, Err: cause(err)}
	case info.IsDir():
		return directory(word, path)
	case info.Mode().IsRegular():
		return archive(word, path, store)
	}
	return nil, &Error{Word: word, Why: "neither a directory nor a regular file; " + accepted}
}

// directory takes a tree as it lies there; it is never written to.
func directory(word, path string) (*isolation.Root, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, &Error{Word: word, Why: "cannot follow it", Err: cause(err)}
	}
	if real == "/" {
		return &isolation.Root{Image: word, Kind: isolation.RootHost}, nil
	}
	d, err := os.Open(real)
	if err != nil {
		return nil, &Error{Word: word, Why: "cannot read the directory", Err: cause(err)}
	}
	_ = d.Close()
	return &isolation.Root{Image: word, Kind: isolation.RootLayers, Layers: []string{real}}, nil
}

// archive unpacks a tar file, unless the store has its content already.
func archive(word, path, store string) (*isolation.Root, error) {
	tree, err := unpackOnce(path, store)
	if err != nil {
		var known *Error
		if errors.As(err, &known) {
			known.Word = word
			return nil, known
		}
		return nil, &Error{Word: word, Why: "cannot unpack it", Err: err}
	}
	return &isolation.Root{Image: word, Kind: isolation.RootLayers, Layers: []string{tree}}, nil
}

// cause is an error without the path that it repeats.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// StoreDir is where this user's archives are unpacked to: /var/lib/cosh for
// root, else $XDG_DATA_HOME/cosh or ~/.local/share/cosh (XDG Base Directory
// Specification); getenv looks a variable up. It is not made yet.
func StoreDir(uid int, getenv func(string) string) (string, error) {
	if uid == 0 {
		return "/var/lib/cosh", nil
	}
	if data := getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return filepath.Join(data, "cosh"), nil
	}
	if home := getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local/share/cosh"), nil
	}
	return "", fmt.Errorf("find a place for images: neither HOME nor XDG_DATA_HOME is set")
}
