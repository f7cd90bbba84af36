package eval

import (
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/session"
)

// slice is ${x:offset:length}: characters of a text, elements of a list.
func (c *compiler) slice(p parameter, s *syntax.Slice, quoted bool) part {
	from, count := c.arithmPart(s.Offset), c.arithmPart(s.Length)
	if from == nil {
		from = func(*Shell) int64 { return 0 }
	}
	if p.list != 0 {
		return c.sliceList(p, from, count, quoted)
	}
	get := plainText(p)
	return part{quoted: quoted, text: func(sh *Shell) string {
		v := get(sh)
		n := int64(sh.characters(v))
		lo, hi, ok := bounds(sh, n, from, count)
		switch {
		case sh.fault != nil:
			return ""
		case !ok:
			sh.failf("%s: the length reaches before the offset", p.name)
			return ""
		case n == int64(len(v)):
			return v[lo:hi]
		}
		return v[byteOf(v, lo):byteOf(v, hi)]
	}}
}

// bounds evaluates offset and length, where a negative one counts from the
// end. ok is false when the length does.
func bounds(sh *Shell, n int64, from, count func(*Shell) int64) (lo, hi int64, ok bool) {
	lo, hi = from(sh), n
	if lo < 0 {
		lo += n
	}
	k := n
	if count != nil {
		k = count(sh)
	}
	if lo < 0 || lo > n {
		return 0, 0, true
	}
	switch {
	case k < 0:
		hi = n + k
	case k < n-lo:
		hi = lo + k
	}
	return lo, hi, hi >= lo
}

// sliceList is ${@:offset:length} and ${a[@]:offset:length}. The offset is a
// subscript; $@ has $0 as its element 0.
func (c *compiler) sliceList(p parameter, from, count func(*Shell) int64, quoted bool) part {
	elems := p.elemsOf()
	params := p.elems == nil
	return listPart(p.list, quoted, func(sh *Shell, dst []string) []string {
		n := len(dst)
		dst = elems(sh, dst)
		list := dst[n:]
		lo, k := from(sh), int64(1<<62)
		if count != nil {
			k = count(sh)
		}
		if k < 0 && sh.fault == nil {
			sh.failf("%s: a length cannot be negative here", p.name)
		}
		if sh.fault != nil {
			return dst[:n]
		}
		first := lo
		switch {
		case params:
			list = append([]string{sh.Name}, list...)
			if lo < 0 {
				first += int64(len(list))
			}
		case sh.Kind(p.of) == session.Indexed:
			if lo < 0 {
				lo += sh.Top(p.of)
			}
			first = position(sh, p.of, lo)
		case lo < 0:
			first += int64(len(list))
		}
		if first < 0 || first > int64(len(list)) || lo < 0 && first < 0 {
			return dst[:n]
		}
		list = list[first:min(int64(len(list)), first+min(k, int64(len(list))))]
		return append(dst[:n], list...)
	})
}

// position is how many elements stand before the subscript n, -1 for a
// negative one.
func position(sh *Shell, id session.ID, n int64) int64 {
	if n < 0 {
		return -1
	}
	before := int64(0)
	if sh.Top(id) == int64(sh.Count(id)) {
		return n
	}
	sh.EachElem(id, func(sub session.Sub, _ string) {
		if sub.N < n {
			before++
		}
	})
	return before
}

// ascii is the length of the ASCII text that s begins with, at most 7 bytes less.
func ascii(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if (s[i]|s[i+1]|s[i+2]|s[i+3]|s[i+4]|s[i+5]|s[i+6]|s[i+7])&0x80 != 0 {
			return i
		}
	}
	for ; i < len(s); i++ {
		if s[i] >= 0x80 {
			return i
		}
	}
	return i
}

// byteOf is the offset of the n-th character.
func byteOf(s string, n int64) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}
