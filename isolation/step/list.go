// Package step writes the steps of a Plan: the list they are collected in and
// the operations that more than one subject needs (directories, files,
// descriptors).
package step

import (
	"encoding/binary"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// List collects steps. Its calls and arguments share two backing arrays, so
// that the plan of an ordinary command costs a handful of allocations.
type List struct {
	Steps []isolation.Step
	calls []isolation.Call
	args  []isolation.Arg
	first int // index in calls of the current step's first call
}

// NewList makes a List with room for that many steps, calls and arguments; it
// grows beyond them when it has to.
func NewList(steps, calls, args int) *List {
	return &List{
		Steps: make([]isolation.Step, 0, steps),
		calls: make([]isolation.Call, 0, calls),
		args:  make([]isolation.Arg, 0, args),
	}
}

// Begin starts a step; its calls follow by Call.
func (l *List) Begin(s isolation.Step) {
	l.Steps = append(l.Steps, s)
	l.first = len(l.calls)
}

// Call appends a system call to the current step and returns it, for its
// result and its tolerated errors to be set before the next one is appended.
func (l *List) Call(nr uintptr, args ...isolation.Arg) *isolation.Call {
	from := len(l.args)
	l.args = append(l.args, args...)
	l.calls = append(l.calls, isolation.Call{Nr: nr, Args: l.args[from:len(l.args):len(l.args)]})
	l.Steps[len(l.Steps)-1].Calls = l.calls[l.first:len(l.calls):len(l.calls)]
	return &l.calls[len(l.calls)-1]
}

// Mkdir makes a directory unless it is there.
func (l *List) Mkdir(path string, mode int, text string) {
	l.Call(unix.SYS_MKDIRAT, Here, isolation.Str(path), isolation.Flags(uintptr(mode), text)).
		Tolerate = Exists
}

// Write opens an existing file, writes text to it in one write(2) and closes
// it: how kernel settings are made. reg holds the descriptor meanwhile.
func (l *List) Write(path, text string, reg isolation.Reg) {
	l.Call(unix.SYS_OPENAT, Here, isolation.Str(path),
		isolation.Flags(unix.O_WRONLY|unix.O_CLOEXEC, "O_WRONLY|O_CLOEXEC")).Out = reg
	l.Call(unix.SYS_WRITE, isolation.FromReg(reg, "fd"), isolation.Bytes(text, ""), isolation.Int(len(text)))
	l.Close(reg)
}

// TryWrite is Write for a file that not every kernel has.
func (l *List) TryWrite(path, text string, reg isolation.Reg) {
	from := len(l.calls)
	l.Write(path, text, reg)
	for i := range l.calls[from:] {
		l.calls[from+i].Tolerate = noFile
	}
}

// Close closes the descriptor in a register.
func (l *List) Close(reg isolation.Reg) {
	l.Call(unix.SYS_CLOSE, isolation.FromReg(reg, "fd"))
}

// Here is AT_FDCWD: the paths of a *at call start at the working directory.
var Here = isolation.Flags(^uintptr(99), "AT_FDCWD")

// Null is a NULL pointer.
var Null = isolation.Flags(0, "NULL")

// Sets of errors that a call may end with and yet be what was wanted.
var (
	Exists  = []unix.Errno{unix.EEXIST}
	Missing = []unix.Errno{unix.ENOENT}
	noFile  = []unix.Errno{unix.ENOENT, unix.EBADF} // EBADF: what follows a failed open
)

// Words are 64-bit numbers as the kernel's structures hold them, in the order
// of bytes of every machine that cosh runs on, little-endian.
func Words(values ...uint64) string {
	buf := make([]byte, 0, 32)
	for _, v := range values {
		buf = binary.LittleEndian.AppendUint64(buf, v)
	}
	return string(buf)
}
