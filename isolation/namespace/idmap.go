package namespace

import (
	"strconv"

	"cosh/isolation"
	"cosh/isolation/step"
)

// MapRoot makes our user number 0 inside a new user namespace. The process
// writes the map itself, which the kernel allows for one line that maps just
// the writer's own id, and for groups once setgroups(2) has been given up, as
// leaving a group could grant access that the group is denied
// (user_namespaces(7), "Defining user and group ID mappings"; CVE-2014-8989).
func MapRoot(l *step.List, uid, gid int, reg isolation.Reg) {
	users := "0 " + strconv.Itoa(uid) + " 1"
	groups := "0 " + strconv.Itoa(gid) + " 1"
	l.Begin(isolation.Step{
		Do:    "give up setgroups",
		Shell: "echo deny > /proc/self/setgroups",
		Why:   "the kernel asks for this before an unprivileged process may map a group (user_namespaces(7))",
	})
	l.Write("/proc/self/setgroups", "deny", reg)
	l.Begin(isolation.Step{
		Do:    "map user " + strconv.Itoa(uid) + " to root",
		Shell: "echo " + users + " > /proc/self/uid_map",
		Why:   "inside it is root, outside it remains our own user: it may do no more to the host than we may (user_namespaces(7))",
	})
	l.Write("/proc/self/uid_map", users, reg)
	l.Begin(isolation.Step{
		Do:    "map group " + strconv.Itoa(gid) + " to root",
		Shell: "echo " + groups + " > /proc/self/gid_map",
		Why:   "the same for the group (user_namespaces(7))",
	})
	l.Write("/proc/self/gid_map", groups, reg)
}
