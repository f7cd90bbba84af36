package builtins

import (
	"strings"
	"testing"

	"cosh/shell/session"
)

func TestExport(t *testing.T) {
	b := newBench(t)
	b.check([]example{
		{"export A=1 'B=it'", 0, "", ""},
		{"export C", 0, "", ""},
		{"export", 0, "export A='1'\nexport B='it'\nexport C\n", ""},
		{"export -n B", 0, "", ""},
		{"export -p", 0, "export A='1'\nexport C\n", ""},
		{"export 1x", 2, "", "1x is not a name"},
		{"export -z", 2, "", "-z is not an option"},
		{"readonly A", 0, "", ""},
		{"export A=2", 2, "", "A: is read only"},
		{"readonly", 0, "readonly A='1'\n", ""},
		{"unset A", 2, "", "A: is read only"},
	})
	b.set("Q", "it's\nhere")
	b.check([]example{{"export Q", 0, "", ""}})
	if _, out, _ := b.run("export"); !strings.Contains(out, "export Q='it'\\''s\nhere'\n") {
		t.Errorf("export: %q", out)
	}
}

func TestSetLists(t *testing.T) {
	b := newBench(t)
	b.set("V", "a b")
	_, out, _ := b.run("set")
	for _, want := range []string{"V='a b'\n", "IFS=' \t\n'\n", "OPTIND='1'\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("set: %q is not in %q", want, out)
		}
	}
	b.run("set", "-e")
	if _, out, _ := b.run("set", "-o"); !strings.Contains(out, "errexit         on\n") || !strings.Contains(out, "xtrace          off\n") {
		t.Errorf("set -o: %q", out)
	}
	if _, out, _ := b.run("set", "+o"); !strings.Contains(out, "set -o errexit\n") || !strings.Contains(out, "set +o xtrace\n") {
		t.Errorf("set +o: %q", out)
	}
}

func TestUnset(t *testing.T) {
	b := newBench(t)
	define := func(name string) {
		b.state.SetFunc(b.state.Names.ID(name), &session.Function{Name: name})
	}
	defined := func(name string) bool { return b.state.Func(b.state.Names.ID(name)) != nil }
	b.set("x", "1")
	define("x")
	b.run("unset", "x")
	if b.value("x") != "(unset)" || !defined("x") {
		t.Error("unset takes the variable first")
	}
	b.run("unset", "-v", "x")
	if !defined("x") {
		t.Error("unset -v takes no function")
	}
	b.run("unset", "x")
	if defined("x") {
		t.Error("unset takes a function where there is no variable")
	}
	b.set("x", "1")
	define("x")
	b.run("unset", "-f", "x")
	if b.value("x") != "1" || defined("x") {
		t.Error("unset -f takes the function")
	}
	b.check([]example{
		{"unset nothing", 0, "", ""},
		{"unset -fv x", 2, "", "exclude each other"},
		{"unset 1x", 2, "", "not a name"},
	})
}

func TestLocal(t *testing.T) {
	b := newBench(t)
	b.check([]example{{"local x", 1, "", "no function is running"}})
	b.set("x", "outer")
	b.set("y", "outer")
	b.run("export", "x")
	frame := b.state.EnterFunction()
	b.check([]example{
		{"local x y=inner", 0, "", ""},
		{"local", 0, "y='inner'\n", ""},
		{"local 1x", 1, "", "not a name"},
	})
	if b.value("x") != "(unset)" || b.value("y") != "inner" {
		t.Errorf("inside: x is %q, y is %q", b.value("x"), b.value("y"))
	}
	if b.state.FlagsOf(b.state.Names.ID("x"))&session.Exported == 0 {
		t.Error("a local of an exported variable is exported")
	}
	b.state.LeaveFunction(frame)
	if b.value("x") != "outer" || b.value("y") != "outer" {
		t.Errorf("outside: x is %q, y is %q", b.value("x"), b.value("y"))
	}
}

func TestAlias(t *testing.T) {
	newBench(t).check([]example{
		{"alias", 0, "", ""},
		{"alias 'll=ls -l' g=git", 0, "", ""},
		{"alias", 0, "g='git'\nll='ls -l'\n", ""},
		{"alias ll", 0, "ll='ls -l'\n", ""},
		{"alias l", 1, "", "no such alias; did you mean ll?"},
		{"alias 'a b=c'", 1, "", "cannot be the name"},
		{"unalias ll", 0, "", ""},
		{"unalias ll", 1, "", "no such alias"},
		{"unalias", 2, "", "alias is missing"},
		{"unalias -a", 0, "", ""},
		{"alias", 0, "", ""},
	})
}

func TestGetopts(t *testing.T) {
	for _, e := range []struct {
		spec, args string
		want       string // name,OPTARG,OPTIND of each step
		message    string
	}{
		{"ab:", "-a -b x rest", "a,-,2 b,x,4 ?,-,4", ""},
		{"ab:", "-ab x", "a,-,1 b,x,3 ?,-,3", ""},
		{"ab:", "-abx -- -a", "a,-,1 b,x,2 ?,-,3", ""},
		{"ab", "-a - -b", "a,-,2 ?,-,2", ""},
		{"ab", "-x -a", "?,-,2 a,-,3 ?,-,3", "cosh: -x is not an option\n"},
		{":ab:", "-x -b", "?,x,2 :,b,3 ?,-,3", ""},
		{"b:", "-b", "?,-,2 ?,-,2", "cosh: -b needs a value\n"},
		{"a", "", "?,-,1", ""},
	} {
		b := newBench(t)
		b.state.Params = words(e.args)
		var got []string
		messages := ""
		for len(got) < 9 {
			status, _, errs := b.run("getopts", e.spec, "opt")
			messages += errs
			arg := b.value("OPTARG")
			if arg == "(unset)" {
				arg = "-"
			}
			got = append(got, b.value("opt")+","+arg+","+b.value("OPTIND"))
			if status != 0 {
				break
			}
		}
		if s := strings.Join(got, " "); s != e.want || messages != e.message {
			t.Errorf("getopts %s over %q: %q %q, want %q %q", e.spec, e.args, s, messages, e.want, e.message)
		}
	}
}

func TestGetoptsAgain(t *testing.T) {
	b := newBench(t)
	b.run("getopts", "ab", "opt", "-ab")
	b.set("OPTIND", "1")
	if b.run("getopts", "ab", "opt", "-ba"); b.value("opt") != "b" {
		t.Errorf("after OPTIND=1 the option is %q", b.value("opt"))
	}
	b.set("OPTERR", "0")
	b.check([]example{
		{"getopts a opt -ba -x", 0, "", ""},
		{"getopts a", 2, "", "needed"},
		{"getopts a 1x", 2, "", "not a name"},
	})
}
