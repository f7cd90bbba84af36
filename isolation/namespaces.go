package isolation

import (
	"strings"

	"golang.org/x/sys/unix"
)

// Namespaces is a set of namespace kinds; the bits are the kernel's CLONE_NEW
// flags (namespaces(7)).
type Namespaces uint64

const (
	Mount  Namespaces = unix.CLONE_NEWNS
	UTS    Namespaces = unix.CLONE_NEWUTS
	IPC    Namespaces = unix.CLONE_NEWIPC
	User   Namespaces = unix.CLONE_NEWUSER
	PID    Namespaces = unix.CLONE_NEWPID
	Net    Namespaces = unix.CLONE_NEWNET
	Cgroup Namespaces = unix.CLONE_NEWCGROUP
	Time   Namespaces = unix.CLONE_NEWTIME
)

// NamespaceKinds lists every kind with the word that names it on a command
// line, in the order in which they are shown.
var NamespaceKinds = [...]struct {
	Kind Namespaces
	Name string
	Flag string
}{
	{User, "user", "CLONE_NEWUSER"},
	{PID, "pid", "CLONE_NEWPID"},
	{Mount, "mount", "CLONE_NEWNS"},
	{Net, "net", "CLONE_NEWNET"},
	{UTS, "uts", "CLONE_NEWUTS"},
	{IPC, "ipc", "CLONE_NEWIPC"},
	{Cgroup, "cgroup", "CLONE_NEWCGROUP"},
	{Time, "time", "CLONE_NEWTIME"},
}

// Has reports whether every kind of sub is in n.
func (n Namespaces) Has(sub Namespaces) bool { return n&sub == sub }

// String lists the kinds by name, joined with commas.
func (n Namespaces) String() string {
	var names []string
	for _, k := range NamespaceKinds {
		if n.Has(k.Kind) {
			names = append(names, k.Name)
		}
	}
	return strings.Join(names, ",")
}

// Flags lists the kinds as clone flags, joined with "|".
func (n Namespaces) Flags() string {
	var names []string
	for _, k := range NamespaceKinds {
		if n.Has(k.Kind) {
			names = append(names, k.Flag)
		}
	}
	return strings.Join(names, "|")
}
