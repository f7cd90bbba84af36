// Package builtins holds the commands that the shell itself performs, one file
// each with its help page beside it.
package builtins

import (
	"sort"
	"sync"

	"cosh/shell/command"
)

// Registry is all builtins; it implements command.Registry. The zero Registry
// is ready; it is made at the first question and does not change after that,
// so several goroutines may ask.
type Registry struct {
	once sync.Once
	list []*command.Builtin
}

// Lookup returns the builtin of that name, nil when there is none.
func (r *Registry) Lookup(name string) *command.Builtin {
	list := r.All()
	i := sort.Search(len(list), func(i int) bool { return list[i].Name >= name })
	if i < len(list) && list[i].Name == name {
		return list[i]
	}
	return nil
}

// All lists the builtins by name. The caller does not write to the list.
func (r *Registry) All() []*command.Builtin {
	r.once.Do(func() {
		all := All()
		r.list = make([]*command.Builtin, len(all))
		for i := range all {
			r.list[i] = &all[i]
		}
		sort.Slice(r.list, func(i, j int) bool { return r.list[i].Name < r.list[j].Name })
	})
	return r.list
}

// All is every builtin that the shell has.
func All() []command.Builtin {
	return append(specials(), regulars()...)
}

// specials are the special builtins of POSIX (XCU 2.15), and source.
func specials() []command.Builtin {
	const special = command.Special
	return []command.Builtin{
		{Name: ".", Kind: special, Help: dotPage, Run: dot},
		{Name: ":", Kind: special, Help: colonPage, Run: succeed},
		{Name: "break", Kind: special, Help: breakPage, Run: breakLoop},
		{Name: "continue", Kind: special, Help: continuePage, Run: continueLoop},
		{Name: "eval", Kind: special, Help: evalPage, Run: eval},
		{Name: "exec", Kind: special, Flags: execFlags, Help: execPage, Run: execute},
		{Name: "exit", Kind: special, Help: exitPage, Run: exitShell},
		{Name: "export", Kind: special, Declares: true, Flags: exportFlags, Help: exportPage, Run: export},
		{Name: "readonly", Kind: special, Declares: true, Flags: readonlyFlags, Help: readonlyPage, Run: readonly},
		{Name: "return", Kind: special, Help: returnPage, Run: returnStatus},
		{Name: "set", Kind: special, Help: setPage, Run: set},
		{Name: "shift", Kind: special, Help: shiftPage, Run: shift},
		{Name: "source", Kind: special, Help: dotPage, Run: dot},
		{Name: "times", Kind: special, Help: timesPage, Run: times},
		{Name: "trap", Kind: special, Flags: trapFlags, Help: trapPage, Run: trap},
		{Name: "unset", Kind: special, Flags: unsetFlags, Help: unsetPage, Run: unset},
	}
}

// regulars are the other builtins, the wrappers among them.
func regulars() []command.Builtin {
	return []command.Builtin{
		{Name: "[", Help: testPage, Run: bracket},
		{Name: "alias", Help: aliasPage, Run: alias},
		{Name: "bg", Help: bgPage, Run: bg},
		{Name: "builtin", Help: builtinPage, Run: runBuiltin},
		{Name: "caller", Help: callerPage, Run: caller},
		{Name: "cd", Flags: cdFlags, Help: cdPage, Run: cd},
		{Name: "chroot-image", Kind: command.Wrapper, Help: chrootImagePage, Apply: chrootImage},
		{Name: "command", Flags: commandFlags, Help: commandPage, Run: runCommand},
		{Name: "declare", Declares: true, Flags: declareFlags, Help: declarePage, Run: declare},
		{Name: "dirs", Flags: dirsFlags, Help: dirsPage, Run: dirs},
		{Name: "disown", Flags: disownFlags, Help: disownPage, Run: disown},
		{Name: "echo", Help: echoPage, Run: echo},
		{Name: "explain", Block: true, Help: explainPage, Run: explain},
		{Name: "false", Help: falsePage, Run: fail},
		{Name: "fc", Flags: fcFlags, Help: fcPage, Run: fc},
		{Name: "fg", Help: fgPage, Run: fg},
		{Name: "getopts", Help: getoptsPage, Run: getopts},
		{Name: "hash", Flags: hashFlags, Help: hashPage, Run: hash},
		{Name: "help", Help: helpPage, Run: help},
		{Name: "isolate", Kind: command.Wrapper, Flags: isolateFlags(), Help: isolatePage, Apply: isolate},
		{Name: "jobs", Flags: jobsFlags, Help: jobsPage, Run: jobs},
		{Name: "kill", Flags: killFlags, Help: killPage, Run: kill},
		{Name: "let", Help: letPage, Run: let},
		{Name: "limit", Kind: command.Wrapper, Flags: limitFlags, Help: limitPage, Apply: limit},
		{Name: "local", Declares: true, Help: localPage, Run: local},
		{Name: "mapfile", Flags: mapfileFlags, Help: mapfilePage, Run: mapfile},
		{Name: "popd", Flags: pushdFlags, Help: popdPage, Run: popd},
		{Name: "printf", Flags: printfFlags, Help: printfPage, Run: printf},
		{Name: "pushd", Flags: pushdFlags, Help: pushdPage, Run: pushd},
		{Name: "pwd", Flags: pwdFlags, Help: pwdPage, Run: pwd},
		{Name: "readarray", Flags: mapfileFlags, Help: readarrayPage, Run: mapfile},
		{Name: "read", Flags: readFlags, Help: readPage, Run: read},
		{Name: "shopt", Flags: shoptFlags, Help: shoptPage, Run: shopt},
		{Name: "suspend", Flags: suspendFlags, Help: suspendPage, Run: suspend},
		{Name: "test", Help: testPage, Run: test},
		{Name: "true", Help: truePage, Run: succeed},
		{Name: "type", Flags: typeFlags, Help: typePage, Run: typeOf},
		{Name: "typeset", Declares: true, Flags: declareFlags, Help: typesetPage, Run: declare},
		{Name: "ulimit", Flags: ulimitFlags(), Help: ulimitPage, Run: ulimit},
		{Name: "umask", Flags: umaskFlags, Help: umaskPage, Run: umask},
		{Name: "unalias", Flags: unaliasFlags, Help: unaliasPage, Run: unalias},
		{Name: "wait", Flags: waitFlags, Help: waitPage, Run: wait},
	}
}
