// Package history keeps the lines typed at the prompt, in memory and in a
// file that several shells share. A line once appended is there whole, or, where the shell was
// killed on the way, not at all.
package history

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Limit is how many entries are kept.
const Limit = 100_000

// DefaultPath is $XDG_STATE_HOME/cosh/history, or ~/.local/state/cosh/history (XDG Base
// Directory Specification 0.8); "" where neither variable is an absolute path.
func DefaultPath(getenv func(string) string) string {
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "cosh", "history")
	}
	if home := getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "state", "cosh", "history")
	}
	return ""
}

// History is the entries of one shell, oldest first: those of the file when
// it was opened, then its own. What other shells append meanwhile stays in
// the file for the next one.
type History struct {
	path    string // "": memory only
	limit   int
	entries []string
}

// Open reads the history file at path, and makes it and its directories
// (modes 0600 and 0700) where they are missing. "" is a history in memory only; so is
// what Open returns along with an error, so that a shell can say it and go on.
func Open(path string) (*History, error) { return open(path, Limit) }

// OpenSized is Open for a history of at most limit entries.
func OpenSized(path string, limit int) (*History, error) { return open(path, max(limit, 1)) }

func open(path string, limit int) (*History, error) {
	h := &History{limit: limit}
	if path == "" {
		return h, nil
	}
	if err := h.load(path); err != nil {
		return h, fmt.Errorf("open history: %w", err)
	}
	return h, nil
}

func (h *History) load(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // trimming replaces the file, not the link to it
	}
	f, err := lockFile(path)
	if err != nil {
		return err
	}
	defer f.close()
	text, err := f.read()
	if err != nil {
		return err
	}
	h.path, h.entries = path, decodeAll(text)
	if extra := len(h.entries) - h.limit; extra > 0 {
		h.entries = h.entries[extra:]
		if extra > h.limit/10 {
			return f.replace(lastLines(text, h.limit))
		}
	}
	return nil
}

// Append adds an entry, in memory and in the file. Blank ones, those that
// begin with a space, and a repetition of the last one are left out without
// an error. An error says that the entry is in memory only.
func (h *History) Append(entry string) error {
	if strings.TrimSpace(entry) == "" || entry[0] == ' ' {
		return nil
	}
	if n := len(h.entries); n > 0 && h.entries[n-1] == entry {
		return nil
	}
	h.entries = append(h.entries, entry)
	if extra := len(h.entries) - h.limit; extra > 0 {
		h.entries = h.entries[extra:]
	}
	if h.path == "" {
		return nil
	}
	f, err := lockFile(h.path)
	if err != nil {
		return fmt.Errorf("append to history: %w", err)
	}
	if err := errors.Join(f.append(encode(entry)), f.close()); err != nil {
		return fmt.Errorf("append to history: %w", err)
	}
	return nil
}

// Len is the number of entries.
func (h *History) Len() int { return len(h.entries) }

// At is entry i, from 0, the oldest.
func (h *History) At(i int) string { return h.entries[i] }

// Entries is all of them, oldest first; the caller must not change them.
func (h *History) Entries() []string { return h.entries }

// Search is the newest entry before index before that contains text; ok is
// false where there is none.
func (h *History) Search(text string, before int) (i int, ok bool) {
	for i := min(before, len(h.entries)) - 1; i >= 0; i-- {
		if strings.Contains(h.entries[i], text) {
			return i, true
		}
	}
	return 0, false
}
