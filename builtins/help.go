package builtins

import (
	_ "embed" // the help page
	"strings"

	"cosh/shell/command"
)

//go:embed help.md
var helpPage string

// help lists the builtins, or prints the pages of those named.
func help(c *command.Call) int {
	names, bad := operands(c.Args)
	if bad != "" {
		return c.Usage("%s", bad)
	}
	if len(names) == 0 {
		for _, b := range c.Shell.Builtins().All() {
			c.Printf("%-14s %s\n", b.Name, summary(b.Help))
		}
		c.Print("\nhelp NAME prints the page of one.\n")
		return 0
	}
	status := 0
	for i, name := range names {
		b := c.Shell.Builtins().Lookup(name)
		if b == nil {
			status = c.Errorf(1, "%s is not a builtin%s", name, perhaps(name, builtinNames(c)))
			continue
		}
		if i > 0 {
			c.Print("\n")
		}
		c.SetOut(appendPlain(c.Out(), b.Help))
	}
	return status
}

func builtinNames(c *command.Call) []string {
	var names []string
	for _, b := range c.Shell.Builtins().All() {
		names = append(names, b.Name)
	}
	return names
}

// summary is the first sentence behind a page's heading, up to a colon.
func summary(page string) string {
	_, text, _ := strings.Cut(page, "\n")
	text = strings.TrimSpace(text)
	text, _, _ = strings.Cut(text, "\n\n")
	text = strings.ReplaceAll(text, "\n", " ")
	text, _, _ = strings.Cut(text, ". ")
	text, _, _ = strings.Cut(text, ": ")
	return strings.TrimSuffix(unmarked(text), ".")
}

// appendPlain appends a Markdown page as plain text: headings without their
// signs, code indented, no backquotes.
func appendPlain(dst []byte, page string) []byte {
	code := false
	for line := range strings.Lines(strings.TrimSpace(page) + "\n") {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
			continue
		case code:
			if line != "" {
				line = "    " + line
			}
		default:
			line = unmarked(strings.TrimLeft(line, "# "))
		}
		dst = append(append(dst, line...), '\n')
	}
	return dst
}

// unmarked takes the signs for code and stress out of a line of text. Two
// backquotes enclose code that holds one.
func unmarked(line string) string {
	if strings.IndexByte(line, '`') < 0 {
		return line
	}
	return strings.ReplaceAll(line, "`", "")
}
