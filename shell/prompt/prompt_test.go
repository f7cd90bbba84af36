package prompt

import (
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	ann := Info{User: "ann", Host: "box", Dir: "/home/ann/src", Home: "/home/ann"}
	with := func(change func(*Info)) Info {
		i := ann
		change(&i)
		return i
	}
	for _, tt := range []struct {
		about string
		in    Info
		want  string
	}{
		{"a user", ann, "ann@box ~/src $ "},
		{"at home", with(func(i *Info) { i.Dir = "/home/ann" }), "ann@box ~ $ "},
		{"a neighbour's home", with(func(i *Info) { i.Dir = "/home/anna" }), "ann@box /home/anna $ "},
		{"no home", with(func(i *Info) { i.Home = "" }), "ann@box /home/ann/src $ "},
		{"root's home is /", with(func(i *Info) { i.Home = "/" }), "ann@box /home/ann/src $ "},
		{"home with a slash at its end", with(func(i *Info) { i.Home += "/" }), "ann@box ~/src $ "},
		{"root", with(func(i *Info) { i.Root = true }), "ann@box ~/src # "},
		{"a failure", with(func(i *Info) { i.Status = 127 }), "ann@box ~/src (127) $ "},
		{"nothing known", Info{Dir: "/"}, "/ $ "},
		{"no host", Info{User: "ann", Dir: "/"}, "ann / $ "},
		{"boundaries", with(func(i *Info) { i.Boundaries = []string{"image alpine", "memory 64M"} }),
			"[image alpine · memory 64M] ann@box ~/src $ "},
		{"many of them", with(func(i *Info) { i.Boundaries = []string{"pid mount net uts ipc", "image alpine", "memory 64M"} }),
			"[pid mount net uts ipc · image alpine · memory 64M]\nann@box ~/src $ "},
		{"a name that would steer the terminal", with(func(i *Info) { i.Dir = "/tmp/\x1b]0;x\a\n" }), "ann@box /tmp/?]0;x?? $ "},
		{"colours", with(func(i *Info) { i.Color = true; i.Status = 1; i.Boundaries = []string{"net"} }),
			"\x1b[33m[net]\x1b[0m \x1b[32mann@box\x1b[0m \x1b[34m~/src\x1b[0m \x1b[1;31m(1)\x1b[0m \x1b[1m$\x1b[0m "},
	} {
		if got := Render(tt.in); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.about, got, tt.want)
		}
	}
}

func TestColors(t *testing.T) {
	for _, tt := range []struct {
		env  string
		want bool
	}{
		{"TERM=xterm-256color", true}, {"TERM=linux", true}, {"TERM=dumb", false}, {"", false}, {"TERM=vt100", false},
		{"TERM=xterm NO_COLOR=1", false}, {"TERM=xterm NO_COLOR=", true},
	} {
		get := func(name string) string {
			for _, field := range strings.Fields(tt.env) {
				if value, ok := strings.CutPrefix(field, name+"="); ok {
					return value
				}
			}
			return ""
		}
		if got := Colors(get); got != tt.want {
			t.Errorf("%s: %v", tt.env, got)
		}
	}
}
