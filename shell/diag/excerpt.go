package diag

import (
	"strings"
	"unicode/utf8"
)

// excerptWidth is the most characters of a source line that are shown: what an
// 80-column terminal has room for beside the indent and the two ellipses.
const excerptWidth = 74

// excerpt is the line of src that holds start, indented by two, and under it the
// carets for the bytes start to end, as far as they are on that line.
func excerpt(src string, start, end int) string {
	start = min(max(start, 0), len(src))
	lo := strings.LastIndexByte(src[:start], '\n') + 1
	hi := len(src)
	if i := strings.IndexByte(src[lo:], '\n'); i >= 0 {
		hi = lo + i
	}
	line := src[lo:hi]
	if end <= 0 {
		text, _, _ := window(line, 0, 0)
		return "  " + strings.TrimRight(text, " ") + "\n"
	}
	text, from, n := window(line, start-lo, min(max(end, start), hi)-lo)
	return "  " + strings.TrimRight(text, " ") + "\n  " +
		strings.Repeat(" ", from) + strings.Repeat("^", n) + "\n"
}

// window is the part of line worth showing, as printable text, with the column
// and the width of the bytes start to end in it. A place past the end of the
// line (something is missing there) gets one column.
func window(line string, start, end int) (text string, from, n int) {
	from = utf8.RuneCountInString(line[:start])
	n = max(utf8.RuneCountInString(line[start:end]), 1)
	runes := []rune(clean(line))
	if len(runes) <= excerptWidth {
		return string(runes), from, n
	}
	lo := 0
	if from+min(n, excerptWidth/2) > excerptWidth {
		lo = min(from-excerptWidth/3, len(runes)-excerptWidth)
	}
	hi := lo + excerptWidth
	text, from = string(runes[lo:min(hi, len(runes))]), from-lo
	n = min(n, max(excerptWidth-from, 1))
	if lo > 0 {
		text, from = "…"+text, from+1
	}
	if hi < len(runes) {
		text += "…"
	}
	return text, from, n
}

// At underlines the i-th of a command's words (0 is its name); i == len(words)
// points behind the last one, where a word is missing. The words are shown
// quoted where a shell would need it. It gives back p.
func (p *Problem) At(words []string, i int) *Problem {
	var b strings.Builder
	for k, w := range words {
		if k > 0 {
			b.WriteByte(' ')
		}
		at := b.Len()
		b.WriteString(Quote(w))
		if k == i {
			p.Start, p.End = at, b.Len()
		}
	}
	if i >= len(words) {
		p.Start, p.End = b.Len()+1, b.Len()+2
		b.WriteString("  ")
	}
	p.Source = b.String()
	return p
}

// Quote is word as one would type it: in single quotes where it holds anything
// but letters, digits and the characters that mean nothing to a shell.
func Quote(word string) string {
	if word == "" {
		return "''"
	}
	for i := 0; i < len(word); i++ {
		if !plain(word[i]) {
			return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return word
}

// plain reports the bytes that need no quoting anywhere in a word.
func plain(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c >= utf8.RuneSelf:
		return true
	}
	return strings.IndexByte("_-+=./:,@%^", c) >= 0
}
