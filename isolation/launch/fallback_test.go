package launch_test

import (
	"fmt"
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// playWithoutClone3 forbids clone3 to itself, as the filters of older container
// runtimes do (ENOSYS, so that programs fall back), and launches.
func playWithoutClone3() int {
	const (
		load    = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		ifEqual = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		answer  = unix.BPF_RET | unix.BPF_K
		allow   = 0x7fff0000 // SECCOMP_RET_ALLOW
		fail    = 0x00050000 // SECCOMP_RET_ERRNO
	)
	filter := [...]unix.SockFilter{
		{Code: load, K: 0}, // seccomp_data.nr
		{Code: ifEqual, K: unix.SYS_CLONE3, Jf: 1},
		{Code: answer, K: fail | uint32(unix.ENOSYS)},
		{Code: answer, K: allow},
	}
	prog := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		fmt.Println(err)
		return 1
	}
	_, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&prog)))
	runtime.KeepAlive(&filter)
	if errno != 0 {
		fmt.Println(errno)
		return 1
	}
	p := child(pdeathsig(), sh("exit 5"))
	p.Die = true
	status, err := wait(p)
	fmt.Println(status.Code, err)
	_, err = wait(child(execute("/no/such", "x")))
	fmt.Println(err)
	return 0
}

// TestWithoutClone3: the stage takes over by itself.
func TestWithoutClone3(t *testing.T) {
	out, err := role(t, "without clone3").CombinedOutput()
	if want := "5 <nil>\nexecute /no/such: no such file or directory\n"; err != nil || string(out) != want {
		t.Errorf("%q, %v; want %q", out, err, want)
	}
}
