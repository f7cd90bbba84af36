package builtins

import (
	"bytes"
	_ "embed" // the help page
	"errors"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/session"
)

//go:embed cd.md
var cdPage string

var cdFlags = []command.Flag{
	{Name: "logical", Letter: 'L', Help: "dot-dot leaves the directory as it was named (the default)"},
	{Name: "physical", Letter: 'P', Help: "resolve symbolic links first"},
	{Name: "exact", Letter: 'e', Help: "with -P: status 1 where the new directory's name cannot be found out"},
}

// cd changes the working directory (XCU cd; the numbers are its steps).
func cd(c *command.Call) int {
	o := options{flags: cdFlags, words: c.Args}
	physical := c.State.Options&session.Physical != 0
	for o.next() {
		if o.letter != 'e' {
			physical = o.letter == 'P'
		}
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) > 1:
		return c.Usage("one directory at most")
	}
	dir, show, problem := cdTarget(c.State, o.words)
	if problem != "" {
		return c.Errorf(1, "%s", problem)
	}
	path, found := searchCDPATH(c.State, dir)
	show = show || found
	if err := changeDir(c, path, physical); err != nil {
		return c.Errorf(1, "%s: %s%s", dir, diag.Errno(err), nearDir(c.State, dir, err))
	}
	if show {
		c.Print(c.State.Dir + "\n")
	}
	return 0
}

// cdTarget is the directory asked for; show is true for "-" (1, 2).
func cdTarget(s *session.Session, words []string) (dir string, show bool, problem string) {
	if len(words) == 0 {
		if dir, _ = s.Get(session.HOME); dir == "" {
			return "", false, "HOME is not set"
		}
		return dir, false, ""
	}
	switch dir = words[0]; dir {
	case "":
		return "", false, "the directory's name is empty"
	case "-":
		if dir, _ = s.Get(session.OLDPWD); dir == "" {
			return "", false, "OLDPWD is not set: there is no directory to go back to"
		}
		return dir, true, ""
	}
	return dir, false, ""
}

// searchCDPATH looks a relative name up in CDPATH (3 to 5). found is false
// where it is the name itself, or was found through an empty entry.
func searchCDPATH(s *session.Session, dir string) (path string, found bool) {
	first, _, _ := strings.Cut(dir, "/")
	list, _ := s.Get(session.CDPATH)
	if list == "" || first == "" || first == "." || first == ".." {
		return dir, false
	}
	for {
		entry, rest, more := strings.Cut(list, ":")
		if p := joinPath(entry, dir); isDir(s.Path(p)) {
			return p, entry != ""
		}
		if !more {
			return dir, false
		}
		list = rest
	}
}

func isDir(path string) bool {
	var st unix.Stat_t
	return unix.Stat(path, &st) == nil && st.Mode&unix.S_IFMT == unix.S_IFDIR
}

// changeDir goes to path and sets PWD and OLDPWD (6 to 10).
func changeDir(c *command.Call, path string, physical bool) error {
	s := c.State
	base := s.Dir
	if path[0] == '/' {
		base = "/"
	} else if base == "" {
		return unix.ENOENT // nobody knows where we are
	}
	logical, err := canonical(base, path)
	if physical {
		logical, err = filepath.EvalSymlinks(joinPath(base, path))
	}
	if err != nil {
		return err
	}
	old := s.Dir
	if err := c.Shell.Chdir(logical, logical); err != nil {
		return err
	}
	if err := s.Set(session.PWD, logical); err != nil {
		return err
	}
	return s.Set(session.OLDPWD, old)
}

// canonical is path, seen from the canonical directory base, without "." and
// ".." and doubled slashes. A ".." behind a name in path is an error where that
// is no directory (8); the way out of a directory that is gone stays open.
func canonical(base, path string) (string, error) {
	out := []byte(base)
	for named := 0; path != ""; {
		var part string
		part, path, _ = strings.Cut(path, "/")
		switch part {
		case "", ".":
		case "..":
			if named > 0 {
				if err := mustBeDir(string(out)); err != nil {
					return "", err
				}
				named--
			}
			out = out[:max(bytes.LastIndexByte(out, '/'), 1)]
		default:
			if len(out) > 1 {
				out = append(out, '/')
			}
			out = append(out, part...)
			named++
		}
	}
	return string(out), nil
}

func mustBeDir(path string) error {
	var st unix.Stat_t
	if err := unix.Stat(path, &st); err != nil {
		return err
	}
	if st.Mode&unix.S_IFMT != unix.S_IFDIR {
		return unix.ENOTDIR
	}
	return nil
}

// nearDir suggests a sibling of a directory that does not exist.
func nearDir(s *session.Session, dir string, err error) string {
	if !errors.Is(err, unix.ENOENT) {
		return ""
	}
	dir = strings.TrimRight(dir, "/")
	parent, base := filepath.Split(dir)
	if parent == "" {
		parent = "."
	}
	entries, readErr := os.ReadDir(s.Path(parent))
	if readErr != nil {
		return ""
	}
	var names []string
	for _, entry := range entries {
		if isDir(filepath.Join(s.Path(parent), entry.Name())) {
			names = append(names, entry.Name())
		}
	}
	return perhaps(base, names)
}
