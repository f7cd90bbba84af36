package builtins

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// printfTable: what dash or bash print is part of the comparison below, so
// each line names the shells that agree: d dash, b bash.
var printfTable = []struct {
	args   string
	agree  string
	status int
	out    string
}{
	{`'%s %d\n' a 1`, "db", 0, "a 1\n"},
	{`'%s-%s\n' a b c`, "db", 0, "a-b\nc-\n"},
	{`abc x y`, "db", 0, "abc"},
	{`''`, "db", 0, ""},
	{`'%%|%5s|%-5s|%.2s|%5.1s|' a b cde fgh`, "db", 0, "%|    a|b    |cd|    f|"},
	{`'%d|' 0x1f 010 +5 -7 ' 9'`, "db", 0, "31|8|5|-7|9|"},
	{`'%5d|%-5d|%05d|%+d|% d|' 1 2 3 4 5`, "db", 0, "    1|2    |00003|+4| 5|"},
	{`'%.3d|%5.3d|%-6.3d|%+.3d|' 7 7 7 7`, "db", 0, "007|  007|007   |+007|"},
	{`'%05d|%+05d|%-05d|%05.3d|' -3 3 3 3`, "db", 0, "-0003|+0003|3    |  003|"},
	{`'%.0d|%.0u|%#.0o|%.d|' 0 0 0 0`, "db", 0, "||0||"},
	{`'%u %o %x %X\n' 255 255 255 255`, "db", 0, "255 377 ff FF\n"},
	{`'%#o %#x %#X %#o %#x\n' 8 255 255 0 0`, "db", 0, "010 0xff 0XFF 0 0\n"},
	{`'%#8x|%#08x|%#-8x|%#.4x|' 255 255 255 255`, "db", 0, "    0xff|0x0000ff|0xff    |0x00ff|"},
	{`'%u|%x|' -1 -1`, "db", 0, "18446744073709551615|ffffffffffffffff|"},
	{`'%i' 12`, "db", 0, "12"},
	{`'%d|%x|' '"A' '"a'`, "db", 0, "65|61|"},
	{`'%*d|%-*d|%*d|' 5 1 4 2 -3 7`, "db", 0, "    1|2   |7  |"},
	{`'%.*f|%*.*f|' 2 3.14159 8 1 2.25`, "db", 0, "3.14|     2.2|"},
	{`'%.*s|' -1 abc`, "db", 0, "abc|"},
	{`'%c%c|%3c|%-3c|' abc def g h`, "db", 0, "ad|  g|h  |"},
	{`'%c|' ''`, "db", 0, "\x00|"},
	{`'\a\b\f\n\r\t\v\\\"|\101\1012|\7'`, "b", 0, "\a\b\f\n\r\t\v\\\"|AA2|\a"},
	{`'\c|\z'`, "db", 0, `\c|\z`},
	{`'\x41\e'`, "b", 0, "A\x1b"},
	{`'%b|' 'a\tb' '\0101\101' 'x\cy' z`, "db", 0, "a\tb|AA|x"},
	{`'%5b|%-5b|%.1b|' a b cd`, "db", 0, "    a|b    |c|"},
	{`'%q %q %q\n' 'a b' x ''`, "", 0, "a\\ b x ''\n"},
	{`'%d\n'`, "db", 0, "0\n"},
	{`'%s|%d|%f|\n'`, "db", 0, "|0|0.000000|\n"},
	{`'%f %e %g %G\n' 1.5 12345.678 1e10 1e-10`, "db", 0, "1.500000 1.234568e+04 1e+10 1E-10\n"},
	{`'%.0f|%.0f|%.3f|%8.2f|%-8.2f|%08.2f|%+.1f|' 0.5 1.5 2 3 4 -5 6`, "db", 0, "0|2|2.000|    3.00|4.00    |-0005.00|+6.0|"},
	{`'%#.0f %#.0e %#g %#g %#.3g\n' 3 3 1 1e10 1e5`, "db", 0, "3. 3.e+00 1.00000 1.00000e+10 1.00e+05\n"},
	{`'%g %g %g %g %g %.3g %.10g\n' 100000 1000000 0.0001 0.00001 0 1234 1234`, "db", 0, "100000 1e+06 0.0001 1e-05 0 1.23e+03 1234\n"},
	{`'%a %a %a %.2a %A %a\n' 1 3 0.5 1.5 255 0`, "d", 0, "0x1p+0 0x1.8p+1 0x1p-1 0x1.80p+0 0X1.FEP+7 0x0p+0\n"},
	{`'%f %f %F %5f|%05f|%-5f|\n' inf -inf nan inf inf inf`, "db", 0, "inf -inf NAN   inf|  inf|inf  |\n"},
	{`'%f %f %f %f\n' 0x10 0x1p4 .5 5.`, "db", 0, "16.000000 16.000000 0.500000 5.000000\n"},
	{`'%ld %lld %hhd %zu\n' 1 2 3 4`, "b", 0, "1 2 3 4\n"},
	{`-- '%s\n' x`, "db", 0, "x\n"},
	{`'%d|' abc 5`, "db", 1, "0|5|"},
	{`'%d|' 12x`, "db", 1, "12|"},
	{`'%d|' '5 '`, "db", 1, "5|"},
	{`'%d|' --5`, "db", 1, "0|"},
	{`'%d|' 99999999999999999999`, "d", 1, "9223372036854775807|"},
	{`'%d|' -99999999999999999999`, "d", 1, "-9223372036854775808|"},
	{`'%d|' -9223372036854775808`, "db", 0, "-9223372036854775808|"},
	{`'%u|' 99999999999999999999`, "d", 1, "18446744073709551615|"},
	{`'%f|' 1x`, "db", 1, "1.000000|"},
	{`'%f|' x`, "db", 1, "0.000000|"},
	{`'%d|' 08`, "db", 1, "0|"},
	{`'a%yb'`, "", 1, "a"},
	{`'a%'`, "b", 1, "a"},
	{`'a%5'`, "b", 1, "a"},
}

func TestPrintf(t *testing.T) {
	b := newBench(t)
	for _, e := range printfTable {
		args := words(e.args)
		status, out, errs := b.run(append([]string{"printf"}, args...)...)
		if status != e.status || out != e.out {
			t.Errorf("printf %s: status %d output %q, want %d %q", e.args, status, out, e.status, e.out)
		}
		if (errs != "") != (e.status != 0) {
			t.Errorf("printf %s: status %d with message %q", e.args, status, errs)
		}
		for _, shell := range [...]string{"dash", "bash"} {
			if strings.Contains(e.agree, shell[:1]) {
				comparePrintf(t, shell, args, e.status, e.out)
			}
		}
	}
}

// comparePrintf runs another shell's printf, where the shell is there.
func comparePrintf(t *testing.T, shell string, args []string, status int, out string) {
	t.Helper()
	path, err := exec.LookPath(shell)
	if err != nil {
		t.Logf("not compared: %v", err)
		return
	}
	cmd := exec.Command(path, append([]string{"-c", `printf "$@"`, shell}, args...)...)
	cmd.Env = []string{"LC_ALL=C"}
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	cmd.Run()
	if got := stdout.String(); got != out || (cmd.ProcessState.ExitCode() != 0) != (status != 0) {
		t.Errorf("%s: printf %q: status %d output %q, ours %d %q", shell, args, cmd.ProcessState.ExitCode(), got, status, out)
	}
}

func TestPrintfUsage(t *testing.T) {
	b := newBench(t)
	b.check([]example{
		{"printf", 2, "", "format is missing"},
		{"printf -z", 2, "", "-z is not an option"},
		{"printf -v 1x a", 2, "", "1x is not a name"},
		{"printf -v x '%03d' 7", 0, "", ""},
		{"printf '%99999999999d' 1", 1, "", "too wide"},
	})
	if got := b.value("x"); got != "007" {
		t.Errorf("printf -v: x is %q", got)
	}
}

func TestPrintfAllocatesNothing(t *testing.T) {
	b := newBench(t)
	builtin := b.shell.builtins.Lookup("printf")
	b.call.State, b.call.Shell = b.state, b.shell
	args := []string{`%s %d\n`, "word", "42"}
	allocs := testing.AllocsPerRun(100, func() {
		b.call.Reset("printf", args)
		builtin.Run(&b.call)
	})
	if allocs != 0 {
		t.Errorf("printf '%%s %%d\\n' allocates %v times", allocs)
	}
}

func FuzzPrintf(f *testing.F) {
	for _, e := range printfTable {
		args := words(e.args)
		f.Add(args[0], strings.Join(args[1:], " "))
	}
	f.Fuzz(func(t *testing.T, format, args string) {
		if longNumber(format) || longNumber(args) {
			t.Skip("a wide field is slow, not wrong")
		}
		b := newBench(t)
		status, _, errs := b.run(append([]string{"printf", "--", format}, strings.Fields(args)...)...)
		if (status != 0) != (errs != "") {
			t.Errorf("status %d with message %q", status, errs)
		}
	})
}

// longNumber reports five digits in a row.
func longNumber(s string) bool {
	n := 0
	for i := 0; i < len(s); i++ {
		if n++; s[i] < '0' || s[i] > '9' {
			n = 0
		}
		if n >= 5 {
			return true
		}
	}
	return false
}
