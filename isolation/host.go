package isolation

// Host is what this kernel, this machine and this user allow: the facts that
// resolve needs. It is probed once, lazily (package launch knows nothing of
// it), and faked in tests.
type Host struct {
	UID, GID int
	// Capable reports CAP_SYS_ADMIN in our own user namespace: mounts and
	// namespaces can be made without a user namespace.
	Capable bool
	// Nested: we are in a user namespace ourselves, in a container for one, so
	// root is not the machine's root.
	Nested bool
	// UserNS is "" when an unprivileged user namespace can be made here, else
	// the reason with the setting to change.
	UserNS string
	// Cgroups is where and how cgroups can be made.
	Cgroups CgroupHost
	// Namespaces are the kinds that this kernel has.
	Namespaces Namespaces
	// OverlayInUserNS: overlayfs can be mounted inside a user namespace (5.11).
	OverlayInUserNS bool
	// TempDir is a directory of ours for mount points and layers.
	TempDir string
	// StaticSelf: this binary needs no loader, so it can be executed from a
	// descriptor in a root that holds no libc.
	StaticSelf bool
	// SelfPath is where this binary lies; "" when it cannot be found there any
	// more (removed, or entered by a descriptor), though it can be executed.
	SelfPath string
	// Watch, when not nil, is for processes that have boundaries but no PID
	// namespace: what they leave running is ended if the shell is killed.
	Watch *Watch
	// Submounts are the file systems mounted below / that hold files of their
	// own: a copy-on-write view of this machine has to cover each of them.
	Submounts []Submount
	// Pieces are the same view for a user namespace, which may not separate a
	// directory from what is mounted below it (EINVAL, mount_namespaces(7)):
	// the largest directories with no mount below, and what leads to them.
	Pieces []Piece
}

// Watch is the session's guardian to a process that has to make itself known:
// the process connects to Address (the path of an abstract unix(7) socket),
// makes its namespaces, writes its key and a newline, and reads one byte.
type Watch struct {
	Address string
	// Ready has the guardian running.
	Ready func() error
	// Fresh makes up a key.
	Fresh func() string
	// Forget says that the process of that key has ended by itself.
	Forget func(key string) error
}

// Submount is a mount below / other than a kernel interface such as /proc.
type Submount struct {
	Path string
	Type string // the file system type, as in /proc/self/mountinfo
	File bool   // a single file is mounted, not a directory
}

// Piece is one part of this machine's tree; parents stand before children.
type Piece struct {
	Path   string
	Kind   PieceKind
	Target string // of a PieceLink
}

// PieceKind says how a Piece gets into another root.
type PieceKind uint8

const (
	PieceTree   PieceKind = iota // a directory, shown copy-on-write
	PieceHolder                  // a directory made anew, for pieces below it
	PieceFile                    // a file, shown read-only
	PieceLink                    // a symbolic link, made anew
)

// CgroupHost is the cgroup layout as far as the shell may write to it.
type CgroupHost struct {
	// Version is 1, 2, or 0 when no controller can be used.
	Version int
	// Hybrid: v2 is mounted too but the controllers are v1's.
	Hybrid bool
	// Dirs maps a controller ("memory", "cpu", "pids", …) to the directory
	// below which the shell may make cgroups. On v2 all are the same one.
	Dirs map[string]string
	// Why says for each controller that is missing why, and what to do.
	Why map[string]string
	// Parent, when not "", is the v2 cgroup which has to be made ready once
	// before a cgroup can be made in it: the controllers Enable ("+memory
	// +pids") are written to its cgroup.subtree_control, after its processes
	// have moved to its child Leaf, unless that is "".
	Parent, Leaf, Enable string
	// Fresh makes up a directory name that no other launch uses.
	Fresh func() string
	// Guard, when not nil, has the session's guardian end and remove these
	// directories if the shell is killed; Unguard takes them off its list.
	Guard, Unguard func(dirs []string) error
}
