package builtins

import (
	"slices"
	"testing"

	"cosh/shell/session"
)

func TestControl(t *testing.T) {
	for _, e := range []struct {
		words  string
		status int
		asked  string // what the shell was asked to do
	}{
		{"break", 0, "break 1"},
		{"break 2", 0, "break 2"},
		{"break 9", 0, "break 3"},
		{"break 0", 2, ""},
		{"break x", 2, ""},
		{"break 1 2", 2, ""},
		{"continue 3", 0, "continue 3"},
		{"return", 7, "return 7"},
		{"return 300", 44, "return 44"},
		{"return -1", 255, "return 255"},
		{"exit", 7, "exit 7"},
		{"exit 256", 0, "exit 0"},
		{"exit one", 2, ""},
		{"eval", 0, ""},
		{"eval 'echo a' b", 3, "eval echo a b"},
		{"eval -- x", 3, "eval x"},
		{"exec", 0, ""},
		{"exec -- prog a", 127, "exec [prog a]"},
		{"exec -z x", 2, ""},
		{". ./file", 4, "source ./file []"},
		{". /file a b", 4, "source /file [a b]"},
		{".", 2, ""},
		{". cosh-no-such-file", 2, ""},
		{"command prog a", 5, "run [prog a] {DefaultPath:false Functions:false}"},
		{"command -p prog", 5, "run [prog] {DefaultPath:true Functions:false}"},
		{"command", 0, ""},
		{"hash -r", 0, "rehash"},
	} {
		b := newBench(t)
		b.state.Loops, b.state.Depth, b.state.Status = 3, 1, 7
		status, _, errs := b.run(words(e.words)...)
		if status != e.status {
			t.Errorf("%s: status %d, want %d (%s)", e.words, status, e.status, errs)
		}
		if e.asked == "" && len(b.shell.asked) > 0 || e.asked != "" && !slices.Equal(b.shell.asked, []string{e.asked}) {
			t.Errorf("%s: the shell did %q, want %q", e.words, b.shell.asked, e.asked)
		}
		if (errs != "") != (e.status == 2) || b.call.Failed() != (e.status == 2) {
			t.Errorf("%s: status %d, failed %v, message %q", e.words, status, b.call.Failed(), errs)
		}
	}
}

func TestControlOutside(t *testing.T) {
	b := newBench(t)
	b.check([]example{
		{"break", 0, "", "no loop"},
		{"return 3", 1, "", "neither a function"},
	})
	if b.call.Failed() {
		t.Error("return outside of a function ends a script")
	}
}

func TestShift(t *testing.T) {
	b := newBench(t)
	b.state.Params = []string{"a", "b", "c"}
	b.check([]example{
		{"shift", 0, "", ""},
		{"shift 0", 0, "", ""},
		{"shift 3", 1, "", "more than $#"},
		{"shift x", 2, "", "x is not a number"},
		{"shift -- -1", 2, "", "negative"},
	})
	if !slices.Equal(b.state.Params, []string{"b", "c"}) {
		t.Errorf("left: %q", b.state.Params)
	}
}

func TestSet(t *testing.T) {
	b := newBench(t)
	b.check([]example{
		{"set -eu -o pipefail", 0, "", ""},
		{"set +u a b", 0, "", ""},
		{"set -q", 2, "", "-q is not an option"},
		{"set -i", 2, "", "-i is not an option"},
		{"set -ex -o pipefial", 2, "", "did you mean pipefail?"},
	})
	if got, want := b.state.Options, session.ErrExit|session.PipeFail; got != want {
		t.Errorf("options %s, want %s", got.Letters(), want.Letters())
	}
	for _, e := range []struct {
		words string
		want  []string
	}{
		{"set x y", []string{"x", "y"}},
		{"set -x", []string{"x", "y"}},
		{"set -- -a", []string{"-a"}},
		{"set -", []string{"-a"}},
		{"set - q", []string{"q"}},
		{"set --", nil},
		{"set + x", []string{"+", "x"}},
	} {
		if status, _, errs := b.run(words(e.words)...); status != 0 || !slices.Equal(b.state.Params, e.want) {
			t.Errorf("%s: status %d parameters %q, want %q (%s)", e.words, status, b.state.Params, e.want, errs)
		}
	}
	if b.state.Options&session.XTrace != 0 {
		t.Error("set - left -x on")
	}
}
