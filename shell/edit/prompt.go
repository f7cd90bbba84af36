package edit

import "strings"

// prompt is a parsed prompt: what is shown, and what only steers the terminal.
type prompt []piece

// piece is one cluster, newline or escape sequence of a prompt.
type piece struct {
	text   string
	escape bool // takes no room
}

const (
	startIgnore = "\x01" // RL_PROMPT_START_IGNORE and its end (GNU readline)
	endIgnore   = "\x02"
)

func parsePrompt(s string) prompt {
	var p prompt
	for s != "" {
		switch {
		case strings.HasPrefix(s, startIgnore):
			hidden, rest, _ := strings.Cut(s[1:], endIgnore)
			p, s = append(p, piece{hidden, true}), rest
		case s[0] == esc:
			n := escapeLength(s)
			p, s = append(p, piece{s[:n], true}), s[n:]
		case s[0] == '\r', s[0] == bel, s[:1] == endIgnore: // would move the cursor, ring at each key
			s = s[1:]
		default:
			n := nextCluster(s)
			p, s = append(p, piece{s[:n], false}), s[n:]
		}
	}
	return p
}

// escapeLength is the length of the escape sequence that s begins with:
// CSI to its final byte, OSC and its like to BEL or ESC \, else ESC and one byte (ECMA-48).
func escapeLength(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case '[':
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] < del {
				return i + 1
			}
		}
		return len(s)
	case ']', 'P', 'X', '^', '_':
		for i := 2; i < len(s); i++ {
			if s[i] == bel {
				return i + 1
			}
			if s[i] == '\\' && s[i-1] == esc {
				return i + 1
			}
		}
		return len(s)
	}
	return 2
}
