package eval

import (
	"golang.org/x/sys/unix"

	"cosh/shell/lang"
	"cosh/shell/session"
)

// Startup runs a file that a shell reads before anything else; one that cannot
// be read is passed over. exit reports that it has ended the shell.
func (sh *Shell) Startup(path string) (exit bool) {
	if path == "" || unix.Faccessat(unix.AT_FDCWD, path, unix.R_OK, unix.AT_EACCESS) != nil {
		return false
	}
	if _, err := sh.Source(path, nil); err != nil {
		sh.report(err)
	}
	exit = sh.pending == ctlExit
	sh.pending = ctlNext
	sh.args, sh.saved = sh.args[:0], sh.saved[:0]
	sh.guard, sh.Loops, sh.ncalls = 0, 0, 0
	return exit
}

// echoInput writes the lines at hand as they were read (set -v).
func (sh *Shell) echoInput(r *lang.Reader) {
	if text := r.Lines(); text != "" {
		sh.message(text)
	}
}

// aliases are those that are substituted now, nil for none.
func (sh *Shell) aliases() map[string]string {
	if len(sh.Aliases) == 0 || sh.Shopts&session.ExpandAliases == 0 && !sh.posix() {
		return nil
	}
	return sh.Aliases
}
