package main_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// order is who may import whom. It is a statement of policy, in the manner of
// go/build/deps_test.go: "a, b < c, d" lets c and d import a and b, and all
// that a and b may import; between a and b it says nothing. A chain is short
// for its pairs, a blank line ends a rule, # begins a comment. Packages of
// this module stand without "cosh/", the standard library is not listed.
//
// A new package gets a line here. An import that the test refuses is most often
// in the wrong package: widen a rule only when the flow of ARCHITECTURE.md
// changes with it.
const order = `
# isolation: the data; a subject each; their order; what runs them.
NONE < isolation/launch/nofile

golang.org/x/sys/unix
< isolation
< isolation/step, isolation/image
< isolation/cgroup, isolation/mount, isolation/namespace
< isolation/rootfs
< isolation/resolve

isolation/cgroup < isolation/probe

isolation, isolation/launch/nofile < isolation/launch

isolation/resolve, isolation/launch < isolation/guardian

# shell: what knows only text and numbers.
NONE < shell/diag, shell/edit, shell/pattern, shell/prompt, shell/regex, shell/signals

golang.org/x/sys/unix < shell/cond, shell/files, shell/history

shell/diag, mvdan.cc/sh/v3/syntax < shell/lang

# What holds state, and what a builtin sees of the shell.
isolation < shell/session < shell/arith

shell/pattern, golang.org/x/sys/unix < shell/expand

isolation, shell/signals < shell/job

shell/files, shell/job, shell/session < shell/command

# What runs programs.
shell/arith, shell/cond, shell/expand, shell/lang, shell/regex, shell/command, isolation/resolve, isolation/launch < shell/eval

# The terminal, and the whole.
shell/edit, golang.org/x/sys/unix, github.com/chzyer/readline < shell/term

shell/eval, shell/history, shell/prompt, shell/term < shell

# A builtin sees the contract, never the evaluator.
shell/command, shell/cond, shell/diag, isolation/image, isolation/launch/nofile < builtins

shell, builtins, isolation/guardian, isolation/probe < cmd/cosh
`

// folders is the order of the top-level folders: a package imports only from
// its own and from those to the left.
var folders = []string{"isolation", "shell", "builtins", "cmd"}

// unwanted are packages of the standard library that no file of ours imports:
// they cost start-up time, which every block in a container pays again.
var unwanted = []string{
	"encoding/gob", "encoding/json", "encoding/xml", "flag", "html/template", "log", "log/slog",
	"math/big", "net", "net/http", "reflect", "text/template",
}

// unlinked are packages that do not get into the binary by any way. (mvdan's
// parser brings regexp and text/tabwriter, readline brings net.)
var unlinked = []string{
	"crypto/tls", "crypto/x509", "encoding/gob", "encoding/json", "encoding/xml", "flag", "go/ast", "html/template",
	"log", "log/slog", "math/big", "net/http", "net/rpc", "testing", "text/template",
	"mvdan.cc/sh/v3/expand", "mvdan.cc/sh/v3/interp",
}

// root is the top of the module, seen from this package's tests.
const root = "../.."

// TestImportOrder holds the one-way order of the packages.
func TestImportOrder(t *testing.T) {
	may, err := parseOrder(order)
	if err != nil {
		t.Fatal(err)
	}
	imports := importsOfModule(t)
	for pkg := range may {
		if _, ok := imports[pkg]; !ok && inModule(pkg) {
			t.Errorf("the order names %s, which is no package", pkg)
		}
	}
	for pkg, list := range imports {
		if may[pkg] == nil {
			t.Errorf("package %s has no place in the order", pkg)
			continue
		}
		for imported, file := range list {
			switch first, _, _ := strings.Cut(imported, "/"); {
			case slices.Contains(unwanted, imported):
				t.Errorf("%s: import of %s: it is heavy at start-up", file, imported)
			case !inModule(imported) && !strings.Contains(first, "."):
			case !may[pkg][imported]:
				t.Errorf("%s: import of %s: not in the order %q", file, imported, "… < "+pkg)
			}
		}
	}
	for pkg, before := range may {
		for b := range before {
			if rank(b) > rank(pkg) {
				t.Errorf("the order lets %s import %s: %s come first", pkg, b, strings.Join(folders, " < "))
			}
		}
	}
}

// TestOneImporter holds the doors to what only one package needs to know of.
func TestOneImporter(t *testing.T) {
	doors := map[string][]string{
		"github.com/chzyer/readline": {"shell/term"},
		"mvdan.cc/sh/v3/syntax":      {"shell/lang", "shell/eval"},
		"regexp":                     {"shell/regex"}, // for =~ alone; the parser links it anyway
	}
	for pkg, list := range importsOfModule(t) {
		for imported, file := range list {
			if door := doors[imported]; door != nil && !slices.Contains(door, pkg) {
				t.Errorf("%s: import of %s: only %s may", file, imported, strings.Join(door, ", "))
			}
		}
	}
}

// TestLinked holds what gets into the binary.
func TestLinked(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatalf("go list -deps: %v", err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		if slices.Contains(unlinked, pkg) {
			t.Errorf("%s is linked into cosh: see go mod why, or go list -deps", pkg)
		}
	}
}

// TestOrderRefuses has the test's own checks fail where they must.
func TestOrderRefuses(t *testing.T) {
	for _, text := range []string{"a < b\n\nb < a", "a < a", "a b < c", "NONE < a\n\na < b\n\nc < b < d\n\nd < a"} {
		if _, err := parseOrder(text); err == nil {
			t.Errorf("the order %q is accepted", text)
		}
	}
	may, err := parseOrder("# one\nNONE < a\n\na < b, c\n< d\n\nd, x.org/y < e")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		ok       bool
	}{{"d", "a", true}, {"e", "b", true}, {"e", "x.org/y", true}, {"b", "c", false}, {"a", "d", false}, {"d", "x.org/y", false}} {
		if may[c.from][c.to] != c.ok {
			t.Errorf("%s may import %s: %t, want %t", c.from, c.to, !c.ok, c.ok)
		}
	}
}

// parseOrder reads an order and returns for each package what it may import.
func parseOrder(text string) (map[string]map[string]bool, error) {
	before := map[string][]string{}
	rule := ""
	for line := range strings.Lines(text + "\n\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			rule += " " + line
			continue
		}
		groups := strings.Split(rule, "<")
		for i, g := range groups {
			for _, name := range strings.Split(g, ",") {
				name = strings.TrimSpace(name)
				if strings.ContainsAny(name, " \t") {
					return nil, fmt.Errorf("order: %q lacks a comma", name)
				}
				if i == 0 || name == "" {
					continue
				}
				for _, p := range strings.Split(groups[i-1], ",") {
					before[name] = append(before[name], strings.TrimSpace(p))
				}
			}
		}
		rule = ""
	}
	may := map[string]map[string]bool{}
	for name := range before {
		may[name] = map[string]bool{}
		follow(name, before, may[name])
		if may[name][name] {
			return nil, fmt.Errorf("order: %s comes before itself", name)
		}
	}
	return may, nil
}

// follow adds all that comes before name.
func follow(name string, before map[string][]string, to map[string]bool) {
	for _, b := range before[name] {
		if b != "NONE" && !to[b] {
			to[b] = true
			follow(b, before, to)
		}
	}
}

// importsOfModule returns the packages of the module and for each what its
// files import, whatever their build constraints, tests left out; the value
// is a file that does.
func importsOfModule(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && path != root) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		file, _ := filepath.Rel(root, path)
		pkg := filepath.Dir(file)
		if all[pkg] == nil {
			all[pkg] = map[string]string{}
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all[pkg][strings.TrimPrefix(imported, "cosh/")] = file
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// inModule reports whether the path is one of this module's packages.
func inModule(pkg string) bool { return rank(pkg) >= 0 }

// rank is the place of the package's top-level folder, -1 for another module.
func rank(pkg string) int {
	first, _, _ := strings.Cut(pkg, "/")
	return slices.Index(folders, first)
}

// TestArchitecture holds ARCHITECTURE.md to the tree: each package is named in
// its table, and what is named there is a package.
func TestArchitecture(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	imports := importsOfModule(t)
	named := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
		for i, name := range strings.Split(cell, "`") {
			if i%2 == 0 || !strings.HasPrefix(line, "| `") {
				continue
			}
			named[name] = true
			if imports[name] == nil {
				t.Errorf("ARCHITECTURE.md names %s, which is no package", name)
			}
		}
	}
	for name := range imports {
		if !named[name] {
			t.Errorf("ARCHITECTURE.md does not name package %s", name)
		}
	}
}
