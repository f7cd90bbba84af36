package edit

import (
	"unicode"
	"unicode/utf8"
)

// Width is the number of columns that text takes on a terminal, as the sum
// over its characters, which is what most terminals do. Text holds no control characters.
func Width(text string) int {
	n := 0
	for _, r := range text {
		n += RuneWidth(r)
	}
	return n
}

// RuneWidth is the number of columns of one character: 0 for combining marks
// and format characters, 2 for East Asian wide and fullwidth ones and emoji
// (Unicode Standard Annex #11), else 1.
func RuneWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case zeroWidth(r):
		return 0
	case isWide(r):
		return 2
	}
	return 1
}

// zeroWidth also counts the vowels and final consonants of Hangul syllables
// in conjoining jamo, which share the columns of the leading consonant.
func zeroWidth(r rune) bool {
	return r >= 0x1160 && r <= 0x11ff || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

func isWide(r rune) bool {
	lo, hi := 0, len(wide)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		switch {
		case r > wide[mid][1]:
			lo = mid + 1
		case r < wide[mid][0]:
			hi = mid
		default:
			return true
		}
	}
	return false
}

const zeroWidthJoiner = 0x200d

// nextCluster is the length in bytes of what the user sees as the first
// character of text: a base with its marks, emoji held together by joiners or carrying a
// skin tone, a flag's pair of letters. A near-enough form of Unicode Standard Annex #29.
func nextCluster(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	if first == '\n' {
		return n
	}
	joined := first == zeroWidthJoiner
	flag := isRegional(first)
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch {
		case r >= 0x300 && zeroWidth(r):
			joined = r == zeroWidthJoiner
		case joined && r >= 0x300, isSkinTone(r):
			joined = false
		case flag && isRegional(r):
			flag = false
		default:
			return n
		}
		n += size
	}
	return n
}

// prevCluster is the length in bytes of the last cluster of text. It looks
// back to a character that surely begins a cluster and walks forward from there.
func prevCluster(text string) int {
	start := len(text)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
		if r < 0x300 {
			break
		}
	}
	for {
		n := nextCluster(text[start:])
		if start+n >= len(text) {
			return len(text) - start
		}
		start += n
	}
}

func isRegional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }
func isSkinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// wide lists the East Asian wide and fullwidth characters of Unicode 15.1
// (EastAsianWidth.txt), with unassigned gaps closed; sorted.
var wide = [...][2]rune{
	{0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A}, {0x23E9, 0x23EC},
	{0x23F0, 0x23F0}, {0x23F3, 0x23F3}, {0x25FD, 0x25FE}, {0x2614, 0x2615},
	{0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693}, {0x26A1, 0x26A1},
	{0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x26C4, 0x26C5}, {0x26CE, 0x26CE},
	{0x26D4, 0x26D4}, {0x26EA, 0x26EA}, {0x26F2, 0x26F3}, {0x26F5, 0x26F5},
	{0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B},
	{0x2728, 0x2728}, {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755},
	{0x2757, 0x2757}, {0x2795, 0x2797}, {0x27B0, 0x27B0}, {0x27BF, 0x27BF},
	{0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x2E80, 0x303E},
	{0x3041, 0x3247}, {0x3250, 0x4DBF}, {0x4E00, 0xA4C6}, {0xA960, 0xA97C},
	{0xAC00, 0xD7A3}, {0xF900, 0xFAD9}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6B},
	{0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x1B2FB}, {0x1F004, 0x1F004},
	{0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
	{0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
	{0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
	{0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
	{0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
	{0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2},
	{0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0},
	{0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAF8},
	{0x20000, 0x3FFFD},
}
