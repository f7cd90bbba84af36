package builtins

import (
	_ "embed" // the help pages
	"strings"

	"cosh/shell/command"
	"cosh/shell/session"
)

//go:embed echo.md
var echoPage string

// echo writes its arguments. XCU leaves -n and backslashes to the shell: here
// they are bash's, and with the posix option those of XSI and dash.
func echo(c *command.Call) int {
	args, newline, escaped := echoOptions(c.Args, c.State.Options&session.Posix != 0)
	out := c.Out()
	for i, arg := range args {
		if i > 0 {
			out = append(out, ' ')
		}
		if !escaped || strings.IndexByte(arg, '\\') < 0 {
			out = append(out, arg...)
			continue
		}
		var stop bool
		if out, stop = appendEscaped(out, arg, inEcho); stop {
			newline = false
			break
		}
	}
	if newline {
		out = append(out, '\n')
	}
	c.SetOut(out)
	return 0
}

// echoOptions takes the options off. A word with any other letter in it is an
// argument, as is everything behind it.
func echoOptions(args []string, posix bool) (rest []string, newline, escaped bool) {
	if posix {
		if len(args) > 0 && args[0] == "-n" {
			return args[1:], false, true
		}
		return args, true, true
	}
	newline = true
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		word := args[0][1:]
		if strings.Trim(word, "neE") != "" {
			break
		}
		for i := 0; i < len(word); i++ {
			switch word[i] {
			case 'n':
				newline = false
			case 'e':
				escaped = true
			case 'E':
				escaped = false
			}
		}
		args = args[1:]
	}
	return args, newline, escaped
}

// appendEscaped appends s with its escapes replaced; stop reports a \c.
func appendEscaped(dst []byte, s string, set escapes) (out []byte, stop bool) {
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			return append(dst, s...), false
		}
		dst = append(dst, s[:i]...)
		var n int
		if dst, n, stop = appendEscape(dst, s[i+1:], set); stop {
			return dst, true
		}
		s = s[i+1+n:]
	}
}
