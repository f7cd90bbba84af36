package builtins

import (
	"os/exec"
	"strings"
	"testing"

	"cosh/shell/session"
)

func TestEcho(t *testing.T) {
	b := newBench(t)
	b.check([]example{
		{"echo", 0, "\n", ""},
		{"echo a  b", 0, "a b\n", ""},
		{"echo -n a", 0, "a", ""},
		{`echo a\tb`, 0, "a\\tb\n", ""},
		{`echo -e a\tb\0101\x41\c d`, 0, "a\tbAA", ""},
		{`echo -e a\101`, 0, "a\\101\n", ""},
		{`echo -ne a\n`, 0, "a\n", ""},
		{`echo -e -E \t`, 0, "\\t\n", ""},
		{"echo -nx a", 0, "-nx a\n", ""},
		{"echo - a", 0, "- a\n", ""},
		{"echo -- a", 0, "-- a\n", ""},
		{"echo a -n", 0, "a -n\n", ""},
	})
	b.state.Options |= session.Posix
	b.check([]example{
		{`echo a\tb`, 0, "a\tb\n", ""},
		{`echo a\cb`, 0, "a", ""},
		{"echo -n a", 0, "a", ""},
		{"echo -e a", 0, "-e a\n", ""},
	})
}

func TestTrueFalse(t *testing.T) {
	newBench(t).check([]example{
		{"true x", 0, "", ""},
		{": x", 0, "", ""},
		{"false x", 1, "", ""},
	})
}

// testTable is about the builtin; the primaries have their own table in cond.
var testTable = []example{
	{"test", 1, "", ""},
	{"test a", 0, "", ""},
	{"test ''", 1, "", ""},
	{"test !", 0, "", ""},
	{"test -n", 0, "", ""},
	{"test ! a", 1, "", ""},
	{"test -z ''", 0, "", ""},
	{"test a = a", 0, "", ""},
	{"test a != a", 1, "", ""},
	{"test ! = !", 0, "", ""},
	{"test 1 -lt 2", 0, "", ""},
	{"test 10 -eq 010", 0, "", ""},
	{"test x -lt 2", 2, "", "x"},
	{"test -d /", 0, "", ""},
	{"test -f /", 1, "", ""},
	{"test ! -e /cosh-no-such", 0, "", ""},
	{"test '(' a ')'", 0, "", ""},
	{"test a -a ''", 1, "", ""},
	{"test a -o ''", 0, "", ""},
	{"test ! a = b", 0, "", ""},
	{"test a b c", 2, "", ""},
	{"[ a = a ]", 0, "", ""},
	{"[ a = b ]", 1, "", ""},
	{"[ ]", 1, "", ""},
	{"[ a = b", 2, "", "] at the end is missing"},
	{"[", 2, "", "] at the end is missing"},
}

func TestTest(t *testing.T) {
	b := newBench(t)
	for _, e := range testTable {
		argv := words(e.words)
		status, out, errs := b.run(argv...)
		if status != e.status || out != "" || !strings.Contains(errs, e.err) || (errs != "") != (status > 1) {
			t.Errorf("%s: status %d %q, want %d %q", e.words, status, out+errs, e.status, e.err)
		}
		for _, shell := range [...]string{"dash", "bash"} {
			path, err := exec.LookPath(shell)
			if err != nil {
				t.Logf("not compared: %v", err)
				continue
			}
			cmd := exec.Command(path, append([]string{"-c", `"$@"`, shell}, argv...)...)
			cmd.Run()
			if got := cmd.ProcessState.ExitCode(); got != e.status {
				t.Errorf("%s: status %d in %s, ours %d", e.words, got, shell, e.status)
			}
		}
	}
}
