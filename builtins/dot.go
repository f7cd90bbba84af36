package builtins

import (
	_ "embed" // the help pages
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed dot.md
var dotPage string

// dot runs a file in the current environment (XCU dot). Words behind the file
// are its positional parameters, as in bash.
func dot(c *command.Call) int {
	args, bad := operands(c.Args)
	switch {
	case bad != "":
		return c.Usage("%s", bad)
	case len(args) == 0:
		return c.Usage("the file is missing")
	}
	path := dotPath(c.State, args[0])
	if path == "" {
		return c.Errorf(2, "%s: no such file in $PATH", args[0])
	}
	var params []string
	if len(args) > 1 {
		params = append(params, args[1:]...)
	}
	status, err := c.Shell.Source(path, params)
	if err != nil {
		return c.Errorf(2, "%v", err)
	}
	return status
}

// dotPath looks a name without a slash up in PATH, for a file that can be
// read; without the posix option also in the working directory, as in bash.
func dotPath(s *session.Session, name string) string {
	if strings.IndexByte(name, '/') >= 0 {
		return name
	}
	list, _ := s.Get(session.PATH)
	for {
		dir, rest, more := strings.Cut(list, ":")
		if p := joinPath(dir, name); readableFile(s.Path(p)) {
			return p
		}
		if !more {
			break
		}
		list = rest
	}
	if s.Options&session.Posix == 0 && readableFile(s.Path("./"+name)) {
		return "./" + name
	}
	return ""
}

// joinPath is dir/name, where an empty dir is the working directory (XBD 8.3).
func joinPath(dir, name string) string {
	switch {
	case dir == "":
		return "./" + name
	case dir[len(dir)-1] == '/':
		return dir + name
	}
	return dir + "/" + name
}

func readableFile(path string) bool {
	var st unix.Stat_t
	return unix.Stat(path, &st) == nil && st.Mode&unix.S_IFMT != unix.S_IFDIR &&
		unix.Faccessat(unix.AT_FDCWD, path, unix.R_OK, unix.AT_EACCESS) == nil
}
