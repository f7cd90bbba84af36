package eval

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/files"
)

// firstNamed is the lowest descriptor that {name}>file uses, as in bash.
const firstNamed = 10

// duplicate is <& and >&: of a descriptor, - for closing, or, when no number
// stands before it, >&file for both outputs.
func (sh *Shell) duplicate(r *redir, target string) (f *files.File, both bool, err error) {
	if target == "-" {
		return nil, false, nil
	}
	digits := target
	if !sh.posix() {
		digits = strings.TrimSuffix(target, "-")
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		if r.op == syntax.DplOut && (r.bare || r.fd == 1) && target != "" && !sh.posix() {
			f, err = sh.open(target, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC)
			return f, true, err
		}
		return nil, false, fmt.Errorf("%s: a descriptor to duplicate is a number or -", target)
	}
	f = sh.files.Get(n)
	if f == nil {
		return nil, false, fmt.Errorf("%d: bad file descriptor", n)
	}
	return f, false, nil
}

// moved is the descriptor that n>&m- closes once it has been duplicated.
func moved(r *redir, target string) (n int, ok bool) {
	if r.op != syntax.DplIn && r.op != syntax.DplOut {
		return 0, false
	}
	digits, ok := strings.CutSuffix(target, "-")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && n != r.fd
}

// redirectNamed is {name}>file: a free descriptor is opened, its number
// becomes the value of name, and it stays open after the command.
// {name}>&- closes the one that name holds.
func (sh *Shell) redirectNamed(r *redir, target string) error {
	if (r.op == syntax.DplIn || r.op == syntax.DplOut) && target == "-" {
		text, _, err := sh.GetRef(r.ref)
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return fmt.Errorf("%s: %q is no descriptor", r.ref, text)
		}
		sh.files.Close(n)
		return nil
	}
	f, _, err := sh.openRedir(r, target)
	if err != nil {
		return err
	}
	n := sh.freeFrom(firstNamed)
	files.Drop(sh.files.Put(n, f))
	if err := sh.SetRef(r.ref, strconv.Itoa(n)); err != nil {
		sh.files.Close(n)
		return err
	}
	if m, ok := moved(r, target); ok {
		sh.files.Close(m)
	}
	return nil
}
