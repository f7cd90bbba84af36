package eval

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/diag"
	"cosh/shell/files"
	"cosh/shell/session"
)

// redir is one compiled redirection.
type redir struct {
	op   syntax.RedirOperator
	fd   int // the descriptor it changes
	line int
	both bool   // &> and its kin: descriptor 2 follows
	bare bool   // no descriptor was written: >&word may name a file
	ref  string // {name}: the variable or element that gets a free descriptor
	word func(*Shell) string
}

// savedFile is a descriptor as it was before a redirection.
type savedFile struct {
	fd   int
	file *files.File
	// substituted: it stands for a process substitution.
	substituted bool
}

func (c *compiler) redirs(list []*syntax.Redirect) []redir {
	if len(list) == 0 {
		return nil
	}
	out := make([]redir, len(list))
	for i, r := range list {
		out[i] = c.redir(r)
	}
	return out
}

func (c *compiler) redir(r *syntax.Redirect) redir {
	out := redir{op: r.Op, fd: 1, line: c.line(r), bare: r.N == nil}
	switch r.Op {
	case syntax.RdrIn, syntax.RdrInOut, syntax.DplIn, syntax.Hdoc, syntax.DashHdoc, syntax.WordHdoc:
		out.fd = 0
	case syntax.RdrAll, syntax.AppAll, syntax.RdrAllClob, syntax.AppAllClob:
		out.both = true
	}
	if r.N != nil && strings.HasPrefix(r.N.Value, "{") {
		out.ref = strings.Trim(r.N.Value, "{}")
	} else if r.N != nil {
		n, err := strconv.Atoi(r.N.Value)
		if err != nil {
			out.word = func(sh *Shell) string {
				sh.failf("%s: a descriptor before a redirection is a number", r.N.Value)
				return ""
			}
			return out
		}
		out.fd = n
	}
	switch r.Op {
	case syntax.Hdoc, syntax.DashHdoc:
		out.word = c.hereDocument(r)
	case syntax.WordHdoc:
		text := c.text(r.Word)
		out.word = func(sh *Shell) string { return text(sh) + "\n" }
	default:
		out.word = c.text(r.Word) // neither split nor matched to files (XCU 2.7)
	}
	return out
}

// hereDocument compiles the body: as it stands when any part of the delimiter
// is quoted, else with expansions (XCU 2.7.4).
func (c *compiler) hereDocument(r *syntax.Redirect) func(*Shell) string {
	if r.Hdoc == nil {
		return func(*Shell) string { return "" }
	}
	quoted := r.Word.Lit() == "" && len(r.Word.Parts) > 0
	for _, p := range r.Word.Parts {
		if l, ok := p.(*syntax.Lit); ok {
			for i := 0; i < len(l.Value); i++ {
				quoted = quoted || l.Value[i] == '\\'
			}
		}
	}
	if quoted {
		text := r.Hdoc.Lit()
		return func(*Shell) string { return text }
	}
	return joinText(c.parts(r.Hdoc, inHere))
}

// redirected wraps a compound command in its redirections.
func (c *compiler) redirected(list []*syntax.Redirect, body node) node {
	rs := c.redirs(list)
	if rs == nil {
		return body
	}
	return func(sh *Shell) ctl {
		base := len(sh.saved)
		if !sh.redirect(rs) {
			sh.restore(base)
			return sh.unredirected()
		}
		r := body(sh)
		sh.restore(base)
		return r
	}
}

// redirect performs redirections in order and remembers what they replaced on
// the saved stack. It is false, with a message, when one failed.
func (sh *Shell) redirect(rs []redir) bool {
	for i := range rs {
		r := &rs[i]
		base := len(sh.saved)
		target := r.word(sh)
		err := sh.fault
		sh.fault = nil
		sh.unexpanded = err != nil
		if err == nil {
			err = sh.redirectOne(r, target)
		}
		sh.dropSubstituted(base)
		if err != nil {
			sh.report(err)
			return false
		}
	}
	return true
}

// unredirected is how a command ends whose redirections failed: with status
// 1, but where it was an expansion that failed, the shell goes (XCU 2.8.1).
func (sh *Shell) unredirected() ctl {
	if sh.unexpanded {
		sh.Status, sh.garbled = 2, true
		return sh.abort()
	}
	sh.Status = 1
	return sh.errexit(ctlNext)
}

func (sh *Shell) redirectOne(r *redir, target string) error {
	if r.ref != "" {
		return sh.redirectNamed(r, target)
	}
	f, both, err := sh.openRedir(r, target)
	if err != nil {
		return err
	}
	sh.put(r.fd, f)
	if both {
		sh.put(2, f)
	}
	if n, ok := moved(r, target); ok {
		sh.put(n, nil)
	}
	return nil
}

func (sh *Shell) put(fd int, f *files.File) {
	sh.saved = append(sh.saved, savedFile{fd: fd, file: sh.files.Put(fd, f)})
}

// restore undoes the redirections above base.
func (sh *Shell) restore(base int) {
	for len(sh.saved) > base {
		s := &sh.saved[len(sh.saved)-1]
		sh.files.Restore(s.fd, s.file)
		sh.saved = sh.saved[:len(sh.saved)-1]
	}
}

// keep makes the redirections above base permanent (exec).
func (sh *Shell) keep(base int) {
	for _, s := range sh.saved[base:] {
		files.Drop(s.file)
	}
	sh.saved = sh.saved[:base]
}

// openRedir opens what a redirection names; nil closes the descriptor. both
// tells that descriptor 2 is to follow.
func (sh *Shell) openRedir(r *redir, target string) (f *files.File, both bool, err error) {
	const creat = unix.O_WRONLY | unix.O_CREAT
	both = r.both
	switch r.op {
	case syntax.RdrIn:
		f, err = sh.open(target, unix.O_RDONLY)
	case syntax.RdrOut, syntax.RdrAll:
		if sh.Options&session.NoClobber != 0 {
			f, err = sh.openNew(target)
			break
		}
		f, err = sh.open(target, creat|unix.O_TRUNC)
	case syntax.RdrClob, syntax.RdrAllClob:
		f, err = sh.open(target, creat|unix.O_TRUNC)
	case syntax.AppOut, syntax.AppAll, syntax.AppClob, syntax.AppAllClob:
		f, err = sh.open(target, creat|unix.O_APPEND)
	case syntax.RdrInOut:
		f, err = sh.open(target, unix.O_RDWR|unix.O_CREAT)
	case syntax.DplIn, syntax.DplOut:
		return sh.duplicate(r, target)
	case syntax.Hdoc, syntax.DashHdoc, syntax.WordHdoc:
		f = files.NewText(target)
	default:
		err = fmt.Errorf("%s: there is no such redirection", r.op)
	}
	return f, both, err
}

// open opens a path of the script for a redirection.
func (sh *Shell) open(path string, flags int) (*files.File, error) {
	if n, ok := deviceFd(path); ok {
		return sh.openDevice(n, flags, path)
	}
	for {
		fd, err := unix.Open(sh.Path(path), flags|unix.O_CLOEXEC, uint32(0o666&^sh.Umask))
		switch err {
		case nil:
			return files.New(fd), nil
		case unix.EINTR:
			continue
		}
		verb := "open"
		if flags&unix.O_CREAT != 0 {
			verb = "create"
		}
		return nil, fmt.Errorf("cannot %s %s: %s", verb, path, diag.Errno(err))
	}
}

// openNew is > under noclobber: an existing regular file is left alone.
func (sh *Shell) openNew(path string) (*files.File, error) {
	f, err := sh.open(path, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL)
	if err == nil {
		return f, nil
	}
	var st unix.Stat_t
	if unix.Stat(sh.Path(path), &st) == nil {
		if st.Mode&unix.S_IFMT == unix.S_IFREG {
			return nil, fmt.Errorf("cannot overwrite %s: it exists and set -C (noclobber) is on; write >| to do it", path)
		}
		return sh.open(path, unix.O_WRONLY)
	}
	return nil, err
}
