package shell_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// nested are constructs in each other n times.
var nested = []struct {
	name  string
	write func(n int) string
}{
	{"$( )", around("echo ", "$(echo ", "x", ")")},
	{`"$( )"`, around("echo ", `"$(echo `, "x", `)"`)},
	{"( )", around("", "( ", ": ", ")")},
	{"{ }", around("", "{ ", ":; ", "}; ")},
	{"if", around("", "if ", ":; ", "then :; fi; ")},
	{"${x:- }", around("echo ", "${x:-", "y", "}")},
	{"[[ ( ) ]]", func(n int) string { return around("[[ ", "( ", "x", " )")(n) + " ]]" }},
	{"@( )", func(n int) string { return around("case x in ", "@(", "x", ")")(n) + ") ;; esac" }},
	{"{a, }", around("echo ", "{a,", "b", "}")},
	{"a function of { }", around("f() ", "{ ", ":; ", "}; ")},
	{"&&", func(n int) string { return strings.Repeat(": && ", n) + ":" }},
	{"elif", func(n int) string { return "if false; then :; " + strings.Repeat("elif false; then :; ", n) + "fi" }},
	{"( never closed", func(n int) string { return strings.Repeat("( ", n) }},
	{"$( never closed", func(n int) string { return strings.Repeat("$(", n) }},
}

func around(first, open, inside, closing string) func(int) string {
	return func(n int) string {
		return first + strings.Repeat(open, n) + inside + strings.Repeat(closing, n)
	}
}

// TestDeep: whatever is nested 10,000 times runs or is refused; what is nested
// a million times is refused at the latest, and never with a crash.
func TestDeep(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, c := range nested {
		t.Run(c.name, func(t *testing.T) {
			for _, n := range []int{1000, 10_000, 200_000} {
				if n > 1000 && c.name == "{a, }" {
					continue // n words of up to n letters
				}
				file := filepath.Join(t.TempDir(), "deep")
				if err := os.WriteFile(file, []byte(c.write(n)+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command(filepath.Join(binDir, "cosh"), file)
				var diagnostics strings.Builder
				cmd.Stderr = &diagnostics
				err := cmd.Run()
				var exit *exec.ExitError
				if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 2) || strings.Contains(diagnostics.String(), "goroutine ") {
					t.Errorf("%d times: %v\n%.500s", n, err, diagnostics.String())
				}
			}
		})
	}
}
