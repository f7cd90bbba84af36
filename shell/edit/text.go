package edit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// buffer is a text and a cursor: a byte offset that never stands within a
// cluster. Lines are the parts between newlines.
type buffer struct {
	text   string
	cursor int
}

func (b *buffer) before() string { return b.text[:b.cursor] }
func (b *buffer) after() string  { return b.text[b.cursor:] }

func (b *buffer) insert(s string) {
	b.text = b.before() + s + b.after()
	b.cursor += len(s)
}

// remove cuts from one offset to the other, leaves the cursor there, and
// returns what was cut.
func (b *buffer) remove(from, to int) string {
	if from > to {
		from, to = to, from
	}
	cut := b.text[from:to]
	b.text, b.cursor = b.text[:from]+b.text[to:], from
	return cut
}

// A motion is an offset to go to, or to delete up to.
type motion func(*buffer) int

func left(b *buffer) int {
	if b.cursor == 0 {
		return 0
	}
	return b.cursor - prevCluster(b.before())
}

func right(b *buffer) int {
	if b.cursor == len(b.text) {
		return b.cursor
	}
	return b.cursor + nextCluster(b.after())
}

func lineStart(b *buffer) int { return strings.LastIndexByte(b.before(), '\n') + 1 }

func lineEnd(b *buffer) int {
	if i := strings.IndexByte(b.after(), '\n'); i >= 0 {
		return b.cursor + i
	}
	return len(b.text)
}

// killEnd is the end of the line, or past its newline where the cursor
// already stands at the end.
func killEnd(b *buffer) int {
	if end := lineEnd(b); end > b.cursor || end == len(b.text) {
		return end
	}
	return b.cursor + 1
}

// killStart is the like for the start of the line.
func killStart(b *buffer) int {
	if start := lineStart(b); start < b.cursor || start == 0 {
		return start
	}
	return b.cursor - 1
}

func textStart(*buffer) int { return 0 }
func textEnd(b *buffer) int { return len(b.text) }

// wordLeft and wordRight move over words of letters and digits, as Alt-B and Alt-F do.
func wordLeft(b *buffer) int  { return b.backward(isWordRune) }
func wordRight(b *buffer) int { return b.forward(isWordRune) }

// blankLeft moves over a word between blanks, as Ctrl-W does.
func blankLeft(b *buffer) int {
	return b.backward(func(r rune) bool { return !unicode.IsSpace(r) })
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r >= 0x300 && zeroWidth(r)
}

func (b *buffer) backward(in func(rune) bool) int {
	rest := strings.TrimRightFunc(b.before(), func(r rune) bool { return !in(r) })
	return len(strings.TrimRightFunc(rest, in))
}

func (b *buffer) forward(in func(rune) bool) int {
	rest := strings.TrimLeftFunc(b.after(), func(r rune) bool { return !in(r) })
	return len(b.text) - len(strings.TrimLeftFunc(rest, in))
}

// vertical moves by lines, keeping the column; ok is false beyond the first and last line.
func (b *buffer) vertical(down bool) (to int, ok bool) {
	start := lineStart(b)
	column := Width(printable(b.text[start:b.cursor]))
	target := start - 1
	if down {
		target = lineEnd(b) + 1
	}
	if target < 0 || target > len(b.text) {
		return 0, false
	}
	line := buffer{b.text, target}
	to = lineStart(&line)
	for end := lineEnd(&line); to < end; {
		n := nextCluster(b.text[to:])
		if column -= Width(printable(b.text[to : to+n])); column < 0 {
			break
		}
		to += n
	}
	return to, true
}

// transpose swaps the clusters around the cursor, or the last two at the end of a line.
func (b *buffer) transpose() {
	if b.cursor == lineEnd(b) && b.cursor > lineStart(b) {
		b.cursor = left(b)
	}
	if b.cursor == lineStart(b) || b.cursor == lineEnd(b) {
		return
	}
	from, to := left(b), right(b)
	b.text = b.text[:from] + b.text[b.cursor:to] + b.text[from:b.cursor] + b.text[to:]
	b.cursor = to
}

// printable is text as it is shown: control characters as ^X, and bytes that
// are not UTF-8 as the replacement character.
func printable(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return isControl(r) || r == utf8.RuneError }) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < ' ' || r == del:
			b.WriteByte('^')
			b.WriteByte(byte(r) ^ 0x40)
		case isControl(r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isControl also counts the C1 controls, which some terminals obey, and the
// separators that some take for newlines.
func isControl(r rune) bool {
	return r < ' ' || r >= del && r < 0xa0 || r == 0x2028 || r == 0x2029
}
