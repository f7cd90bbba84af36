package eval

import (
	"sort"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/isolation"
	"cosh/isolation/launch"
	"cosh/isolation/resolve"
	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/job"
	"cosh/shell/session"
)

// FindAll lists everything that a name means.
func (sh *Shell) FindAll(name string) (all []command.Found) {
	if text, ok := sh.Aliases[name]; ok {
		all = append(all, command.Found{Kind: command.FoundAlias, Path: text})
	}
	if keyword(name) {
		all = append(all, command.Found{Kind: command.FoundKeyword})
	}
	b := sh.registry.Lookup(name)
	special := b != nil && b.Kind == command.Special
	if special && sh.posix() {
		all = append(all, command.Found{Kind: command.FoundSpecial})
	}
	if sh.Func(sh.names.Lookup(name)) != nil {
		all = append(all, command.Found{Kind: command.FoundFunction})
	}
	switch {
	case special && !sh.posix():
		all = append(all, command.Found{Kind: command.FoundSpecial})
	case b != nil && !special:
		all = append(all, command.Found{Kind: command.FoundBuiltin})
	}
	for _, path := range sh.candidates(name) {
		var st unix.Stat_t
		if unix.Stat(sh.Path(path), &st) == nil && st.Mode&unix.S_IFMT == unix.S_IFREG &&
			unix.Faccessat(unix.AT_FDCWD, sh.Path(path), unix.X_OK, unix.AT_EACCESS) == nil {
			all = append(all, command.Found{Kind: command.FoundFile, Path: path})
		}
	}
	return all
}

// Hashed lists the remembered paths.
func (sh *Shell) Hashed() (list []command.HashedPath) {
	if path, _ := sh.Get(session.PATH); path != sh.hashPath && !sh.virtual {
		return nil
	}
	for name, path := range sh.hash {
		list = append(list, command.HashedPath{Name: name, Path: path})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

// Remember makes path the one that name runs. The map may be shared with a
// subshell, so it is copied.
func (sh *Shell) Remember(name, path string) {
	hash := make(map[string]string, len(sh.hash)+1)
	if list, _ := sh.Get(session.PATH); list == sh.hashPath {
		for k, v := range sh.hash {
			hash[k] = v
		}
	} else {
		sh.hashPath = list
	}
	if hash[name] = path; path == "" {
		delete(hash, name)
	}
	sh.hash = hash
}

// ExecAs replaces the shell by a program under another name, or in an empty
// environment.
func (sh *Shell) ExecAs(argv []string, o command.ExecOptions) int {
	argv = append([]string(nil), argv...)
	env := sh.Environ()
	if o.Clear {
		env = nil
	}
	spec, err := sh.program(argv, env)
	if err != nil {
		sh.failed(err)
		if !sh.interactive() {
			sh.pending = ctlExit
		}
		return sh.Status
	}
	if o.Name != "" {
		spec.Argv[0] = o.Name
	}
	if o.Login {
		spec.Argv[0] = "-" + spec.Argv[0]
	}
	if sh.virtual || sh.beside.Load() > 0 {
		sh.Traps.Reset(0)
		sh.leave(sh.foreground(spec, strings.Join(argv, " ")))
		sh.pending = ctlExit
		return sh.Status
	}
	sh.pending = ctlExit
	return sh.replace(spec)
}

// replace executes the program of the Spec in this process; it returns when that
// failed.
func (sh *Shell) replace(spec *isolation.Spec) int {
	plan, err := resolve.Plan(spec, nil)
	if err == nil {
		sh.files.Sync()
		err = launch.Exec(plan)
	}
	if p, ok := err.(*diag.Problem); ok {
		sh.failed(p)
	} else {
		sh.Status = sh.notStarted(err, &child{name: spec.Argv[0]})
	}
	return sh.Status
}

// anyTick is how often a wait for several processes looks for signals, in
// milliseconds.
const anyTick = 20

// WaitAny waits until one of the jobs is done.
func (sh *Shell) WaitAny(jobs []*job.Job) (*job.Job, int, bool) {
	for {
		var fds []unix.PollFd
		for _, j := range jobs {
			if j.Poll(); j.State() == job.Done {
				closeAll(fds)
				status, interrupted := sh.Wait(j)
				return j, status, interrupted
			}
			for _, p := range j.Procs {
				if fd, err := unix.PidfdOpen(p.Pid(), 0); err == nil && p.State == job.Running {
					fds = append(fds, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
				}
			}
		}
		if len(fds) == 0 {
			return nil, 127, false
		}
		_, _ = unix.Poll(fds, anyTick)
		closeAll(fds)
		if sig := sh.caught(); sig != 0 {
			return nil, 128 + sig, true
		}
	}
}

func closeAll(fds []unix.PollFd) {
	for _, fd := range fds {
		unix.Close(int(fd.Fd))
	}
}

// caught is a signal with an action that has arrived and not been taken, 0 for
// none.
func (sh *Shell) caught() int {
	if sh.virtual {
		return 0
	}
	mask := sh.process.pending.Load()
	for sig := 1; mask != 0 && sig <= 64; sig++ {
		action, ok := sh.Traps.Action(sig)
		if mask&(1<<(sig-1)) != 0 && (ok && action != "" || sig == int(unix.SIGINT) && sh.interactive()) {
			return sig
		}
	}
	return 0
}

// UseHistory tells where typed lines are kept, for fc.
func (sh *Shell) UseHistory(h command.History) { sh.history = h }

// History is the lines typed at the prompt, nil in a script.
func (sh *Shell) History() command.History { return sh.history }
