package session

import (
	"math/rand/v2"
	"os"
	"strconv"
	"time"
)

// Frame is a running function or dot script.
type Frame struct {
	Func *Function // of a dot script: named "source", with its file
	Line int       // where it was called
}

// dynamic are the variables of bash whose value is made when it is asked for.
var dynamic = [...]ID{FUNCNAME, BASH_SOURCE, BASH_LINENO, PIPESTATUS, EPOCHSECONDS, EPOCHREALTIME, SRANDOM, BASHPID, BASH_SUBSHELL}

// EnableDynamic gives the session bash's dynamic variables, which a POSIX
// shell does not have.
func (s *Session) EnableDynamic() {
	for _, id := range dynamic {
		v := s.at(id)
		if v.flags&Set == 0 {
			v.flags |= Special
		}
	}
}

// refreshDynamic makes the value of one of them.
func (s *Session) refreshDynamic(v *Var, id ID) {
	switch id {
	case FUNCNAME, BASH_SOURCE, BASH_LINENO:
		s.refreshFrames(v, id)
	case PIPESTATUS:
		list := s.Pipe
		if len(list) == 0 {
			list = []int{s.Status}
		}
		v.array = &Array{}
		for i, status := range list {
			v.array.put(Sub{N: int64(i)}, Indexed).set("", int64(status), Set|HasNum)
		}
		v.flags |= Set | Indexed
	case EPOCHSECONDS:
		s.dynamicNumber(v, time.Now().Unix())
	case EPOCHREALTIME:
		now := time.Now().UnixMicro()
		frac := strconv.FormatInt(now%1e6+1e6, 10)[1:]
		v.str = strconv.FormatInt(now/1e6, 10) + "." + frac
		v.flags = v.flags&^value | Set | HasStr
	case SRANDOM:
		s.dynamicNumber(v, int64(rand.Uint32())) // seeded by the kernel
	case BASHPID:
		s.dynamicNumber(v, int64(os.Getpid()))
	case BASH_SUBSHELL:
		s.dynamicNumber(v, int64(s.Subshell))
	}
}

func (s *Session) dynamicNumber(v *Var, n int64) {
	v.num = n
	v.flags = v.flags&^value | Set | HasNum
}

// refreshFrames makes the arrays that describe the calls, innermost first. A
// script has an outermost frame of its own, called main.
func (s *Session) refreshFrames(v *Var, id ID) {
	a := &Array{}
	add := func(name, file string, line int) {
		e := a.put(Sub{N: a.top()}, Indexed)
		switch id {
		case FUNCNAME:
			e.set(name, 0, Set|HasStr)
		case BASH_SOURCE:
			e.set(file, 0, Set|HasStr)
		default:
			e.set("", int64(line), Set|HasNum)
		}
	}
	script := s.Options&(FromString|StdinInput|Interactive) == 0
	for i := len(s.Frames) - 1; i >= 0; i-- {
		f := &s.Frames[i]
		file := f.Func.Script
		if file == "" {
			file = "environment"
			if script {
				file = s.Name
			}
		}
		add(f.Func.Name, file, f.Line)
	}
	if script && (len(s.Frames) > 0 || id != FUNCNAME) {
		add("main", s.Name, 0)
	}
	v.flags = v.flags&^Set | Indexed
	if id == FUNCNAME && s.Depth == 0 {
		a = &Array{} // outside of functions there is none, not even for a dot script
	}
	if a.count > 0 {
		v.flags |= Set
	}
	v.array = a
}

// random is the next number of $RANDOM: once RANDOM has been assigned, a
// sequence that depends only on that, the one bash has (the minimal standard
// generator of Park and Miller, its two halves combined).
func (s *Session) random() int64 {
	if !s.seeded {
		return int64(rand.IntN(32768))
	}
	x := int64(s.seed)
	if x == 0 {
		x = 123459876
	}
	x = 16807*(x%127773) - 2836*(x/127773)
	if x < 0 {
		x += 0x7fffffff
	}
	s.seed = uint32(x)
	return int64((s.seed>>16 ^ s.seed&0xffff) & 0x7fff)
}
