package expand

import (
	"os"
	"strconv"
	"strings"
)

// passwd is the user database that is read: passwd(5). Names from a network
// service need libc's nsswitch and are not known.
const passwd = "/etc/passwd"

// Tilde returns the home directory that ~user stands for. For an empty user
// that is the value of home (the variable HOME) or, when it is unset, the
// directory of the user that runs the shell. ok is false when there is no
// such user: the word then stays as it is.
func Tilde(user string, home func() (string, bool)) (dir string, ok bool) {
	if user != "" {
		return homeOf(passwd, func(f []string) bool { return f[0] == user })
	}
	if dir, ok := home(); ok {
		return dir, true
	}
	uid := strconv.Itoa(os.Getuid())
	return homeOf(passwd, func(f []string) bool { return f[2] == uid })
}

// homeOf returns the home directory in the first line of a passwd file whose
// fields (name, password, uid, gid, comment, directory, shell) are wanted.
func homeOf(file string, wanted func(fields []string) bool) (dir string, ok bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", false
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), ":")
		if len(f) >= 6 && f[0] != "" && wanted(f) {
			return f[5], true
		}
	}
	return "", false
}
