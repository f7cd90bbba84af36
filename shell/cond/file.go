package cond

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// file evaluates a primary that asks for a file. An empty path is none.
func file(op byte, path string, e Env) bool {
	name, ok := realPath(path, e)
	if !ok {
		return false
	}
	switch op {
	case 'r':
		return access(name, unix.R_OK)
	case 'w':
		return access(name, unix.W_OK)
	case 'x':
		return access(name, unix.X_OK)
	}
	flags := 0
	if op == 'h' || op == 'L' {
		flags = unix.AT_SYMLINK_NOFOLLOW
		name = e.Path(path) // of /dev/stdin, the link itself
	}
	var st unix.Stat_t
	if stat(name, &st, flags) != nil {
		return false
	}
	return property(op, &st)
}

func property(op byte, st *unix.Stat_t) bool {
	kind := st.Mode & unix.S_IFMT
	switch op {
	case 'e':
		return true
	case 'f':
		return kind == unix.S_IFREG
	case 'd':
		return kind == unix.S_IFDIR
	case 'h', 'L':
		return kind == unix.S_IFLNK
	case 'p':
		return kind == unix.S_IFIFO
	case 'S':
		return kind == unix.S_IFSOCK
	case 'b':
		return kind == unix.S_IFBLK
	case 'c':
		return kind == unix.S_IFCHR
	case 's':
		return st.Size > 0
	case 'u':
		return st.Mode&unix.S_ISUID != 0
	case 'g':
		return st.Mode&unix.S_ISGID != 0
	case 'k':
		return st.Mode&unix.S_ISVTX != 0
	case 'O':
		return int(st.Uid) == unix.Geteuid()
	case 'G':
		return int(st.Gid) == unix.Getegid()
	}
	return newer(st.Mtim, st.Atim) // N: changed since it was last read
}

// access asks with the effective ids, as XCU test wants.
func access(path string, mode uint32) bool {
	for {
		err := unix.Faccessat(unix.AT_FDCWD, path, mode, unix.AT_EACCESS)
		if err != unix.EINTR {
			return err == nil
		}
	}
}

func stat(path string, st *unix.Stat_t, flags int) error {
	for {
		err := unix.Fstatat(unix.AT_FDCWD, path, st, flags)
		if err != unix.EINTR {
			return err
		}
	}
}

// realPath is the path to hand to the kernel. The names of descriptors in
// /dev mean the shell's virtual ones. ok is false for an empty path and a
// descriptor that is not open.
func realPath(path string, e Env) (name string, ok bool) {
	if path == "" {
		return "", false
	}
	if rest, found := strings.CutPrefix(path, "/dev/"); found {
		if n, ok := descriptorName(rest); ok {
			fd, open := e.Fd(n)
			return "/proc/self/fd/" + strconv.Itoa(fd), open
		}
	}
	return e.Path(path), true
}

// descriptorName reads stdin, stdout, stderr and fd/N.
func descriptorName(name string) (n int, ok bool) {
	switch name {
	case "stdin":
		return 0, true
	case "stdout":
		return 1, true
	case "stderr":
		return 2, true
	}
	digits, found := strings.CutPrefix(name, "fd/")
	if !found || digits == "" || len(digits) > 9 {
		return 0, false
	}
	for i := 0; i < len(digits); i++ {
		d := digits[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int(d)
	}
	return n, true
}

// isTerminal evaluates -t n.
func isTerminal(arg string, e Env) (bool, error) {
	n, err := Int(arg)
	if err != nil {
		return false, err
	}
	if n < 0 || n > 1<<30 {
		return false, nil
	}
	fd, ok := e.Fd(int(n))
	if !ok {
		return false, nil
	}
	_, err = unix.IoctlGetTermios(fd, unix.TCGETS)
	return err == nil, nil
}

// compareFiles evaluates -nt, -ot and -ef. A file that exists is newer than
// one that does not (XCU test, 2024).
func compareFiles(op, a, b string, e Env) bool {
	var sa, sb unix.Stat_t
	okA, okB := statArg(a, &sa, e), statArg(b, &sb, e)
	switch {
	case op == "-ef":
		return okA && okB && sa.Dev == sb.Dev && sa.Ino == sb.Ino
	case op == "-ot":
		okA, okB, sa, sb = okB, okA, sb, sa
	}
	return okA && (!okB || newer(sa.Mtim, sb.Mtim))
}

func statArg(path string, st *unix.Stat_t, e Env) bool {
	name, ok := realPath(path, e)
	return ok && stat(name, st, 0) == nil
}

func newer(a, b unix.Timespec) bool {
	return a.Sec > b.Sec || a.Sec == b.Sec && a.Nsec > b.Nsec
}
