package launch_test

import (
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"

	"golang.org/x/sys/unix"
)

// self executes this test binary with one argument.
func self(word string) isolation.Step {
	return execute("/proc/self/exe", "self", word)
}

// TestLateSteps: the binary executes itself, runs the rest of the steps in Go,
// and goes on as itself or executes another program.
func TestLateSteps(t *testing.T) {
	for _, way := range ways {
		p := child(onto(1, 17), call("close", unix.SYS_CLOSE, isolation.Int(17)), self("hello"))
		p.Late = []isolation.Step{call("chdir", unix.SYS_CHDIR, isolation.Str("/usr"))}
		status, err := run(t, way.start, p)
		if err != nil || status.Code != 42 {
			t.Errorf("%s: %+v, %v; want 42 from afterStage", way.name, status, err)
		}

		p = child(self("unused"))
		p.Late = []isolation.Step{call("chdir", unix.SYS_CHDIR, isolation.Str("/usr")), sh("pwd; echo ${COSH_STAGE-no stage}")}
		if got := output(t, way.start, p); got != "/usr\nno stage\n" {
			t.Errorf("%s: %q", way.name, got)
		}

		p = child(self("unused"))
		p.Late = []isolation.Step{
			call("chdir", unix.SYS_CHDIR, isolation.Str("/usr")),
			{Do: "change to nowhere", Hint: "make it", Calls: []isolation.Call{{Nr: unix.SYS_CHDIR, Args: []isolation.Arg{isolation.Str("/no/such")}}}},
		}
		got := failedStep(t, way.start, p)
		want := launch.StepError{Phase: launch.PhaseLate, Step: 1, Do: "change to nowhere", Hint: "make it", Errno: unix.ENOENT}
		if got != want {
			t.Errorf("%s: got %+v, want %+v", way.name, got, want)
		}

		p = child(self("unused"))
		p.Late = []isolation.Step{execute("/no/such", "x")}
		if got := failedStep(t, way.start, p); !got.Exec || got.Errno != unix.ENOENT || got.Phase != launch.PhaseLate {
			t.Errorf("%s: got %+v, want a failed execve", way.name, got)
		}

		p = child(call("chdir", unix.SYS_CHDIR, isolation.Str("/no/such")), self("unused"))
		p.Late = []isolation.Step{sh("exit 0")}
		if got := failedStep(t, way.start, p); got.Phase != launch.PhaseChild || got.Step != 0 {
			t.Errorf("%s: got %+v, want the child's first step", way.name, got)
		}
	}
}

// TestStageVariableAlone: a COSH_STAGE that names no report of ours is ignored.
func TestStageVariableAlone(t *testing.T) {
	for _, value := range []string{"", "x", "0", "999"} {
		cmd := role(t, "nofile")
		cmd.Env = append(cmd.Env, "COSH_STAGE="+value)
		if out, err := cmd.Output(); err != nil || len(out) == 0 {
			t.Errorf("COSH_STAGE=%s: %q, %v", value, out, err)
		}
	}
}
