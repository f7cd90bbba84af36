package launch_test

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

const roleEnv = "COSH_TEST_ROLE"

// role is this test binary as another program.
func role(t testing.TB, name string, wrapper ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	argv := append(wrapper, self)
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), roleEnv+"="+name)
	return cmd
}

// The main goroutine stays on the first thread, as the shell's does.
func init() { runtime.LockOSThread() }

// play is what the binary does in a role of a test; its exit status.
func play(role string) int {
	switch role {
	case "parent that dies, first thread":
		return playParent(false)
	case "parent that dies, other thread":
		return playParent(true)
	case "busy parent, first thread":
		return playBusyParent(false)
	case "busy parent, other thread":
		return playBusyParent(true)
	case "exec":
		err := launch.Exec(child(call("umask", unix.SYS_UMASK, isolation.Int(0o77)), sh("umask; echo $$")))
		fmt.Println(err)
	case "exec of a missing program":
		err := launch.Exec(child(execute("/no/such", "x")))
		fmt.Println(err)
		return 0
	case "nofile":
		soft, hard := launch.OriginalNofile()
		fmt.Println(soft, hard)
		return 0
	case "floor":
		return playFloor(os.Getenv("COSH_TEST_PROGRAM"))
	case "traced":
		n, _ := strconv.Atoi(os.Getenv("COSH_TEST_SPEC"))
		return playTraced(n)
	case "without clone3":
		return playWithoutClone3()
	case "change ids":
		return playChangeIDs()
	}
	return 99
}

// afterStage is what the binary does when it goes on as the shell after a
// stage.
func afterStage() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	for _, entry := range entries {
		if to, _ := os.Readlink("/proc/self/fd/" + entry.Name()); strings.Contains(to, "cosh-stage") {
			return 98 // the report was not closed
		}
	}
	if where, _ := os.Getwd(); where != "/usr" || os.Args[1] != "hello" {
		return 97
	}
	return 42
}

// wait runs p to its end.
func wait(p *isolation.Plan) (launch.Status, error) {
	pr, err := launch.Start(p)
	if err != nil {
		return launch.Status{}, err
	}
	return pr.Wait(0)
}
