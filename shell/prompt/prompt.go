// Package prompt draws the prompt that cosh has where PS1 is not set. It
// is a pure function of what it shows.
package prompt

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Info is what the prompt tells.
type Info struct {
	User, Host string
	Dir        string // the working directory
	Home       string // shown as ~ at the start of Dir; "": not
	Root       bool   // effective user 0 (in the shell's user namespace): # instead of $
	Status     int    // of the last command; shown unless 0

	// Boundaries are those between this shell and the machine, outermost
	// first: "pid mount net", "image alpine", "memory 64M". Empty outside of any.
	Boundaries []string

	Color bool // whether the terminal has colours; see Colors
}

// Colors says whether a prompt may use colours: on a terminal that has them,
// unless NO_COLOR is set to anything but the empty string (no-color.org).
func Colors(getenv func(string) string) bool {
	switch term := getenv("TERM"); {
	case term == "", term == "dumb", term == "unknown", strings.HasSuffix(term, "-m"), strings.HasPrefix(term, "vt1"), strings.HasPrefix(term, "vt2"):
		return false
	}
	return getenv("NO_COLOR") == ""
}

// Continuation is the prompt for further lines, where PS2 is not set.
const Continuation = "> "

// ownRow is the length in characters from which on the boundaries get a row of their own.
const ownRow = 32

// The styles, as parameters of SGR (ECMA-48, 8.3.117).
const (
	bold   = "1"
	red    = "1;31"
	green  = "32"
	blue   = "34"
	yellow = "33"
)

// Render is the prompt:
//
//	ann@box ~/src $
//	root@box /etc (127) #
//	[image alpine · memory 64M] root@box / #
func Render(i Info) string {
	var b strings.Builder
	i.boundaries(&b)
	user := green
	if i.Root {
		user = red
	}
	if who := i.who(); who != "" {
		i.put(&b, user, who)
		b.WriteByte(' ')
	}
	i.put(&b, blue, abbreviate(i.Dir, i.Home))
	b.WriteByte(' ')
	if i.Status != 0 {
		i.put(&b, red, "("+strconv.Itoa(i.Status)+")")
		b.WriteByte(' ')
	}
	sign := "$"
	if i.Root {
		sign = "#"
	}
	i.put(&b, bold, sign)
	b.WriteByte(' ')
	return b.String()
}

func (i Info) who() string {
	if i.Host == "" {
		return i.User
	}
	return i.User + "@" + i.Host
}

func (i Info) boundaries(b *strings.Builder) {
	if len(i.Boundaries) == 0 {
		return
	}
	text := strings.Join(i.Boundaries, " · ")
	i.put(b, yellow, "["+text+"]")
	if utf8.RuneCountInString(text) >= ownRow {
		b.WriteByte('\n')
	} else {
		b.WriteByte(' ')
	}
}

// put writes text, which may come from anywhere (a directory's name), in a style.
func (i Info) put(b *strings.Builder, style, text string) {
	text = harmless(text)
	if !i.Color {
		b.WriteString(text)
		return
	}
	b.WriteString("\x1b[" + style + "m" + text + "\x1b[0m")
}

// harmless replaces control characters, by which a name could steer the terminal.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 {
			return '?'
		}
		return r
	}, text)
}

// abbreviate writes ~ for the home directory.
func abbreviate(dir, home string) string {
	home = strings.TrimRight(home, "/")
	rest, ok := strings.CutPrefix(dir, home)
	if home == "" || !ok || rest != "" && rest[0] != '/' {
		return dir
	}
	return "~" + rest
}
