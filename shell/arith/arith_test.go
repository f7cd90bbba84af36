package arith

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"cosh/shell/session"
)

// evaluate is what the evaluator does, with an expansion that knows no more
// than $x, ${x}, $1, $# and $?.
func evaluate(src string, s *session.Session) (int64, error) {
	e, err := Parse(src, s.Names)
	if err == nil {
		var n int64
		if n, err = e.Eval(s); !errors.Is(err, ErrNeedsExpansion) {
			return n, err
		}
	}
	if !errors.Is(err, ErrNeedsExpansion) {
		return 0, err
	}
	text := strings.NewReplacer("${", "$", "}", "").Replace(src)
	for _, name := range []string{"zero", "five", "neg", "expr", "octal", "name", "op", "unset"} {
		v, _ := s.GetName(name)
		text = strings.ReplaceAll(text, "$"+name, v)
	}
	return Value(text, s)
}

func testSession() *session.Session {
	s := session.New(session.NewNames())
	for name, value := range vars {
		if err := s.SetName(name, value); err != nil {
			panic(err)
		}
	}
	s.Params = []string{"7", "x y", "010"}
	s.Status = 3
	return s
}

var vars = map[string]string{
	"zero": "0", "five": "5", "neg": "-5", "expr": "1+2", "octal": "010", "empty": "",
	"blank": " 6 ", "plus": "+4", "hex": "0x1F", "name": "five", "op": "+", "loop": "loop", "set": "five=9",
	"chain": "expr", "min": "-9223372036854775808",
}

// same is where an expression also has this value.
type same uint8

const (
	both same = iota
	bash      // dash lacks it, or has another rule
	ours      // and why in a comment
)

var values = []struct {
	src  string
	want int64
	in   same
}{
	{"1+2*3", 7, both}, {"(1+2)*3", 9, both}, {"7/2", 3, both}, {"-7/2", -3, both}, {"-7%3", -1, both},
	{"10-2-3", 5, both}, {"2*3%4", 2, both}, {"1<<4>>2", 4, both}, {"1<2", 1, both}, {"2<=1", 0, both},
	{"3>2>1", 0, both}, {"1==1", 1, both}, {"1!=1", 0, both}, {"6&3", 2, both}, {"6|3", 7, both}, {"6^3", 5, both},
	{"1|2^3&4", 3, both}, {"1&&0", 0, both}, {"0||2", 1, both}, {"1||0&&0", 1, both}, {"!5", 0, both}, {"!0", 1, both},
	{"~0", -1, both}, {"- -5", 5, both}, {"+5", 5, both}, {"-5", -5, both}, {"--5", 5, both}, {"!!3", 1, both}, {"-~1", 2, both},
	{"1?2:3", 2, both}, {"0?2:3", 3, both}, {"0?1:0?2:3", 3, both}, {"1?0?4:5:6", 5, both}, {"1 ? 2 , 3 : 4", 3, bash},
	{"1,2", 2, bash}, {"2**10", 1024, bash}, {"2**3**2", 512, bash}, {"-2**2", 4, bash}, {"2**0", 1, bash},
	{"010", 8, both}, {"0x1f", 31, both}, {"0XFF", 255, both}, {"0", 0, both}, {"16#ff", 255, bash}, {"2#101", 5, bash},
	{"36#Z", 35, bash}, {"64#_", 63, bash}, {"62#A", 36, bash}, {"10#08", 8, bash},
	{"9223372036854775807+1", -9223372036854775808, both}, {"-9223372036854775808", -9223372036854775808, bash},
	{"1<<65", 2, both}, {"1<<-1", -9223372036854775808, both},
	{"min/-1", -9223372036854775808, ours}, // bash and dash: overflow is no matter of their own
	{"min%-1", 0, ours},
	{"five", 5, both}, {"five+1", 6, both}, {"1+five", 6, both}, {"five+five", 10, both}, {"five*neg", -25, both},
	{"five-neg", 10, both}, {"five<6", 1, both}, {"five%3==2", 1, both}, {"five/2", 2, both}, {"five>neg", 1, both},
	{"(five)", 5, both}, {" five ", 5, both}, {"five\n+\t1", 6, both},
	{"unset", 0, both}, {"empty+1", 1, both}, {"octal", 8, both}, {"blank", 6, both}, {"plus", 4, both}, {"hex", 31, both},
	{"expr*2", 6, bash}, {"chain", 3, bash}, {"name", 5, bash}, {"set+five", 18, bash},
	{"$five+1", 6, both}, {"${five}+1", 6, both}, {"$neg", -5, both}, {"3-$neg", 8, both}, {"$expr*2", 5, both}, {"2*$expr", 4, both},
	{"$octal", 8, both}, {"1 $op 2", 3, both}, {"1$five", 15, both}, {"0x$five$five", 0x55, both}, {"10#$octal", 10, bash},
	{"$name=8", 8, both}, {"$name++ + five", 11, bash}, {"++$name", 6, bash}, {"1$unset", 1, both}, {"$unset+1", 1, both},
	{"$1+1", 8, both}, {"${1}0", 70, ours}, // the test's own expansion knows no $1: see TestNeedsExpansion
	{"$#", 3, both}, {"${#}", 3, both}, {"$?*2", 6, ours}, // $? is 3 here
	{"five=6", 6, both}, {"five=6,five+1", 7, bash}, {"five+=2", 7, both}, {"five-=2", 3, both}, {"five*=2", 10, both},
	{"five/=2", 2, both}, {"five%=3", 2, both}, {"five<<=2", 20, both}, {"five>>=1", 2, both}, {"five&=4", 4, both},
	{"five^=1", 4, both}, {"five|=2", 7, both}, {"zero=five=2", 2, both}, {"new=1+1", 2, both}, {"(five=3)+five", 6, both},
	{"five++", 5, bash}, {"five++ + five", 11, bash}, {"++five", 6, bash}, {"--five", 4, bash}, {"five--", 5, bash}, {"five+++1", 6, bash},
	{"five--1", 6, ours}, // and dash; bash finds an error
	{"five=$five+1", 6, both}, {"zero=1, $zero+1", 1, bash}, {"0&&(five=9)||five", 1, both}, {"1||(five=9),five", 5, bash},
	{"1?five:(five=9)", 5, both}, {"five==5?10:20", 10, both}, {"five = five == 5 ? 1 : 2", 1, both},
	{"", 0, bash}, {" ", 0, bash}, {`"five" + 1`, 6, bash},
}

func TestEval(t *testing.T) {
	for _, c := range values {
		if c.src == "${1}0" {
			continue
		}
		if n, err := evaluate(c.src, testSession()); err != nil || n != c.want {
			t.Errorf("%s: %d, %v; want %d", c.src, n, err, c.want)
		}
	}
}

// TestShells asks dash and bash the same.
func TestShells(t *testing.T) {
	for _, shell := range []string{"dash", "bash"} {
		path, err := exec.LookPath(shell)
		if err != nil {
			t.Logf("%s is not installed", shell)
			continue
		}
		var script strings.Builder
		script.WriteString("set -- 7 'x y' 010\n")
		for _, c := range values {
			if c.in == ours || c.in == bash && shell != "bash" {
				continue
			}
			script.WriteString("(")
			for name, value := range vars {
				fmt.Fprintf(&script, "%s='%s';", name, value)
			}
			fmt.Fprintf(&script, "unset unset new; r=$((%s)); [ $r = %d ] || echo \"$r\" is what %s makes of '%s'\n)\n", c.src, c.want, shell, c.src)
		}
		cmd := exec.Command(path)
		cmd.Stdin = strings.NewReader(script.String())
		if out, _ := cmd.CombinedOutput(); len(out) > 0 {
			t.Errorf("%s", out)
		}
	}
}

func TestAssignments(t *testing.T) {
	for _, c := range []struct{ src, name, want string }{
		{"five+=1", "five", "6"}, {"five++", "five", "6"}, {"--five", "five", "4"}, {"1||(five=9)", "five", "5"},
		{"0&&(five=9)", "five", "5"}, {"0?(five=9):1", "five", "5"}, {"new=3,new*=2", "new", "6"}, {"expr++", "expr", "4"},
		{"$name=8", "five", "8"}, {"(five=1)/0", "five", "1"}, {"five=1/zero", "five", "5"}, {"octal+=0", "octal", "8"},
	} {
		s := testSession()
		_, err := evaluate(c.src, s)
		if got, _ := s.GetName(c.name); got != c.want {
			t.Errorf("%s: %s is %q (%v), want %q", c.src, c.name, got, err, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for src, want := range map[string]string{
		"1/0": `division by zero: "1/0"`, "5%zero": `division by zero: "5%zero"`, "five/=0": `division by zero: "five/=0"`,
		"08": `invalid octal number 08: "08"`, "1a": `invalid number 1a: "1a"`, "0x": `invalid number 0x: "0x"`,
		"1#0": `invalid base 1: "1#0"`, "2#2": `invalid number 2#2: "2#2"`, "65#1": `invalid base 65: "65#1"`,
		"1+": `operand expected at the end: "1+"`, "(1": `missing ): "(1"`, "1)": `unexpected ): "1)"`, "()": `unexpected ): "()"`,
		"1 2": `unexpected 2: "1 2"`, "1=2": `unexpected =: "1=2"`, "five five": `unexpected five: "five five"`,
		"1?2": `missing : after ?: "1?2"`, "2**-1": `negative exponent: "2**-1"`, "five++=1": `unexpected =: "five++=1"`,
		"é": `unexpected é: "é"`, "1.5": `unexpected .: "1.5"`, "@": `unexpected @: "@"`, "$neg+)": `unexpected ): "-5+)"`,
		"loop": `variables refer to each other without end: "loop"`, "ro=1": "ro: is read only", "ro++": "ro: is read only",
		strings.Repeat("(", 2000): "nested too deeply", strings.Repeat("-", 4001) + "1": "nested too deeply",
	} {
		s := testSession()
		s.Mark(s.Names.ID("ro"), session.Readonly)
		_, err := evaluate(src, s)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.20s: %v, want %s", src, err, want)
		}
	}
	s := testSession()
	s.Options |= session.NoUnset
	if _, err := evaluate("unset+1", s); err == nil || err.Error() != "unset: parameter not set" {
		t.Errorf("unset variable under NoUnset: %v", err)
	}
}

// TestNeedsExpansion lists what the text alone does not say.
func TestNeedsExpansion(t *testing.T) {
	s := testSession()
	for _, src := range []string{
		"$(echo 1)+1", "`echo 1`", "${five:-1}", "$five$five", "${1}0", "1$five", "a$five", "$five=1", "$five++",
		"--$five", "1 $op 2", "$10", "$@", "$*", "$!", "$$", `\1`, "five=$five+1", "$five++five)", "$five)", "${five", "16#$five",
	} {
		if _, err := Parse(src, s.Names); !errors.Is(err, ErrNeedsExpansion) {
			t.Errorf("Parse(%s): %v", src, err)
		}
		if _, err := Value(src, s); err == nil || errors.Is(err, ErrNeedsExpansion) {
			t.Errorf("Value(%s): %v", src, err)
		}
	}
	for _, src := range []string{"$expr+1", "$unset", "$2", "$9", "(five=1)+$octal", "zero=$five,$expr"} {
		e, err := Parse(src, s.Names)
		if err != nil {
			t.Errorf("Parse(%s): %v", src, err)
			continue
		}
		if _, err := e.Eval(s); !errors.Is(err, ErrNeedsExpansion) {
			t.Errorf("Eval(%s): %v", src, err)
		}
		if five, _ := s.GetName("five"); five != "5" {
			t.Fatalf("Eval(%s) assigned before it failed", src)
		}
	}
}

func FuzzArith(f *testing.F) {
	for _, c := range values {
		f.Add(c.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		s := testSession()
		e, err := Parse(src, s.Names)
		if err == nil {
			_, err = e.Eval(s)
		}
		if err != nil && err.Error() == "" {
			t.Error("an error without a text")
		}
		if _, err := Value(src, s); errors.Is(err, ErrNeedsExpansion) {
			t.Errorf("Value(%q) asks for expansion", src)
		}
	})
}

func BenchmarkEval(b *testing.B) {
	for _, src := range []string{"i+1", "$i+1", "a*b+c", "i<100", "i%3==0", "(a+b)*(c-a)/2", "$1+$2", "i=i+1", "i++"} {
		b.Run(src, func(b *testing.B) {
			s := session.New(session.NewNames())
			for i, name := range []string{"i", "a", "b", "c"} {
				if err := s.SetName(name, fmt.Sprint(i*7)); err != nil {
					b.Fatal(err)
				}
			}
			s.Params = []string{"12", "34"}
			e, err := Parse(src, s.Names)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Eval(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
