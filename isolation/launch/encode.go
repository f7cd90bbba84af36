package launch

import (
	"fmt"
	"strconv"
	"strings"
	"unsafe"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// empty is the content of a register that nothing has filled.
const empty = ^uintptr(0)

// MaxRegs is the highest register that a Plan may use.
const MaxRegs = 63

// encoder writes steps into a slab. It knows the registers that were filled
// before the program runs; those that the program fills itself are read through
// opMove.
type encoder struct {
	slab  *slab
	known []uintptr // register values, by Reg; empty ones included
	cells uintptr   // offset of the program's own registers
	set   uint64    // registers that an earlier op of this program fills
	ops   uintptr   // offset of the next op
}

// need is the room in bytes that a program of steps takes, with extra ops and
// extra bytes of strings.
func need(steps []isolation.Step, regs, extraOps, extraBytes int) uintptr {
	n := unsafe.Sizeof(header{}) + uintptr(regs+1)*8 + uintptr(extraOps+1)*opSize + uintptr(extraBytes) + 64
	for i := range steps {
		for j := range steps[i].Calls {
			n += callNeed(&steps[i].Calls[j])
		}
	}
	return n
}

// callNeed is the room of one call.
func callNeed(c *isolation.Call) uintptr {
	n := opSize
	for i := range c.Args {
		switch a := &c.Args[i]; a.Kind {
		case isolation.ArgString, isolation.ArgBytes:
			n += uintptr(len(a.Str)) + 16
		case isolation.ArgList:
			n += uintptr(len(a.List)+2) * 8
			for _, s := range a.List {
				n += uintptr(len(s)) + 1
			}
			n += 8
		case isolation.ArgFormat:
			n += uintptr(len(a.Str)) + 32
		case isolation.ArgReg:
			n += opSize
		}
	}
	return n
}

// begin reserves the registers and count ops in e's slab.
func (e *encoder) begin(count int) {
	e.cells = e.slab.grab(uintptr(len(e.known)) * 8)
	copy(unsafe.Slice((*uintptr)(unsafe.Add(e.slab.base, e.cells)), len(e.known)), e.known)
	e.ops = e.slab.grab(uintptr(count) * opSize)
}

// opCount is how many ops steps become, without extra ones.
func opCount(steps []isolation.Step) int {
	n := 0
	for i := range steps {
		for j := range steps[i].Calls {
			n++
			for k := range steps[i].Calls[j].Args {
				if steps[i].Calls[j].Args[k].Kind == isolation.ArgReg {
					n++
				}
			}
		}
	}
	return n
}

// next is a zeroed op at the end of the program.
func (e *encoder) next() *op {
	o := (*op)(unsafe.Add(e.slab.base, e.ops))
	e.ops += opSize
	*o = op{}
	return o
}

// pseudo appends an operation that is no system call.
func (e *encoder) pseudo(nr uintptr, step int, args ...uintptr) {
	o := e.next()
	o.nr, o.step = nr, uint32(step)
	copy(o.args[:], args)
}

// call appends c, which is of step number step.
func (e *encoder) call(c *isolation.Call, step int) error {
	if len(c.Args) > 6 {
		return fmt.Errorf("encode system call %d: %d arguments", c.Nr, len(c.Args))
	}
	moves := 0
	for i := range c.Args {
		if e.late(&c.Args[i]) {
			moves++
		}
	}
	own := e.ops + uintptr(moves)*opSize
	var args [6]uintptr
	for i := range c.Args {
		v, err := e.arg(&c.Args[i])
		if err != nil {
			return err
		}
		args[i] = v
		if e.late(&c.Args[i]) {
			e.pseudo(opMove, step, v, e.slab.addr(own)+unsafe.Offsetof(op{}.args)+uintptr(i)*8)
		}
	}
	o := e.next()
	o.describe(c, step)
	o.args = args
	if c.Out != 0 {
		if int(c.Out) >= len(e.known) {
			return fmt.Errorf("encode system call %d: no register %d", c.Nr, c.Out)
		}
		o.out = e.cell(c.Out)
		e.set |= 1 << c.Out
	}
	return nil
}

// late reports whether a is a register whose value only the program knows.
func (e *encoder) late(a *isolation.Arg) bool {
	return a.Kind == isolation.ArgReg && a.Int <= MaxRegs && e.set&(1<<a.Int) != 0
}

// cell is the address of register r.
func (e *encoder) cell(r isolation.Reg) uintptr { return e.slab.addr(e.cells) + uintptr(r)*8 }

// arg is the word to pass for a: the value itself, or the address of a copy in
// the slab. For a late register it is the address of the cell.
func (e *encoder) arg(a *isolation.Arg) (uintptr, error) {
	switch a.Kind {
	case isolation.ArgInt:
		return a.Int, nil
	case isolation.ArgString:
		return e.cstring(a.Str), nil
	case isolation.ArgBytes:
		off := e.slab.grab(uintptr(len(a.Str)))
		copy(e.slab.bytes(off, uintptr(len(a.Str))), a.Str)
		return e.slab.addr(off), nil
	case isolation.ArgList:
		return e.list(a.List, ""), nil
	}
	r := isolation.Reg(a.Int)
	if r <= 0 || int(r) >= len(e.known) {
		return 0, fmt.Errorf("encode argument: no register %d", a.Int)
	}
	switch a.Kind {
	case isolation.ArgReg:
		if e.late(a) {
			return e.cell(r), nil
		}
		return e.known[r], nil
	case isolation.ArgRegAddr:
		return e.cell(r), nil
	case isolation.ArgFormat:
		before, after, _ := strings.Cut(a.Str, "%d")
		if e.set&(1<<r) != 0 || e.known[r] == empty {
			return 0, fmt.Errorf("encode %q: register %d is not known yet", a.Str, r)
		}
		return e.cstring(before + strconv.FormatUint(uint64(e.known[r]), 10) + after), nil
	}
	return 0, fmt.Errorf("encode argument: kind %d", a.Kind)
}

// cstring copies s into the slab, with a NUL.
func (e *encoder) cstring(s string) uintptr {
	off := e.slab.grab(uintptr(len(s)) + 1)
	b := e.slab.bytes(off, uintptr(len(s))+1)
	copy(b, s)
	b[len(s)] = 0
	return e.slab.addr(off)
}

// list copies a vector of C strings into the slab, the strings one behind the
// other; extra, when not empty, is a last one.
func (e *encoder) list(v []string, extra string) uintptr {
	count, total := len(v), 0
	for _, s := range v {
		total += len(s) + 1
	}
	if extra != "" {
		count++
		total += len(extra) + 1
	}
	off := e.slab.grab(uintptr(count+1) * 8)
	ptrs := unsafe.Slice((*uintptr)(unsafe.Add(e.slab.base, off)), count+1)
	at := e.slab.grab(uintptr(total))
	text := e.slab.bytes(at, uintptr(total))
	next := e.slab.addr(at)
	put := func(i int, s string) {
		ptrs[i] = next
		n := copy(text, s)
		text[n] = 0
		text = text[n+1:]
		next += uintptr(n) + 1
	}
	for i, s := range v {
		put(i, s)
	}
	if extra != "" {
		put(count-1, extra)
	}
	ptrs[count] = 0
	return e.slab.addr(off)
}

// isPrctl reports whether c is prctl(option, …).
func isPrctl(c *isolation.Call, option uintptr) bool {
	return c.Nr == unix.SYS_PRCTL && len(c.Args) > 0 && c.Args[0].Kind == isolation.ArgInt && c.Args[0].Int == option
}
