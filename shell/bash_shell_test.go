package shell_test

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// bashSections are the tables of what bash adds to the language: conditionals,
// patterns and processes.
var bashSections = []struct {
	name  string
	cases []languageCase
}{
	{"conditional", bashConditionalCases},
	{"pattern", bashPatternCases},
	{"process", bashProcessCases},
	{"arrays", bashArrayCases},
	{"declare", bashDeclareCases},
	{"expansion", bashExpansionCases},
}

func TestBash(t *testing.T) {
	for _, section := range bashSections {
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

// TestBashWitness holds the tables against bash itself.
func TestBashWitness(t *testing.T) {
	if testing.Short() {
		t.Skip("bash is not asked with -short")
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed: the cases stand on their own")
	}
	for _, section := range bashSections {
		t.Run(section.name, func(t *testing.T) {
			for _, c := range section.cases {
				if c.deviates != "" {
					continue
				}
				t.Run(c.about, func(t *testing.T) {
					t.Parallel()
					c.confirm(t, bash)
				})
			}
		})
	}
}
