package launch

import (
	"reflect"
	"testing"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// TestStepsSurviveTheirEncoding: what the stage decodes is what was encoded,
// less what is only for people.
func TestStepsSurviveTheirEncoding(t *testing.T) {
	zero, minus := 0, 7
	steps := []isolation.Step{
		{Calls: []isolation.Call{
			{Nr: unix.SYS_OPENAT, Out: 3, Tolerate: []unix.Errno{unix.ENOENT, unix.EACCES}, Args: []isolation.Arg{
				isolation.Int(unix.AT_FDCWD), isolation.Str("/a"), isolation.Int(-1)}},
			{Nr: unix.SYS_PIPE2, Pair: 4, Want: &zero, Args: []isolation.Arg{isolation.Int(0), isolation.Int(0)}},
		}},
		{Calls: []isolation.Call{{Nr: unix.SYS_EXECVE, Final: true, Want: &minus, Args: []isolation.Arg{
			isolation.Bytes("\x00\xff", ""), isolation.List([]string{"a", "", "b c"}, ""),
			isolation.Format("/proc/%d", 2), isolation.FromReg(1, ""), isolation.RegAddr(2, "")}}}},
	}
	regs := []uintptr{empty, 5, empty, 1 << 40}
	b := appendSteps(nil, regs, steps)
	d := decoder{b: b}
	gotRegs, got, err := d.steps()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, steps) || !reflect.DeepEqual(gotRegs, regs) {
		t.Errorf("got %+v %v", got, gotRegs)
	}
	for n := range b {
		d := decoder{b: b[:n]}
		if _, _, err := d.steps(); err == nil {
			t.Errorf("the first %d of %d bytes are taken for whole", n, len(b))
		}
	}
	for n := range b {
		damaged := append([]byte(nil), b...)
		damaged[n] ^= 0xff
		d := decoder{b: damaged}
		_, _, _ = d.steps() // must return
	}
}
