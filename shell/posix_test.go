package shell_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// posixCase is a case that dash and bash --posix bear witness for, both unless
// except says otherwise.
type posixCase struct {
	languageCase
	// except is the witness that does otherwise, and why: "bash: …", "dash: …".
	except string
}

// posixSections are further tables, by section of XCU.
var posixSections = []struct {
	name  string
	cases []posixCase
}{
	{"2.3.1_alias", aliasCases},
	{"2.2.1_continuation", continuationCases},
	{"2.15_trap", pseudoCases},
	{"3_utilities", utilityCases},
	{"4_sh", modeCases},
}

func TestPosix(t *testing.T) {
	for _, section := range posixSections {
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

// TestPosixWitness holds the tables against dash, bash --posix and bash.
func TestPosixWitness(t *testing.T) {
	if testing.Short() {
		t.Skip("the other shells are not asked with -short")
	}
	strict := filepath.Join(t.TempDir(), "bash")
	if err := os.WriteFile(strict, []byte("#!/bin/sh\nexec bash --posix \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, w := range []struct{ name, shell string }{{"dash", "dash"}, {"bash --posix", strict}, {"bash", "bash"}} {
		path, err := exec.LookPath(filepath.Base(w.shell))
		if err != nil {
			t.Logf("no %s here: its cases stand on their own", w.name)
			continue
		}
		if w.shell == strict {
			path = strict
		}
		for _, section := range posixSections {
			t.Run(w.name+"/"+section.name, func(t *testing.T) {
				for _, c := range section.cases {
					if c.bash != (w.name == "bash") || c.deviates != "" || w.name != "" && len(c.except) > 4 && c.except[:4] == w.name[:4] {
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
