package isolation

import "golang.org/x/sys/unix"

// Plan is what a launch does, in order: the Steps before the clone run in the
// shell, the Child steps in the new process, the After steps in the shell
// beside it, the Undo steps when the process is gone or the launch failed.
// explain prints a Plan, launch runs the same one.
type Plan struct {
	Before []Step
	// Flags are the namespace bits of the one clone3 call.
	Flags Namespaces
	Clone Step // the clone3 step as explain shows it; launch uses Flags
	Child []Step
	// Late, when not empty, are steps that this very binary runs in Go after
	// the last Child step has executed it (/proc/self/exe or a descriptor of
	// it) with execve: launch adds one descriptor and one environment variable
	// to that execve, launch.StageMain does the rest. A Late that ends in a
	// Final call ends there; one that does not continues as the shell.
	Late  []Step
	After []Step
	Undo  []Step // run in reverse order; one that reads an empty register is skipped
	// Pid is the register that receives the child's process id before the
	// After steps run; 0: not wanted.
	Pid Reg
	// Pidfd is the register that receives a descriptor of the child
	// (CLONE_PIDFD, close-on-exec); 0: none is made.
	Pidfd Reg
	// Cgroup is the register that holds a descriptor of a v2 cgroup directory
	// into which the child is born (CLONE_INTO_CGROUP, Linux 5.7); 0: none.
	Cgroup Reg
	// Regs is how many registers the steps use; register 0 means "none".
	Regs int
	// Die: one of the Child steps has the kernel kill the child when the thread
	// that cloned it dies (PR_SET_PDEATHSIG), so that must be a thread which
	// lives as long as the shell.
	Die bool
	// Cgroups are the directories that the plan makes for this process; what
	// happened in them is read (cgroup.Read) before the Undo steps remove them.
	Cgroups []string
}

// Register makes a register that no other step of the plan uses.
func (p *Plan) Register() Reg {
	p.Regs++
	return Reg(p.Regs)
}

// Step is one kernel operation with its explanation.
type Step struct {
	// Do is the operation in a few words, for messages: "mount proc on /proc".
	Do string
	// Shell is the equivalent shell command; "" when there is none.
	Shell string
	// Why is one sentence with its man page.
	Why string
	// Calls are the system calls, in order: most often one; writing a file is
	// openat, write, close.
	Calls []Call
	// Run, when not nil, is what the shell does in place of Calls: work that is
	// no fixed list of calls, like ending every process of a cgroup. Only
	// Before, After and Undo steps may have it; Calls then show what it does.
	Run func() error
	// Hint is what to change when the kernel refuses; "" leaves it to the errno.
	Hint string
}

// Call is one system call.
type Call struct {
	Nr   uintptr // unix.SYS_…
	Args []Arg   // at most six
	// Out is the register that receives the result; 0: dropped. A register
	// that received a descriptor may be read by any later step, also across
	// the clone: the child inherits the values that stood in it.
	Out Reg
	// Pair, for pipe2 and socketpair before the clone, is the first of two
	// registers that receive the two descriptors; the call's vector argument
	// is then Int(0), launch gives it memory.
	Pair Reg
	// Tolerate lists the errors that do not stop the plan.
	Tolerate []unix.Errno
	// Want, when not nil, is the result that is required; another one fails
	// the step with EPROTO (a read that must return 1 byte: 0 is "the shell
	// gave up").
	Want *int
	// Final marks an execve: when it succeeds nothing after it runs.
	Final bool
}

// Reg numbers a register of a Plan, from 1 to Plan.Regs. A register is empty
// (-1) until a call fills it, and again once the shell has closed the
// descriptor in it: closing one in After and again in Undo does no harm.
type Reg int

// Arg is one argument of a Call. Text, when set, is how explain shows it:
// symbolic flags, for one.
type Arg struct {
	Kind ArgKind
	Int  uintptr
	Str  string   // ArgString: a C string; ArgBytes: the bytes themselves
	List []string // ArgList: a NULL-terminated vector of C strings
	Text string
}

// ArgKind says which field of an Arg is its value.
type ArgKind uint8

const (
	ArgInt     ArgKind = iota // Int
	ArgString                 // pointer to Str as a C string
	ArgBytes                  // pointer to Str's bytes; may be written to by the kernel
	ArgList                   // pointer to a vector
	ArgReg                    // the value in register Int
	ArgRegAddr                // pointer to the value in register Int (8 bytes, so its low 4 are the C int)
	ArgFormat                 // pointer to the C string Str, its one %d being the value in register Int
)

// Int is a number; Flags a number shown as text; Str a C string; Bytes a
// buffer; List a vector; FromReg what an earlier call returned; RegAddr the
// address of that (TIOCSPGRP wants one); Format a C string such as
// "/proc/%d/uid_map" filled in from a register (in the child only from one
// that was set before the clone).
func Int(n int) Arg                    { return Arg{Int: uintptr(n)} }
func Flags(n uintptr, text string) Arg { return Arg{Int: n, Text: text} }
func Str(s string) Arg                 { return Arg{Kind: ArgString, Str: s} }
func Bytes(s string, text string) Arg  { return Arg{Kind: ArgBytes, Str: s, Text: text} }
func List(v []string, text string) Arg { return Arg{Kind: ArgList, List: v, Text: text} }
func FromReg(r Reg, text string) Arg   { return Arg{Kind: ArgReg, Int: uintptr(r), Text: text} }
func RegAddr(r Reg, text string) Arg   { return Arg{Kind: ArgRegAddr, Int: uintptr(r), Text: text} }
func Format(s string, r Reg) Arg       { return Arg{Kind: ArgFormat, Str: s, Int: uintptr(r)} }
