package launch

import (
	"encoding/binary"
	"errors"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// appendSteps writes steps as uvarints and counted strings, after what regs
// hold; what is only for people (Do, Why, Hint, Text) stays behind:
//
//	regs:  count, then each value plus one (0: empty)
//	steps: count, then for each the count of its calls
//	call:  nr, out, pair, want plus one (0: any), final, tolerate…, args…
//	arg:   kind, then a number, a string, or a counted list of strings
func appendSteps(b []byte, regs []uintptr, steps []isolation.Step) []byte {
	b = binary.AppendUvarint(b, uint64(len(regs)))
	for _, v := range regs {
		b = binary.AppendUvarint(b, uint64(v+1))
	}
	b = binary.AppendUvarint(b, uint64(len(steps)))
	for i := range steps {
		b = binary.AppendUvarint(b, uint64(len(steps[i].Calls)))
		for j := range steps[i].Calls {
			b = appendCall(b, &steps[i].Calls[j])
		}
	}
	return b
}

func appendCall(b []byte, c *isolation.Call) []byte {
	want, final := uint64(0), uint64(0)
	if c.Want != nil {
		want = uint64(*c.Want) + 1
	}
	if c.Final {
		final = 1
	}
	for _, v := range [...]uint64{uint64(c.Nr), uint64(c.Out), uint64(c.Pair), want, final, uint64(len(c.Tolerate))} {
		b = binary.AppendUvarint(b, v)
	}
	for _, e := range c.Tolerate {
		b = binary.AppendUvarint(b, uint64(e))
	}
	b = binary.AppendUvarint(b, uint64(len(c.Args)))
	for i := range c.Args {
		a := &c.Args[i]
		b = append(b, byte(a.Kind))
		switch a.Kind {
		case isolation.ArgString, isolation.ArgBytes:
			b = appendString(b, a.Str)
		case isolation.ArgFormat:
			b = appendString(b, a.Str)
			b = binary.AppendUvarint(b, uint64(a.Int))
		case isolation.ArgList:
			b = binary.AppendUvarint(b, uint64(len(a.List)))
			for _, s := range a.List {
				b = appendString(b, s)
			}
		default:
			b = binary.AppendUvarint(b, uint64(a.Int))
		}
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decoder reads what appendSteps wrote. After the first fault all reads give
// zero, and bad is set.
type decoder struct {
	b   []byte
	bad bool
}

var errDamaged = errors.New("the steps handed to the stage are damaged")

func (d *decoder) number() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return v
}

// count is a number of things that take at least one byte each.
func (d *decoder) count() int {
	n := d.number()
	if n > uint64(len(d.b)) {
		d.bad, d.b = true, nil
		return 0
	}
	return int(n)
}

func (d *decoder) text() string {
	n := d.count()
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}

// steps reads registers and steps.
func (d *decoder) steps() (regs []uintptr, steps []isolation.Step, err error) {
	regs = make([]uintptr, d.count())
	for i := range regs {
		regs[i] = uintptr(d.number()) - 1
	}
	steps = make([]isolation.Step, d.count())
	for i := range steps {
		steps[i].Calls = make([]isolation.Call, d.count())
		for j := range steps[i].Calls {
			d.call(&steps[i].Calls[j])
		}
	}
	if d.bad {
		return nil, nil, errDamaged
	}
	return regs, steps, nil
}

func (d *decoder) call(c *isolation.Call) {
	c.Nr, c.Out, c.Pair = uintptr(d.number()), isolation.Reg(d.number()), isolation.Reg(d.number())
	if want := int(d.number() - 1); want != -1 {
		c.Want = &want
	}
	c.Final = d.number() == 1
	for n := d.count(); n > 0; n-- {
		c.Tolerate = append(c.Tolerate, unix.Errno(d.number()))
	}
	c.Args = make([]isolation.Arg, d.count())
	for i := range c.Args {
		d.arg(&c.Args[i])
	}
}

func (d *decoder) arg(a *isolation.Arg) {
	a.Kind = isolation.ArgKind(d.number())
	switch a.Kind {
	case isolation.ArgString, isolation.ArgBytes:
		a.Str = d.text()
	case isolation.ArgFormat:
		a.Str = d.text()
		a.Int = uintptr(d.number())
	case isolation.ArgList:
		a.List = make([]string, d.count())
		for i := range a.List {
			a.List[i] = d.text()
		}
	default:
		a.Int = uintptr(d.number())
	}
}
