package launch_test

import (
	"io"
	"os"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// Tests re-execute this binary: as a stage, or in a role that COSH_TEST_ROLE
// names.
func TestMain(m *testing.M) {
	if launch.StageMain() {
		os.Exit(afterStage())
	}
	if role := os.Getenv(roleEnv); role != "" {
		os.Exit(play(role))
	}
	os.Exit(m.Run())
}

// ways are the two ways to run Child steps; what they do must not differ.
var ways = []struct {
	name  string
	start func(*isolation.Plan) (*launch.Process, error)
}{
	{"shared memory", launch.Start},
	{"stage", launch.StartStaged},
}

// call is a step of one call.
func call(do string, nr uintptr, args ...isolation.Arg) isolation.Step {
	return isolation.Step{Do: do, Calls: []isolation.Call{{Nr: nr, Args: args}}}
}

// execve is the call that becomes the program at path.
func execve(path string, argv, env []string) isolation.Call {
	return isolation.Call{
		Nr:    unix.SYS_EXECVE,
		Args:  []isolation.Arg{isolation.Str(path), isolation.List(argv, ""), isolation.List(env, "")},
		Final: true,
	}
}

// execute is the step of that one call.
func execute(path string, argv ...string) isolation.Step {
	return isolation.Step{Do: "execute " + path, Calls: []isolation.Call{execve(path, argv, nil)}}
}

// sh is a step that runs script with the system's shell.
func sh(script string) isolation.Step { return execute("/bin/sh", "sh", "-c", script) }

// onto makes fd the child's descriptor number.
func onto(fd, number int) isolation.Step {
	return call("dup3", unix.SYS_DUP3, isolation.Int(fd), isolation.Int(number), isolation.Int(0))
}

// child is a plan of child steps alone.
func child(steps ...isolation.Step) *isolation.Plan { return &isolation.Plan{Child: steps} }

type starter = func(*isolation.Plan) (*launch.Process, error)

// run starts p and waits for its end.
func run(t *testing.T, start starter, p *isolation.Plan) (launch.Status, error) {
	t.Helper()
	pr, err := start(p)
	if err != nil {
		return launch.Status{}, err
	}
	status, err := pr.Wait(0)
	if left := pr.Leftover(); left != nil {
		t.Errorf("left behind: %v", left)
	}
	return status, err
}

// output runs p, with a pipe as descriptor 1 put before its own steps, and
// returns what came out of it.
func output(t *testing.T, start starter, p *isolation.Plan) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p.Child = append([]isolation.Step{onto(int(w.Fd()), 1)}, p.Child...)
	pr, err := start(p)
	w.Close()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	status, err := pr.Wait(0)
	if err != nil || status.State != launch.Exited || status.Code != 0 {
		t.Errorf("ended with %+v, %v", status, err)
	}
	return string(b)
}

func TestExitStatus(t *testing.T) {
	for _, way := range ways {
		for _, c := range []struct {
			script string
			state  launch.State
			code   int
			signal unix.Signal
		}{
			{"exit 0", launch.Exited, 0, 0},
			{"exit 3", launch.Exited, 3, 0},
			{"exit 127", launch.Exited, 127, 0},
			{"kill -TERM $$", launch.Signaled, 0, unix.SIGTERM},
		} {
			status, err := run(t, way.start, child(sh(c.script)))
			if err != nil || status.State != c.state || status.Code != c.code || status.Signal != c.signal {
				t.Errorf("%s: %s: %+v, %v", way.name, c.script, status, err)
			}
		}
	}
}

func TestStopAndContinue(t *testing.T) {
	pr, err := launch.Start(child(sh("kill -STOP $$; exit 4")))
	if err != nil {
		t.Fatal(err)
	}
	status, err := pr.Wait(unix.WUNTRACED)
	if err != nil || status.State != launch.Stopped || status.Signal != unix.SIGSTOP {
		t.Fatalf("%+v, %v; want a stop", status, err)
	}
	if status, err := pr.Wait(unix.WUNTRACED | unix.WNOHANG); err != nil || status.State != launch.Running {
		t.Fatalf("%+v, %v; want no news", status, err)
	}
	if err := unix.Kill(pr.Pid, unix.SIGCONT); err != nil {
		t.Fatal(err)
	}
	status, err = pr.Wait(unix.WUNTRACED)
	if err != nil || status.State != launch.Exited || status.Code != 4 {
		t.Fatalf("%+v, %v; want exit 4", status, err)
	}
	if again, err := pr.Wait(0); err != nil || again != status {
		t.Errorf("a second Wait: %+v, %v; want the same", again, err)
	}
}

func TestPidfdIsReadableAtTheEnd(t *testing.T) {
	pr, err := launch.Start(child(sh("exit 0")))
	if err != nil {
		t.Fatal(err)
	}
	fd, err := pr.Pidfd()
	if err != nil {
		t.Fatal(err)
	}
	if events, err := awaitEvent(fd); events&unix.POLLIN == 0 {
		t.Errorf("events %#x, %v", events, err)
	}
	if _, err := pr.Wait(0); err != nil {
		t.Error(err)
	}
}
