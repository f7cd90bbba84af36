package launch

import (
	"fmt"
	"math/bits"
	"sync"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// slab is the memory of one launch, outside the Go heap: a header, the
// registers, the program, and the strings it points to. It belongs to the child
// until header.ctid reads 0, which the kernel writes at execve or death
// (CLONE_CHILD_CLEARTID).
type slab struct {
	base  unsafe.Pointer // of a header
	size  uintptr
	used  uintptr
	owner *Process // nil when free
	index int      // in pool.busy
	// pins counts who else looks at the slab, and keeps it from being freed
	// though ctid reads 0: the goroutine in Start, one that sleeps on ctid.
	pins int
}

// header is the start of a slab.
type header struct {
	ctid  uint32
	pidfd int32
	fail  failure
	clone cloneArgs
	stack [256]byte // the kernel wants one; the program does not use it
}

// cloneArgs is struct clone_args of clone3(2), version 2 (Linux 5.7, 88 bytes).
type cloneArgs struct {
	flags, pidfd, childTID, parentTID, exitSignal uint64
	stack, stackSize, tls, setTID, setTIDSize     uint64
	cgroup                                        uint64
}

func (s *slab) header() *header { return (*header)(s.base) }

// addr is the address of offset off, for the kernel.
func (s *slab) addr(off uintptr) uintptr { return uintptr(s.base) + off }

// at is a pointer to the address a, which lies in the slab.
func (s *slab) at(a uintptr) unsafe.Pointer { return unsafe.Add(s.base, a-uintptr(s.base)) }

// grab reserves n bytes, aligned to 8, and returns their offset. The caller has
// made sure of the room when it took the slab.
func (s *slab) grab(n uintptr) uintptr {
	off := s.used
	s.used += (n + 7) &^ 7
	return off
}

// bytes is the slab's memory from off on, n bytes of it.
func (s *slab) bytes(off, n uintptr) []byte {
	return unsafe.Slice((*byte)(unsafe.Add(s.base, off)), n)
}

// Sizes of slabs, in bytes. Most launches need less than the smallest; larger
// ones than kept are given back at once.
const (
	slabMin  = 32 << 10
	slabKept = 1 << 20
	freeKept = 16
)

// pool owns the slabs of this process.
type pool struct {
	mu   sync.Mutex
	free []*slab
	busy []*slab // in the hands of a child, perhaps done with it
}

// take returns a slab of at least need bytes (header included) for owner,
// pinned once. Its header is zero but for ctid, as if a child were using it
// already.
func (p *pool) take(need uintptr, owner *Process) (*slab, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.find(need)
	if s == nil {
		p.sweep()
		s = p.find(need)
	}
	if s == nil {
		var err error
		if s, err = newSlab(need); err != nil {
			return nil, err
		}
	}
	*s.header() = header{ctid: 1}
	s.used = (unsafe.Sizeof(header{}) + 7) &^ 7
	s.owner, s.index, s.pins = owner, len(p.busy), 1
	p.busy = append(p.busy, s)
	return s, nil
}

// find takes a large enough slab off the free list.
func (p *pool) find(need uintptr) *slab {
	for i := len(p.free) - 1; i >= 0; i-- {
		if s := p.free[i]; s.size >= need {
			last := len(p.free) - 1
			p.free[i] = p.free[last]
			p.free = p.free[:last]
			return s
		}
	}
	return nil
}

// sweep frees the slabs whose child has gone on to its own memory.
func (p *pool) sweep() {
	for i := len(p.busy) - 1; i >= 0; i-- {
		s := p.busy[i]
		if s.pins == 0 && atomic.LoadUint32(&s.header().ctid) == 0 {
			p.harvest(s)
		}
	}
}

// giveBack frees the slab of a process that has ended, or was never made.
func (p *pool) giveBack(pr *Process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := pr.slab
	if s == nil {
		return
	}
	if s.pins == 0 {
		p.harvest(s)
		return
	}
	pr.take(s)
	pr.slab, s.owner = nil, new(Process)
	s.owner.slab = s
	atomic.StoreUint32(&s.header().ctid, 0)
	wakeOne(&s.header().ctid)
}

// pin keeps s from being freed until as many unpin.
func (p *pool) pin(s *slab) {
	p.mu.Lock()
	s.pins++
	p.mu.Unlock()
}

func (p *pool) unpin(s *slab) {
	p.mu.Lock()
	s.pins--
	p.mu.Unlock()
}

// harvest moves what the child reported to its Process and frees the slab.
func (p *pool) harvest(s *slab) {
	s.owner.take(s)
	s.owner.slab = nil
	s.owner = nil
	last := len(p.busy) - 1
	p.busy[s.index] = p.busy[last]
	p.busy[s.index].index = s.index
	p.busy[last] = nil
	p.busy = p.busy[:last]
	if s.size > slabKept || len(p.free) >= freeKept {
		_ = unix.MunmapPtr(s.base, s.size)
		return
	}
	p.free = append(p.free, s)
}

// take copies what the child reported in s.
func (pr *Process) take(s *slab) {
	f := s.header().fail
	if f.stopped == 0 {
		return
	}
	pr.failed, pr.errno = true, unix.Errno(f.errno)
	if f.op != 0 {
		o := (*op)(s.at(f.op))
		pr.failedStep, pr.failedExec = int(o.step), o.flags&opFinal != 0
	}
}

// newSlab maps a slab of at least need bytes.
func newSlab(need uintptr) (*slab, error) {
	size := uintptr(slabMin)
	if need > size {
		size = 1 << bits.Len(uint(need-1))
	}
	base, err := unix.MmapPtr(-1, 0, nil, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	if err != nil {
		return nil, fmt.Errorf("map %d bytes for a launch: %w", size, err)
	}
	return &slab{base: base, size: size}, nil
}
