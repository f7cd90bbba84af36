package session

import (
	"strings"
	"sync"
	"testing"
)

func newArray(t *testing.T, s *Session, name string, kind Flag) ID {
	t.Helper()
	id := s.Names.ID(name)
	if err := s.MakeArray(id, kind); err != nil {
		t.Fatal(err)
	}
	return id
}

// text is an array's value as declare -p shows it.
func text(s *Session, id ID) string { return s.Compound(id) }

func TestIndexed(t *testing.T) {
	s := New(NewNames())
	a := newArray(t, s, "a", Indexed)
	for _, step := range []struct {
		do   func() error
		want string
		top  int64
	}{
		{func() error { return s.SetElem(a, Sub{N: 2}, "x") }, `([2]="x")`, 3},
		{func() error { return s.SetElemNumber(a, Sub{N: 0}, 7) }, `([0]="7" [2]="x")`, 3},
		{func() error { return s.AppendElem(a, Sub{N: 0}, "y") }, `([0]="7y" [2]="x")`, 3},
		{func() error { return s.SetElem(a, Sub{N: -1}, "z") }, `([0]="7y" [2]="z")`, 3},
		{func() error { return s.SetElem(a, Sub{N: 1 << 40}, "far") }, `([0]="7y" [2]="z" [1099511627776]="far")`, 1<<40 + 1},
		{func() error { return s.SetElem(a, Sub{N: 1}, "b") }, `([0]="7y" [1]="b" [2]="z" [1099511627776]="far")`, 1<<40 + 1},
		{func() error { return s.UnsetElem(a, Sub{N: -1}) }, `([0]="7y" [1]="b" [2]="z")`, 3},
		{func() error { return s.UnsetElem(a, Sub{N: 9}) }, `([0]="7y" [1]="b" [2]="z")`, 3},
		{func() error { return s.Set(a, "zero") }, `([0]="zero" [1]="b" [2]="z")`, 3},
		{func() error { return s.Clear(a) }, `()`, 0},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if got := text(s, a); got != step.want || s.Top(a) != step.top {
			t.Errorf("%s, top %d; want %s, top %d", got, s.Top(a), step.want, step.top)
		}
	}
	if err := s.SetElem(a, Sub{N: -1}, "x"); err == nil || !strings.Contains(err.Error(), "bad array subscript") {
		t.Errorf("a negative subscript in an empty array: %v", err)
	}
}

func TestAssociative(t *testing.T) {
	s := New(NewNames())
	m := newArray(t, s, "m", Assoc)
	for _, key := range []string{"a", "b", "hello", "x y", "foo"} {
		if err := s.SetElem(m, Sub{Key: key}, key+"!"); err != nil {
			t.Fatal(err)
		}
	}
	// The order is bash's.
	if got, want := text(s, m), `([hello]="hello!" [b]="b!" [a]="a!" [foo]="foo!" ["x y"]="x y!" )`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := s.UnsetElem(m, Sub{Key: "b"}); err != nil || s.Count(m) != 4 {
		t.Errorf("%d elements after unset, %v", s.Count(m), err)
	}
	if v, ok := s.Elem(m, Sub{Key: "b"}); ok {
		t.Errorf("the element is still %q", v)
	}
	if err := s.MakeArray(m, Indexed); err == nil {
		t.Error("an associative array became an indexed one")
	}
}

func TestReadonlyArray(t *testing.T) {
	s := New(NewNames())
	a := newArray(t, s, "a", Indexed)
	s.Mark(a, Readonly)
	for name, err := range map[string]error{
		"SetElem": s.SetElem(a, Sub{}, "x"), "Clear": s.Clear(a), "UnsetElem": s.UnsetElem(a, Sub{}), "Set": s.Set(a, "x"),
	} {
		if _, ok := err.(*ReadonlyError); !ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNameReference(t *testing.T) {
	s := New(NewNames())
	id := s.Names.ID
	for ref, target := range map[string]string{"r": "x", "chain": "r", "self": "other", "other": "self"} {
		if err := s.Refer(id(ref), target); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Set(id("chain"), "v"); err != nil {
		t.Fatal(err)
	}
	if v, _ := s.Get(id("x")); v != "v" {
		t.Errorf("x is %q", v)
	}
	if n, ok := s.Number(id("r")); ok {
		t.Errorf("the number of r is %d", n)
	}
	if v, ok := s.Get(id("self")); ok {
		t.Errorf("a circle has the value %q", v)
	}
	if err := s.Unset(id("r")); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Get(id("x")); ok {
		t.Error("unset of the reference left its target")
	}
	if target, ok := s.Target(id("r")); !ok || target != "x" {
		t.Error("unset of the reference took the reference away")
	}
	if err := s.Refer(id("bad"), "1x"); err == nil {
		t.Error("1x was taken for a name")
	}
}

// TestLease lets subshells and their parent write to variables at the same
// time: each sees its own. The race detector looks on.
func TestLease(t *testing.T) {
	s := New(NewNames())
	x, n, a := s.Names.ID("x"), s.Names.ID("n"), newArray(t, s, "a", Indexed)
	long := strings.Repeat("x", 100)
	check := func(s *Session, id ID, want string) {
		if got, _ := s.Get(id); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	must := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	must(s.Set(x, long))
	must(s.Append(x, "p"))
	must(s.SetNumber(n, 12))
	must(s.SetElem(a, Sub{N: 0}, "old"))
	var running sync.WaitGroup
	for range 4 {
		c := s.Clone()
		running.Add(1)
		go func() {
			defer running.Done()
			defer c.Release()
			check(c, n, "12")
			if v, ok := c.Number(n); !ok || v != 12 {
				t.Errorf("n is %d", v)
			}
			inner := c.Clone()
			must(c.Append(x, "child"))
			must(c.SetElem(a, Sub{N: 1}, "child"))
			check(c, x, long+"pchild")
			check(inner, x, long+"p")
			inner.Release()
		}()
	}
	must(s.Append(x, "parent"))
	must(s.SetElem(a, Sub{N: 0}, "new"))
	running.Wait()
	check(s, x, long+"pparent")
	if got := text(s, a); got != `([0]="new")` {
		t.Errorf("the parent's array is %s", got)
	}
	// When the subshells have ended nothing is copied any more.
	before := &s.vars[0]
	s.Clone().Release()
	must(s.Set(x, "y"))
	if &s.vars[0] != before {
		t.Error("a write behind a subshell that has ended copied the table")
	}
}

func TestHandOver(t *testing.T) {
	s := New(NewNames())
	a, m := newArray(t, s, "a", Indexed), newArray(t, s, "m", Assoc)
	for _, err := range []error{
		s.SetElem(a, Sub{N: 0}, "x y"), s.SetElem(a, Sub{N: 5000000}, "far"), s.SetElem(m, Sub{Key: "k ]"}, "v\n"),
		s.Refer(s.Names.ID("r"), "a[0]"), s.SetName("i", "7"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Mark(s.Names.ID("i"), Integer|Readonly)
	newArray(t, s, "none", Indexed)
	var e Encoder
	s.Encode(&e)
	got := New(NewNames())
	if err := got.Decode(&Decoder{Buf: e.Buf}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "m", "r", "i", "none"} {
		want, have := s.Declaration(s.Names.ID(name)), got.Declaration(got.Names.ID(name))
		if want != have {
			t.Errorf("%s was handed over as %s", want, have)
		}
	}
}

func TestGlobal(t *testing.T) {
	s := New(NewNames())
	x := s.Names.ID("x")
	_ = s.Set(x, "global")
	outer := s.EnterFunction()
	_, _ = s.MakeLocal(x)
	_ = s.Set(x, "outer")
	inner := s.EnterFunction()
	_, _ = s.MakeLocal(x)
	_ = s.Set(x, "inner")
	_ = s.Global(x, func() error { return s.Set(x, "new") })
	for i, want := range []string{"inner", "outer", "new"} {
		if got, _ := s.Get(x); got != want {
			t.Errorf("depth %d: %q, want %q", 2-i, got, want)
		}
		if i == 0 {
			s.LeaveFunction(inner)
		} else if i == 1 {
			s.LeaveFunction(outer)
		}
	}
}

func TestQuoteDollar(t *testing.T) {
	for in, want := range map[string]string{
		"a b": `"a b"`, `a"$` + "`\\": "\"a\\\"\\$\\`\\\\\"", "a\nb'": `$'a\nb\''`, "\x01\x7f\xff": `$'\001\177\377'`, "é": `"é"`, "\x1b": `$'\E'`,
	} {
		if got := QuoteDouble(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
