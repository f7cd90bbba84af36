package builtins

import (
	"strings"
	"testing"

	"cosh/shell/command"
	"cosh/shell/session"
)

func TestRegistry(t *testing.T) {
	var r Registry
	last := ""
	for _, b := range r.All() {
		if b.Name <= last {
			t.Errorf("%s stands behind %s", b.Name, last)
		}
		last = b.Name
		if r.Lookup(b.Name) != b {
			t.Errorf("Lookup(%s) finds another", b.Name)
		}
		if (b.Run == nil) != (b.Kind == command.Wrapper) || (b.Apply != nil) != (b.Kind == command.Wrapper) {
			t.Errorf("%s: a Wrapper has Apply, any other Run", b.Name)
		}
	}
	for _, name := range []string{"", "nope", "zzz"} {
		if r.Lookup(name) != nil {
			t.Errorf("there is a builtin %q", name)
		}
	}
}

// Every page begins with the synopsis as a heading, says in one line what the
// builtin does, names each of its options and its exit status, and has an
// example.
func TestPages(t *testing.T) {
	for _, b := range All() {
		if !strings.HasPrefix(b.Help, "# `") || pageName(b.Name) != strings.Fields(command.Synopsis(b.Help))[0] {
			t.Errorf("%s: the page begins with %q", b.Name, command.Synopsis(b.Help))
		}
		if s := summary(b.Help); s == "" || len(s) > 80 {
			t.Errorf("%s: the summary %q is empty or long", b.Name, s)
		}
		for _, part := range []string{"## Exit status\n", "```sh\n"} {
			if !strings.Contains(b.Help, part) {
				t.Errorf("%s: the page has no %q", b.Name, part)
			}
		}
		for _, f := range b.Flags {
			if f.Letter != 0 && !strings.Contains(b.Help, "`-"+string(rune(f.Letter))) {
				t.Errorf("%s: the page does not explain -%c", b.Name, f.Letter)
			}
		}
	}
}

// pageName is the name on the page: two commands share one with their kin.
func pageName(name string) string {
	switch name {
	case "[":
		return "test"
	case "source":
		return "."
	}
	return name
}

func TestHelp(t *testing.T) {
	b := newBench(t)
	_, list, _ := b.run("help")
	for _, builtin := range b.shell.builtins.All() {
		if !strings.Contains(list, "\n"+builtin.Name+" ") && !strings.HasPrefix(list, builtin.Name+" ") {
			t.Errorf("help does not list %s", builtin.Name)
		}
	}
	status, page, _ := b.run("help", "umask")
	if status != 0 || !strings.HasPrefix(page, "umask [") || strings.Contains(page, "`") || strings.Contains(page, "##") {
		t.Errorf("help umask: status %d\n%s", status, page)
	}
	b.check([]example{
		{"help exprot", 1, "", "did you mean export?"},
		{"help -z", 2, "", "-z is not an option; usage: help"},
	})
}

func TestNames(t *testing.T) {
	b := newBench(t)
	b.state.SetFunc(b.state.Names.ID("f"), &session.Function{Name: "f", Source: "{ :; }"})
	b.shell.found = map[string]command.Found{
		"ll":   {Kind: command.FoundAlias, Path: "ls -l"},
		"if":   {Kind: command.FoundKeyword},
		"f":    {Kind: command.FoundFunction},
		"set":  {Kind: command.FoundSpecial},
		"echo": {Kind: command.FoundBuiltin},
		"cat":  {Kind: command.FoundFile, Path: "/bin/cat"},
	}
	b.check([]example{
		{"command -v ll if f set echo cat nope", 1, "alias ll='ls -l'\nif\nf\nset\necho\n/bin/cat\n", ""},
		{"command -V cat", 0, "cat is /bin/cat\n", ""},
		{"command -V nope", 1, "", "nope: not found"},
		{"command -x", 2, "", "-x is not an option"},
		{"type ll if set echo cat", 0, "ll is an alias for 'ls -l'\nif is a shell keyword\nset is a special shell builtin\necho is a shell builtin\ncat is /bin/cat\n", ""},
		{"type f", 0, "f is a function\nf() { :; }\n", ""},
		{"type exho", 1, "", "not found; did you mean echo?"},
		{"type -t ll if f set cat", 0, "alias\nkeyword\nfunction\nbuiltin\nfile\n", ""},
		{"hash cat", 0, "", ""},
		{"hash nope", 1, "", "nope: not found"},
	})
}
