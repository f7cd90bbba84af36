package edit

import (
	"strings"
	"unicode/utf8"
)

// Decoder turns the bytes of a terminal into keys, one byte at a time, so
// that a reader need never take a byte that belongs to what comes next. The
// zero value is ready. It knows UTF-8, control codes, Escape as a prefix for
// Alt, the CSI and SS3 sequences of the common terminals (csi.go), and
// bracketed paste. What it does not know is swallowed whole, never typed.
type Decoder struct {
	state state
	alt   bool   // an Escape came before the sequence or character in hand
	buf   []byte // the unfinished character, parameters, or pasted text
}

type state uint8

const (
	ground    state = iota
	inRune          // within a multi-byte character
	afterEsc        // after ESC
	inCSI           // after ESC [
	inSS3           // after ESC O
	inLinux         // after ESC [ [, the Linux console's F1 to F5
	inString        // within an operating system command or its like
	endString       // after an ESC within one
	inPaste         // between ESC [ 200 ~ and ESC [ 201 ~
)

const (
	esc        = 0x1b
	bel        = 0x07
	del        = 0x7f
	pasteStart = "200"
	pasteEnd   = "\x1b[201~"
	maxParams  = 64 // bytes; a longer sequence is noise
)

// Pending says that a sequence has begun and is not complete: if no byte
// follows for a while, Timeout should be called. Unfinished pastes do not
// count, since their end is sure to come.
func (d *Decoder) Pending() bool { return d.state != ground && d.state != inPaste }

// Timeout ends an unfinished sequence: an Escape that nothing followed is the Escape key.
func (d *Decoder) Timeout() (Key, bool) {
	lone := d.state == afterEsc
	d.reset()
	return Key{Code: KeyEscape}, lone
}

// Feed takes the next byte; ok says that it completed the key.
func (d *Decoder) Feed(c byte) (k Key, ok bool) {
	switch d.state {
	case inRune:
		return d.feedRune(c)
	case afterEsc:
		return d.feedEscaped(c)
	case inCSI, inSS3:
		return d.feedSequence(c)
	case inLinux:
		d.reset()
		return Key{}, false
	case inString, endString:
		d.feedString(c)
		return Key{}, false
	case inPaste:
		return d.feedPaste(c)
	}
	return d.feedGround(c)
}

func (d *Decoder) reset() { d.state, d.alt, d.buf = ground, false, d.buf[:0] }

func (d *Decoder) feedGround(c byte) (Key, bool) {
	switch {
	case c == esc:
		d.state = afterEsc
		return Key{}, false
	case c >= utf8.RuneSelf:
		d.state, d.buf = inRune, append(d.buf[:0], c)
		if !utf8.FullRune(d.buf) {
			return Key{}, false
		}
		return d.character(utf8.RuneError) // no character begins with this byte
	}
	k := controlKey(c)
	if d.alt {
		k.Mod |= Alt
	}
	d.reset()
	return k, true
}

// controlKey is the key of an ASCII byte.
func controlKey(c byte) Key {
	switch {
	case c == '\r' || c == '\n':
		return Key{Code: KeyEnter}
	case c == '\t':
		return Key{Code: KeyTab}
	case c == del || c == '\b':
		return Key{Code: KeyBackspace}
	case c < ' ':
		return WithCtrl(rune(c|0x40) | ctrlCase(c))
	}
	return Char(rune(c))
}

// ctrlCase is the bit that makes the control codes of letters lower case.
func ctrlCase(c byte) rune {
	if c >= 1 && c <= 26 {
		return 0x20
	}
	return 0
}

func (d *Decoder) feedRune(c byte) (Key, bool) {
	if utf8.RuneStart(c) { // the character broke off
		d.state, d.buf = ground, d.buf[:0]
		return d.feedGround(c)
	}
	d.buf = append(d.buf, c)
	if !utf8.FullRune(d.buf) {
		return Key{}, false
	}
	r, _ := utf8.DecodeRune(d.buf)
	return d.character(r)
}

// character ends a multi-byte character; what is not UTF-8 types nothing.
func (d *Decoder) character(r rune) (Key, bool) {
	k := Char(r)
	if d.alt {
		k.Mod = Alt
	}
	d.reset()
	return k, r != utf8.RuneError
}

func (d *Decoder) feedEscaped(c byte) (Key, bool) {
	switch c {
	case '[':
		d.state, d.buf = inCSI, d.buf[:0]
	case 'O':
		d.state, d.buf = inSS3, d.buf[:0]
	case ']', 'P', '^', '_', 'X': // OSC, DCS, PM, APC, SOS (ECMA-48)
		if d.alt {
			d.reset()
			return WithAlt(rune(c)), true
		}
		d.state = inString
	case esc: // Escape before a sequence: rxvt's way to say Alt
		d.alt = true
	default:
		d.state, d.alt = ground, true
		return d.feedGround(c)
	}
	return Key{}, false
}

// feedString skips a control string up to BEL or ESC \.
func (d *Decoder) feedString(c byte) {
	switch {
	case c == bel, d.state == endString && c == '\\':
		d.reset()
	case c == esc:
		d.state = endString
	default:
		d.state = inString
	}
}

func (d *Decoder) feedPaste(c byte) (Key, bool) {
	d.buf = append(d.buf, c)
	if c != '~' || !strings.HasSuffix(string(d.buf[max(0, len(d.buf)-len(pasteEnd)):]), pasteEnd) {
		return Key{}, false
	}
	text := string(d.buf[:len(d.buf)-len(pasteEnd)])
	d.reset()
	return Key{Code: KeyPaste, Text: pasted(text)}, true
}

// pasted is text as it was before the terminal sent it: newlines arrive as
// CR, or as LF where the line discipline has ICRNL.
func pasted(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
