package session

import (
	"encoding/binary"
	"errors"

	"cosh/isolation"
)

// A session is handed to another process as a list of numbers and texts, in
// the order of the fields below; both sides are the same binary.

// Encoder collects a state.
type Encoder struct{ Buf []byte }

func (e *Encoder) Int(n int64) { e.Buf = binary.AppendVarint(e.Buf, n) }
func (e *Encoder) Text(s string) {
	e.Int(int64(len(s)))
	e.Buf = append(e.Buf, s...)
}
func (e *Encoder) Texts(list []string) {
	e.Int(int64(len(list)))
	for _, s := range list {
		e.Text(s)
	}
}

// Decoder reads what an Encoder wrote. After damage everything reads as zero
// and Err is set.
type Decoder struct {
	Buf []byte
	Err error
}

var errState = errors.New("the state handed over is damaged")

func (d *Decoder) Int() int64 {
	n, size := binary.Varint(d.Buf)
	if size <= 0 {
		d.Err, d.Buf = errState, nil
		return 0
	}
	d.Buf = d.Buf[size:]
	return n
}

func (d *Decoder) Text() string {
	n := d.Int()
	if n < 0 || n > int64(len(d.Buf)) {
		d.Err, d.Buf = errState, nil
		return ""
	}
	s := string(d.Buf[:n])
	d.Buf = d.Buf[n:]
	return s
}

func (d *Decoder) Texts() []string {
	n := d.Int()
	var list []string
	for ; n > 0 && d.Err == nil; n-- {
		list = append(list, d.Text())
	}
	return list
}

// Encode writes the state that a real subshell inherits: everything but jobs
// and caught traps.
func (s *Session) Encode(e *Encoder) {
	e.Int(int64(s.Options))
	e.Int(int64(s.Shopts))
	e.Text(s.Name)
	e.Texts(s.Params)
	for _, n := range [...]int{s.Status, s.Pid, s.Parent, s.Background, s.Line, s.Depth, s.Sourced, s.Loops, s.Subshell, s.Umask} {
		e.Int(int64(n))
	}
	e.Text(s.Script)
	e.Text(s.Dir)
	e.Texts(s.Boundaries)
	e.Texts(s.passthrough)
	e.Int(int64(s.Traps.IgnoreMask()))
	e.Int(int64(s.Traps.Ignored))
	e.Int(int64(len(s.Rlimits)))
	for _, r := range s.Rlimits {
		e.Int(int64(r.Resource))
		e.Int(int64(r.Soft))
		e.Int(int64(r.Hard))
	}
	e.Int(int64(len(s.Aliases)))
	for k, v := range s.Aliases {
		e.Text(k)
		e.Text(v)
	}
	s.encodeVars(e)
	s.encodeFuncs(e)
}

func (s *Session) encodeVars(e *Encoder) {
	const kept = Exported | Readonly | Local | Integer | Lower | Upper | Arrays | NameRef | Declared
	count := 0
	for i := range s.vars {
		if s.vars[i].flags&(Set|kept) != 0 {
			count++
		}
	}
	e.Int(int64(count))
	for i := range s.vars {
		v := &s.vars[i]
		if v.flags&(Set|kept) == 0 {
			continue
		}
		set := v.flags & Set
		if v.flags&Special != 0 && ID(i) >= FUNCNAME && ID(i) <= BASH_SUBSHELL {
			set = 0 // made anew there
		}
		text := ""
		if v.flags&(Arrays|NameRef) == 0 {
			text, _ = s.Get(ID(i))
		}
		e.Text(s.Names.Name(ID(i)))
		e.Int(int64(v.flags&kept | set))
		e.Text(text)
		if v.flags&(Arrays|NameRef) != 0 {
			s.encodeArray(e, v, set)
		}
	}
	ifs := s.vars[IFS].flags & Set
	e.Int(int64(ifs))
}

func (s *Session) encodeFuncs(e *Encoder) {
	count := 0
	s.Funcs(func(*Function) { count++ })
	e.Int(int64(count))
	s.Funcs(func(f *Function) {
		e.Text(f.Name)
		e.Text(f.Source)
		e.Text(f.Script)
		e.Int(int64(f.Line))
	})
}

// Decode reads what Encode wrote into a fresh session.
func (s *Session) Decode(d *Decoder) error {
	s.Options = Options(d.Int())
	s.Shopts = Shopts(d.Int())
	s.Name = d.Text()
	s.Params = d.Texts()
	for _, n := range [...]*int{&s.Status, &s.Pid, &s.Parent, &s.Background, &s.Line, &s.Depth, &s.Sourced, &s.Loops, &s.Subshell, &s.Umask} {
		*n = int(d.Int())
	}
	s.Script = d.Text()
	s.Dir = d.Text()
	s.Boundaries = d.Texts()
	s.passthrough = d.Texts()
	ignore := uint64(d.Int())
	s.Traps.Ignored = uint64(d.Int())
	for sig := 1; sig <= 64; sig++ {
		if ignore&(1<<(sig-1)) != 0 {
			s.Traps.Set(sig, "")
		}
	}
	for n := d.Int(); n > 0 && d.Err == nil; n-- {
		s.Rlimits = append(s.Rlimits, isolation.Rlimit{Resource: int(d.Int()), Soft: uint64(d.Int()), Hard: uint64(d.Int())})
	}
	for n := d.Int(); n > 0 && d.Err == nil; n-- {
		if s.Aliases == nil {
			s.Aliases = make(map[string]string)
		}
		k := d.Text()
		s.Aliases[k] = d.Text()
	}
	s.decodeVars(d)
	for n := d.Int(); n > 0 && d.Err == nil; n-- {
		f := &Function{Name: d.Text(), Source: d.Text(), Script: d.Text(), Line: int(d.Int())}
		s.SetFunc(s.Names.ID(f.Name), f)
	}
	return d.Err
}

func (s *Session) decodeVars(d *Decoder) {
	options := s.Options
	s.Options &^= AllExport
	for n := d.Int(); n > 0 && d.Err == nil; n-- {
		id := s.Names.ID(d.Text())
		flags := Flag(d.Int())
		text := d.Text()
		if flags&(Arrays|NameRef) != 0 {
			s.decodeArray(d, id, flags)
			continue
		}
		if flags&Set != 0 {
			_ = s.Set(id, text) // a fresh session has nothing readonly
		}
		s.Mark(id, flags&^Set)
	}
	if d.Int() == 0 {
		_ = s.Unset(IFS)
	}
	s.Options = options
}
