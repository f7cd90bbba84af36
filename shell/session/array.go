package session

import (
	"slices"
	"strconv"
)

// Sub is a subscript: N in an indexed array, Key in an associative one. The
// other field does not count.
type Sub struct {
	N   int64
	Key string
}

// Elem is one element's value: a text, a number, or both.
type Elem struct {
	str   string
	num   int64
	room  uint32 // of the buffer behind str, when this element alone may extend it
	flags Flag   // Set, HasStr, HasNum
}

// Array holds the elements of a variable, or the target of a name reference.
// It has one owner, unless shared: then nobody writes to it, and who wants to
// takes a copy.
type Array struct {
	shared bool
	count  int // elements that are set
	// dense holds the elements of an indexed array by subscript, until one
	// comes that is far beyond the others; then all are in sparse.
	dense  []Elem
	sparse map[int64]*Elem
	sorted []int64 // the subscripts of sparse in order; nil: not known
	// keyed holds the elements of an associative array.
	keyed map[string]*keyedElem
	order []string // its keys in order; nil: not known
	made  uint32   // elements ever made in keyed
	// target is what a name reference refers to: a name, or name[subscript].
	target string
}

type keyedElem struct {
	Elem
	seq uint32 // later elements have higher ones
}

// gap is how far beyond the last element a subscript may be for the array to
// stay dense, in elements.
const gap = 1024

func (e *Elem) set(text string, n int64, f Flag) { e.str, e.num, e.room, e.flags = text, n, 0, f }

// append adds text to the end of the value; see Session.Append.
func (e *Elem) append(text string) {
	old := e.text()
	e.str, e.room = extend(old, text, e.room)
	e.flags = Set | HasStr
}

func (e *Elem) text() string {
	if e.flags&HasStr != 0 {
		return e.str
	}
	return strconv.FormatInt(e.num, 10)
}

func (e *Elem) number() (int64, bool) {
	if e.flags&HasNum != 0 {
		return e.num, true
	}
	return Canonical(e.str)
}

// copy is an array of one's own with the same elements.
func (a *Array) copy() *Array {
	c := &Array{count: a.count, made: a.made, target: a.target, dense: slices.Clone(a.dense)}
	for i := range c.dense {
		c.dense[i].room = 0
	}
	if a.sparse != nil {
		c.sparse = make(map[int64]*Elem, len(a.sparse))
		for i, e := range a.sparse {
			own := *e
			own.room = 0
			c.sparse[i] = &own
		}
	}
	if a.keyed != nil {
		c.keyed = make(map[string]*keyedElem, len(a.keyed))
		for k, e := range a.keyed {
			own := *e
			own.room = 0
			c.keyed[k] = &own
		}
	}
	return c
}

// get is the element at a subscript, nil when there is none.
func (a *Array) get(sub Sub, kind Flag) *Elem {
	if kind&Assoc != 0 {
		if e := a.keyed[sub.Key]; e != nil {
			return &e.Elem
		}
		return nil
	}
	i := sub.N
	if i < 0 {
		i += a.top()
	}
	if uint64(i) < uint64(len(a.dense)) {
		if e := &a.dense[i]; e.flags&Set != 0 {
			return e
		}
		return nil
	}
	return a.sparse[i]
}

// put is the element at a subscript, made if need be; nil when the subscript
// counts back to before the first element.
func (a *Array) put(sub Sub, kind Flag) *Elem {
	if kind&Assoc != 0 {
		return a.putKey(sub.Key)
	}
	i := sub.N
	if i < 0 {
		if i += a.top(); i < 0 {
			return nil
		}
	}
	switch {
	case a.sparse != nil || i > int64(2*len(a.dense)+gap):
		return a.putSparse(i)
	case i >= int64(len(a.dense)):
		if i >= int64(cap(a.dense)) {
			a.dense = slices.Grow(a.dense, int(i)+1-len(a.dense))
		}
		a.dense = a.dense[:i+1]
	}
	e := &a.dense[i]
	if e.flags&Set == 0 {
		a.count++
	}
	return e
}

func (a *Array) putSparse(i int64) *Elem {
	if a.sparse == nil {
		a.sparse = make(map[int64]*Elem, a.count+1)
		for k := range a.dense {
			if a.dense[k].flags&Set != 0 {
				e := a.dense[k] // the only one to extend its text from now on
				a.sparse[int64(k)] = &e
			}
		}
		a.dense = nil
	}
	e := a.sparse[i]
	if e == nil {
		e = &Elem{}
		a.sparse[i] = e
		a.count++
		if n := len(a.sorted); n > 0 && i > a.sorted[n-1] {
			a.sorted = append(a.sorted, i)
		} else {
			a.sorted = nil
		}
	}
	return e
}

func (a *Array) putKey(key string) *Elem {
	e := a.keyed[key]
	if e == nil {
		if a.keyed == nil {
			a.keyed = make(map[string]*keyedElem)
		}
		a.made++
		e = &keyedElem{seq: a.made}
		a.keyed[key] = e
		a.count++
		a.order = nil
	}
	return &e.Elem
}

// remove takes an element out; false when the subscript counts back to before
// the first element.
func (a *Array) remove(sub Sub, kind Flag) bool {
	if kind&Assoc == 0 && sub.N < 0 {
		if sub.N += a.top(); sub.N < 0 {
			return false
		}
	}
	if a.get(sub, kind) == nil {
		return true
	}
	a.count--
	switch {
	case kind&Assoc != 0:
		delete(a.keyed, sub.Key)
		a.order = nil
	case a.sparse != nil:
		delete(a.sparse, sub.N)
		a.sorted = nil
	default:
		a.dense[sub.N] = Elem{}
		for n := len(a.dense); n > 0 && a.dense[n-1].flags&Set == 0; n-- {
			a.dense = a.dense[:n-1]
		}
	}
	return true
}

// top is one more than the highest subscript.
func (a *Array) top() int64 {
	if a.sparse == nil {
		return int64(len(a.dense))
	}
	if list := a.subscripts(); len(list) > 0 {
		return list[len(list)-1] + 1
	}
	return 0
}

// subscripts are the subscripts of a sparse array in order.
func (a *Array) subscripts() []int64 {
	if a.sorted != nil {
		return a.sorted
	}
	list := make([]int64, 0, len(a.sparse))
	for i := range a.sparse {
		list = append(list, i)
	}
	slices.Sort(list)
	if !a.shared {
		a.sorted = list
	}
	return list
}

// each calls f for every element in order.
func (a *Array) each(kind Flag, f func(Sub, *Elem)) {
	switch {
	case kind&Assoc != 0:
		for _, k := range a.keys() {
			f(Sub{Key: k}, &a.keyed[k].Elem)
		}
	case a.sparse != nil:
		for _, i := range a.subscripts() {
			f(Sub{N: i}, a.sparse[i])
		}
	default:
		for i := range a.dense {
			if a.dense[i].flags&Set != 0 {
				f(Sub{N: int64(i)}, &a.dense[i])
			}
		}
	}
}

// keys are the keys in the order that bash has them, since what scripts print
// depends on it: by the bucket of a hash table that a 32-bit FNV-1 hash
// chooses, the newest of a bucket first.
func (a *Array) keys() []string {
	if a.order != nil {
		return a.order
	}
	buckets := uint32(1024)
	for uint32(len(a.keyed)) > 2*buckets {
		buckets *= 4
	}
	type place struct {
		key         string
		bucket, seq uint32
	}
	list := make([]place, 0, len(a.keyed))
	for k, e := range a.keyed {
		list = append(list, place{k, fnv(k) & (buckets - 1), e.seq})
	}
	slices.SortFunc(list, func(x, y place) int {
		if x.bucket != y.bucket {
			return int(x.bucket) - int(y.bucket)
		}
		return int(y.seq) - int(x.seq)
	})
	keys := make([]string, len(list))
	for i := range list {
		keys[i] = list[i].key
	}
	if !a.shared {
		a.order = keys
	}
	return keys
}

func fnv(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = h*16777619 ^ uint32(s[i])
	}
	return h
}
