package history

import "strings"

// The file holds an entry a line: \n stands for a newline within it, \\ for
// a backslash. A last line without its newline was cut short when its shell was
// killed; it does not count, since half a command must never be offered.

func encode(entry string) string {
	if strings.ContainsAny(entry, "\\\n") {
		entry = strings.ReplaceAll(strings.ReplaceAll(entry, `\`, `\\`), "\n", `\n`)
	}
	return entry + "\n"
}

func decode(line string) string {
	if strings.IndexByte(line, '\\') < 0 {
		return line
	}
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		c := line[i]
		if c == '\\' && i+1 < len(line) {
			i++
			if c = line[i]; c == 'n' {
				c = '\n'
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// decodeAll is the entries of a file's text.
func decodeAll(text string) []string {
	entries := make([]string, 0, strings.Count(text, "\n")+16)
	for {
		line, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return entries
		}
		if line != "" {
			entries = append(entries, decode(line))
		}
		text = rest
	}
}

// lastLines is the last n whole lines of text.
func lastLines(text string, n int) string {
	end := strings.LastIndexByte(text, '\n') + 1
	at := end
	for ; n > 0 && at > 0; n-- {
		at = strings.LastIndexByte(text[:at-1], '\n') + 1
	}
	return text[at:end]
}
