package builtins

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// readTable: what read makes of an input, as x|y|z. dash is asked too where it
// has the options; its words go into the same variables.
var readTable = []struct {
	ifs, input, args string
	status           int
	want             string
	dash             bool
}{
	{" \t\n", "a b c d\n", "x y z", 0, "a|b|c d", true},
	{" \t\n", "  a   b  \n", "x y z", 0, "a|b|", true},
	{" \t\n", "  a   b  c  \n", "x y", 0, "a|b  c|(unset)", true},
	{" \t\n", "  a b  \n", "x", 0, "a b|(unset)|(unset)", true},
	{" \t\n", "\n", "x y", 0, "||(unset)", true},
	{" \t\n", "", "x y", 1, "||(unset)", true},
	{" \t\n", "no newline", "x y", 1, "no|newline|(unset)", true},
	{"", "  a b  \n", "x y", 0, "  a b  ||(unset)", true},
	{":", "a:b:c\n", "x y", 0, "a|b:c|(unset)", true},
	{":", "a:\n", "x", 0, "a|(unset)|(unset)", true},
	{":", ":\n", "x", 0, "|(unset)|(unset)", true},
	{":", "::\n", "x", 0, "::|(unset)|(unset)", true},
	{":", "a:b:\n", "x y", 0, "a|b|(unset)", true},
	{":", "a:b::\n", "x y", 0, "a|b::|(unset)", true},
	{":", "::b\n", "x y z", 0, "||b", true},
	{": ", "a : b : \n", "x y", 0, "a|b|(unset)", true},
	{": ", "a b :: \n", "x y", 0, "a|b ::|(unset)", true},
	{": ", " : a\n", "x y", 0, "|a|(unset)", true},
	{" \t\n", "a\\ b c\n", "x y", 0, "a b|c|(unset)", true},
	{" \t\n", "a\\\nb c\n", "x y", 0, "ab|c|(unset)", true},
	{" \t\n", "a \\  \n", "x y", 0, "a| |(unset)", false},
	{" \t\n", "a\\\\b\\n\n", "x", 0, "a\\bn|(unset)|(unset)", true},
	{" \t\n", "a\\ b\\\n", "-r x y", 0, "a\\|b\\|(unset)", true},
	{" \t\n", "a\\", "x", 1, "a|(unset)|(unset)", true},
	{" \t\n", "a\x00b\n", "x", 0, "ab|(unset)|(unset)", false},
	{" \t\n", "a b:c", "-d : x y", 0, "a|b|(unset)", false},
	{" \t\n", "a b\x00c", "-d '' x y", 0, "a|b|(unset)", false},
	{" \t\n", "a\nb\x00c", "-d '' -r x", 0, "a\nb|(unset)|(unset)", false},
	{" \t\n", "a\\:b:c", "-d : x", 0, "a:b|(unset)|(unset)", false},
}

func TestRead(t *testing.T) {
	for _, e := range readTable {
		b := newBench(t)
		b.set("IFS", e.ifs)
		b.input(e.input)
		status, _, errs := b.run(append([]string{"read"}, words(e.args)...)...)
		got := b.value("x") + "|" + b.value("y") + "|" + b.value("z")
		if status != e.status || got != e.want || errs != "" {
			t.Errorf("IFS=%q read %s of %q: status %d %q (%s), want %d %q", e.ifs, e.args, e.input, status, got, errs, e.status, e.want)
		}
		if e.dash {
			compareRead(t, e.ifs, e.input, e.args, e.status, e.want)
		}
	}
}

func compareRead(t *testing.T, ifs, input, args string, status int, want string) {
	t.Helper()
	path, err := exec.LookPath("dash")
	if err != nil {
		t.Logf("not compared: %v", err)
		return
	}
	script := `IFS=$1; read ` + args + `; s=$?; printf '%s|%s|%s' "${x-(unset)}" "${y-(unset)}" "${z-(unset)}"; exit $s`
	cmd := exec.Command(path, "-c", script, "dash", ifs)
	cmd.Env, cmd.Stdin = []string{}, strings.NewReader(input)
	var out bytes.Buffer
	cmd.Stdout = &out
	cmd.Run()
	if got := out.String(); got != want || cmd.ProcessState.ExitCode() != status {
		t.Errorf("dash: IFS=%q read %s of %q: status %d %q, ours %d %q", ifs, args, input, cmd.ProcessState.ExitCode(), got, status, want)
	}
}

func TestReadLines(t *testing.T) {
	b := newBench(t)
	b.input("one\ntwo\n")
	for _, want := range []string{"one", "two"} {
		if status, _, _ := b.run("read", "x"); status != 0 || b.value("x") != want {
			t.Errorf("status %d, x is %q, want %q", status, b.value("x"), want)
		}
	}
	if status, _, _ := b.run("read", "x"); status != 1 || b.value("x") != "" {
		t.Errorf("at the end: status %d, x is %q", status, b.value("x"))
	}
	b.input("  whole line \n")
	if b.run("read"); b.value("REPLY") != "  whole line " {
		t.Errorf("REPLY is %q", b.value("REPLY"))
	}
}

func TestReadUsage(t *testing.T) {
	b := newBench(t)
	b.run("readonly", "fixed=1")
	b.check([]example{{"read x", 2, "", "descriptor 0 is closed"}})
	b.input("a b\n")
	b.check([]example{
		{"read 1x", 2, "", "1x is not a name"},
		{"read -z x", 2, "", "-z is not an option"},
		{"read -p", 2, "", "-p needs a value"},
		{"read -u x y", 2, "", "x is not a descriptor"},
		{"read -r -p prompt fixed", 2, "", "fixed: is read only"},
	})
}

// The strings of the variables are the only garbage of a line.
func TestReadAllocations(t *testing.T) {
	b := newBench(t)
	b.input(strings.Repeat("some words of text\n", 2000))
	builtin := b.shell.builtins.Lookup("read")
	b.call.State, b.call.Shell = b.state, b.shell
	args := []string{"-r", "x", "y"}
	b.set("x", "")
	b.set("y", "")
	allocs := testing.AllocsPerRun(1000, func() {
		b.call.Reset("read", args)
		builtin.Run(&b.call)
	})
	if allocs > 2 {
		t.Errorf("read x y allocates %v times, want 2", allocs)
	}
}

func BenchmarkRead(b *testing.B) {
	bench := newBench(b)
	text := strings.Repeat("some words of text\n", 10000)
	builtin := bench.shell.builtins.Lookup("read")
	args := []string{"-r", "x", "y"}
	for i := 0; i < b.N; i++ {
		if i%10000 == 0 {
			b.StopTimer()
			bench.input(text)
			bench.call.State, bench.call.Shell = bench.state, bench.shell
			b.StartTimer()
		}
		bench.call.Reset("read", args)
		builtin.Run(&bench.call)
	}
}

func BenchmarkPrintf(b *testing.B) {
	bench := newBench(b)
	builtin := bench.shell.builtins.Lookup("printf")
	bench.call.State, bench.call.Shell = bench.state, bench.shell
	args := []string{`%s %d\n`, "word", "42"}
	for b.Loop() {
		bench.call.Reset("printf", args)
		builtin.Run(&bench.call)
	}
}
