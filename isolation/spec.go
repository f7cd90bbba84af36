// Package isolation holds the data that every launch goes through: a Spec says
// what was asked, a Host says what this kernel and user allow, a Plan is the
// ordered list of kernel operations that resolve makes of the two and launch
// runs. Nothing here does I/O.
package isolation

// Spec is one process as it was asked for. The zero value of every boundary
// field means "no such boundary"; a Spec without any is an ordinary command.
type Spec struct {
	// Argv is the argument vector; Argv[0] is the name as typed.
	Argv []string
	// Paths are tried by execve in order; the first that exists wins. The
	// shell has walked PATH for an ordinary command (one entry); inside
	// another root the walk happens there, one execve per PATH folder.
	Paths []string
	// Script: a file that the kernel does not know as a program (ENOEXEC) is
	// run by this very binary as a shell script (XCU 2.9.1.6).
	Script bool
	// Self runs this very binary instead of Paths: a shell block, a subshell
	// that must be a real process, an interactive shell inside boundaries.
	Self bool
	// Env is the complete environment, NAME=value.
	Env []string
	// Dir is the working directory; "" keeps the shell's own. With a Root it
	// is a path inside that root.
	Dir string
	// Files[n] is the descriptor of ours that the child sees as n; -1: closed.
	// Ours above 2 are close-on-exec; 0, 1 and 2 are taken not to be.
	Files []int
	// Umask is the file mode creation mask, always set in the child.
	Umask int
	// Rlimits are set in the child, in order.
	Rlimits []Rlimit
	// Ignore and Default are signal sets (bit n-1 is signal n) whose
	// disposition is set to SIG_IGN or SIG_DFL in the child. Caught signals
	// become SIG_DFL by themselves.
	Ignore, Default uint64
	// Group places the child in a process group.
	Group Group

	// Name is what the user calls this container; "" has one made up.
	Name string
	// Namespaces are the kinds that the process gets anew.
	Namespaces Namespaces
	// Optional are those of Namespaces that nobody asked for by name: where
	// this kernel cannot make them the plan does without, and says so.
	Optional Namespaces
	// Hostname is set in the new UTS namespace; "" keeps the host's.
	Hostname string
	// Root is another root filesystem; nil keeps the shell's.
	Root *Root
	// Limits are the cgroup controls; the zero value: no cgroup is made.
	Limits Limits
}

// Ordinary reports whether nothing but fork and exec is asked for.
func (s *Spec) Ordinary() bool {
	return s.Namespaces == 0 && s.Root == nil && s.Limits == (Limits{})
}

// Rlimit is one setrlimit(2) of the child; the unit is the resource's own.
type Rlimit struct {
	Resource   int
	Soft, Hard uint64
}

// Group says where a child stands in job control.
type Group struct {
	// Mode is what happens to the child's process group.
	Mode GroupMode
	// ID is the group to join when Mode is GroupJoin.
	ID int
	// Foreground gives the terminal on our descriptor Tty to the group.
	Foreground bool
	Tty        int
}

// GroupMode chooses a child's process group.
type GroupMode uint8

const (
	GroupKeep GroupMode = iota // the shell's own
	GroupNew                   // a new one, led by the child
	GroupJoin                  // the one named by Group.ID
)

// Root is a root filesystem: the layers that image made ready.
type Root struct {
	// Image is the word as the user wrote it, for messages.
	Image string
	// Kind says how the tree comes to be.
	Kind RootKind
	// Layers are directories, uppermost first; empty for RootScratch.
	Layers []string
}

// RootKind is the way a Root's tree is made.
type RootKind uint8

const (
	RootScratch RootKind = iota // an empty tree
	RootHost                    // this machine's files, copy-on-write
	RootLayers                  // the Layers, copy-on-write
)

// Limits are a cgroup's controls. A zero field is not limited.
type Limits struct {
	Memory int64 // bytes
	CPU    int64 // thousandths of one CPU: 1500 is one and a half
	Pids   int64 // processes and threads
}
