package eval

import (
	"cosh/shell/command"
	"cosh/shell/session"
)

// A posixRegistry leaves out what no POSIX shell has and what a script may well
// have a function or a program for: limit, isolate, chroot-image, explain, help.
type posixRegistry struct{ all command.Registry }

func (r posixRegistry) Lookup(name string) *command.Builtin {
	if b := r.all.Lookup(name); b != nil && !extension(b) {
		return b
	}
	return nil
}

func (r posixRegistry) All() []*command.Builtin {
	var list []*command.Builtin
	for _, b := range r.all.All() {
		if !extension(b) {
			list = append(list, b)
		}
	}
	return list
}

func extension(b *command.Builtin) bool {
	return b.Kind == command.Wrapper || b.Block || b.Name == "help"
}

// followPosix makes the builtins and the words that take a block those of the
// posix option. Code that is compiled already keeps what it was compiled with.
func (sh *Shell) followPosix() {
	hidden, is := sh.registry.(posixRegistry)
	switch on := sh.posix(); {
	case sh.virtual:
	case on && !is:
		sh.registry, sh.lang.Wrappers = posixRegistry{sh.registry}, nil
	case !on && is:
		sh.registry, sh.lang.Wrappers = hidden.all, Wrappers(hidden.all)
	}
}

// Wrappers are the words that may be followed by a block.
func Wrappers(r command.Registry) map[string]bool {
	m := map[string]bool{}
	for _, b := range r.All() {
		if b.Kind == command.Wrapper || b.Block {
			m[b.Name] = true
		}
	}
	return m
}

// setOptions changes options, and what goes with them: vi and emacs exclude
// each other.
func (sh *Shell) setOptions(on, off session.Options) {
	switch {
	case on&session.Vi != 0:
		off |= session.Emacs
	case on&session.Emacs != 0:
		off |= session.Vi
	}
	changed := (sh.Options&^off | on) ^ sh.Options
	sh.Options = sh.Options&^off | on
	if changed&session.Posix != 0 {
		sh.followPosix()
	}
	if changed&on&session.Monitor != 0 {
		sh.monitorScript()
	}
	if sh.readsOnly() {
		sh.Status, sh.pending = 0, ctlAbort // nothing more of this line runs
	}
}

// readsOnly reports a script under -n: it is read to its end for its errors.
func (sh *Shell) readsOnly() bool {
	return sh.Options&session.NoExec != 0 && sh.Options&session.Interactive == 0
}
