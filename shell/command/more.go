package command

import (
	"cosh/shell/job"
)

// Lookups is what type, hash, exec, wait and fc ask of the shell beyond what
// every command needs; it is part of Shell.
type Lookups interface {
	// FindAll lists everything that name means, what would run first (type -a).
	FindAll(name string) []Found
	// Hashed lists the remembered paths of commands, by name.
	Hashed() []HashedPath
	// Remember makes path the one that name runs; "" forgets it.
	Remember(name, path string)

	// ExecAs is Exec with exec's options.
	ExecAs(argv []string, o ExecOptions) int
	// WaitAny waits until one of the jobs is done; nil when none of them runs
	// or has ended. A trapped signal ends it as it ends Wait.
	WaitAny(jobs []*job.Job) (j *job.Job, status int, interrupted bool)
	// History is the lines typed at the prompt, nil in a script.
	History() History
}

// HashedPath is a command whose path is remembered.
type HashedPath struct{ Name, Path string }

// ExecOptions vary ExecAs.
type ExecOptions struct {
	Name  string // argv[0] in place of the command's name
	Login bool   // - before it
	Clear bool   // an empty environment
}

// History is the lines typed at the prompt, the oldest first.
type History interface {
	Len() int
	At(i int) string
	Append(text string) error
}
