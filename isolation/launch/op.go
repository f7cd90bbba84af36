package launch

import (
	"unsafe"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// op is one system call of an encoded program. The assembly knows this layout:
// offsets 0, 8…48, 56, 64, 72, 80 and the size of 112 bytes.
type op struct {
	nr       uintptr
	args     [6]uintptr
	out      uintptr   // address of the register that gets the result, or 0
	want     uintptr   // the result required with opWant
	flags    uintptr   // opWant, opFinal
	tolerate [3]uint64 // bit n: errno n does not stop the program
	step     uint32    // index of the step in its list
	_        uint32
}

// Flags of an op.
const (
	opWant  = 1 << 0
	opFinal = 1 << 1
)

// Operations that are no system calls.
const (
	opMove  = ^uintptr(0) // copy the word at args[0] to args[1]
	opAlive = ^uintptr(1) // fail with ESRCH when the 32-bit word at args[0] is 0
	opStop  = ^uintptr(2) // the end of the program: nothing was executed
)

const opSize = unsafe.Sizeof(op{})

// failure is where the program reports; the assembly knows offsets 0, 8 and 16.
type failure struct {
	op      uintptr // address of the op that failed, 0: none
	errno   uintptr
	stopped uintptr // 1: the program ended there and not in execve
}

// note applies the rule for a failed call to f and reports whether the program
// goes on. Among candidates for execve the one that says most is kept: a file
// that may not be executed (126) rather than one that is not there (127), as
// POSIX 2.9.1.4 has it; assembly and Go runner follow the same rule.
func (f *failure) note(at uintptr, o *op, errno unix.Errno) (goOn bool) {
	tolerated := o.tolerates(errno)
	if o.flags&opFinal == 0 {
		if tolerated {
			return true
		}
	} else if f.errno != 0 {
		if errno == unix.ENOENT || tolerated && unix.Errno(f.errno) == unix.EACCES {
			return tolerated
		}
	}
	f.op, f.errno = at, uintptr(errno)
	return tolerated
}

// tolerates reports whether errno is in o's set.
func (o *op) tolerates(errno unix.Errno) bool {
	return errno < 192 && o.tolerate[errno/64]&(1<<(errno%64)) != 0
}

// describe fills in everything of o but its arguments from c.
func (o *op) describe(c *isolation.Call, step int) {
	o.nr, o.step = c.Nr, uint32(step)
	if c.Want != nil {
		o.want, o.flags = uintptr(*c.Want), o.flags|opWant
	}
	if c.Final {
		o.flags |= opFinal
	}
	for _, e := range c.Tolerate {
		if e < 192 {
			o.tolerate[e/64] |= 1 << (e % 64)
		}
	}
}
