package shell_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// languageCase is one line of the language's specification: a script, what it
// writes to standard output and how it ends. cosh must do that, and so must
// the witness, another shell, where the machine has it.
type languageCase struct {
	about  string
	in     string // run as: cosh -c in; $SH in it is the shell that runs it
	out    string
	status int
	// bash is the witness, not dash: the script is about an extension, or
	// about what dash lacks.
	bash bool
	// deviates says why cosh and the witness differ: there is no witness.
	deviates string
}

// languageSections are the tables, in the order of XCU chapter 2.
var languageSections = []struct {
	name  string
	cases []languageCase
}{
	{"quoting", quotingCases},
	{"parameters", parametersCases},
	{"expansion", expansionCases},
	{"splitting", splittingCases},
	{"pathname", pathnameCases},
	{"tilde", tildeCases},
	{"arithmetic", arithmeticCases},
	{"substitution", substitutionCases},
	{"redirection", redirectionCases},
	{"heredoc", heredocCases},
	{"lists", listsCases},
	{"compound", compoundCases},
	{"functions", functionsCases},
	{"errexit", errexitCases},
	{"options", optionsCases},
	{"traps", trapsCases},
	{"execdoteval", execdotevalCases},
	{"builtins", builtinsCases},
	{"variables", variablesCases},
	{"errors", errorsCases},
	{"subshells", subshellsCases},
	{"order", orderCases},
	{"invocation", invocationCases},
	{"background", backgroundCases},
	{"idioms", idiomsCases},
	{"corners", cornersCases},
	{"portability", portabilityCases},
}

func TestLanguage(t *testing.T) {
	for _, section := range languageSections {
		t.Run(section.name, func(t *testing.T) {
			for _, c := range section.cases {
				t.Run(c.about, func(t *testing.T) {
					t.Parallel()
					c.expect(t, filepath.Join(binDir, "cosh"))
				})
			}
		})
	}
}

// TestLanguageWitness holds the tables against the shells that they were
// learned from.
func TestLanguageWitness(t *testing.T) {
	if testing.Short() {
		t.Skip("the other shells are not asked with -short")
	}
	for _, name := range []string{"dash", "bash"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Logf("no %s here: its cases stand on their own", name)
			continue
		}
		for _, section := range languageSections {
			t.Run(name+"/"+section.name, func(t *testing.T) {
				for _, c := range section.cases {
					if c.bash != (name == "bash") || c.deviates != "" {
						continue
					}
					t.Run(c.about, func(t *testing.T) {
						t.Parallel()
						c.confirm(t, path)
					})
				}
			})
		}
	}
}

// expect runs the case in the shell and compares.
func (c *languageCase) expect(t *testing.T, shell string) {
	t.Helper()
	out, diagnostics, status := runScript(t, shell, c.in)
	if out == c.out && status == c.status && !strings.Contains(diagnostics, "goroutine ") {
		return
	}
	t.Errorf("%s -c:\n%s\n\n got status %d and output %q\nwant status %d and output %q\nstandard error:\n%s",
		filepath.Base(shell), c.in, status, out, c.status, c.out, diagnostics)
}

// confirm asks another shell whether the case is right. It is asked again when
// it says no: other shells have races of their own (bash forgets a coprocess
// that has ended before its descriptors are read), and it is not they who are tested.
func (c *languageCase) confirm(t *testing.T, shell string) {
	t.Helper()
	for range 2 {
		if out, _, status := runScript(t, shell, c.in); out == c.out && status == c.status {
			return
		}
	}
	c.expect(t, shell)
}

// scriptLimit is how long a script may take before it is killed, with all of
// its process group; a loaded machine is slow, so that it is generous.
const scriptLimit = 30 * time.Second

// runScript runs a script in an empty directory and a process group of its
// own, and ends what it leaves behind. The output goes to files: a background
// process that holds on to it is not waited for.
func runScript(t *testing.T, shell, script string) (out, diagnostics string, status int) {
	t.Helper()
	dir, streams := t.TempDir(), t.TempDir()
	stdout, stderr := create(t, streams, "out"), create(t, streams, "err")
	ctx, cancel := context.WithTimeout(t.Context(), scriptLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, shell, "-c", script)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, stdout, stderr
	cmd.Env = []string{"SH=" + shell, "HOME=" + os.TempDir(), "PWD=" + dir, "LC_ALL=C.UTF-8",
		"PATH=" + binDir + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	err := cmd.Run()
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Errorf("still running after %v", scriptLimit)
	}
	return content(t, stdout), content(t, stderr), cmd.ProcessState.ExitCode()
}

func create(t *testing.T, dir, name string) *os.File {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func content(t *testing.T, f *os.File) string {
	t.Helper()
	text, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
