package edit

import "strings"

// Code says what kind of key a Key is.
type Code uint8

// The kinds of keys. KeyRune is a character key, with the character in
// Key.Rune; Ctrl-A is KeyRune 'a' with Ctrl. KeyPaste carries text that the
// terminal marked as pasted. KeyResize, KeyInterrupt and KeyHangup do not come from the keyboard:
// the window changed its size, SIGINT came, input ended.
const (
	KeyNone Code = iota
	KeyRune
	KeyEnter
	KeyTab
	KeyBackspace
	KeyDelete
	KeyInsert
	KeyEscape
	KeyUp
	KeyDown
	KeyLeft
	KeyRight
	KeyHome
	KeyEnd
	KeyPageUp
	KeyPageDown
	KeyPaste
	KeyResize
	KeyInterrupt
	KeyHangup
)

// Mod is a set of modifier keys, in the bits of xterm's modifier parameter
// (its value less one; xterm, ctlseqs, "PC-Style Function Keys").
type Mod uint8

// The modifiers.
const (
	Shift Mod = 1 << iota
	Alt
	Ctrl
)

// Key is one thing the user did. Rune is set for KeyRune, Text for KeyPaste.
type Key struct {
	Code Code
	Mod  Mod
	Rune rune
	Text string
}

// Char is the key that types r.
func Char(r rune) Key { return Key{Code: KeyRune, Rune: r} }

// WithCtrl is the control key of r, a lower-case letter or one of @[\]^_.
func WithCtrl(r rune) Key { return Key{Code: KeyRune, Mod: Ctrl, Rune: r} }

// WithAlt is r typed with Alt, or after Escape.
func WithAlt(r rune) Key { return Key{Code: KeyRune, Mod: Alt, Rune: r} }

// String names the key as manuals do: Ctrl-A, Alt-b, Ctrl-Left, Paste("x").
func (k Key) String() string {
	var b strings.Builder
	for _, m := range [...]struct {
		bit  Mod
		name string
	}{{Ctrl, "Ctrl-"}, {Alt, "Alt-"}, {Shift, "Shift-"}} {
		if k.Mod&m.bit != 0 {
			b.WriteString(m.name)
		}
	}
	switch k.Code {
	case KeyRune:
		if k.Mod&Ctrl != 0 {
			b.WriteString(strings.ToUpper(string(k.Rune)))
		} else {
			b.WriteRune(k.Rune)
		}
	case KeyPaste:
		b.WriteString("Paste(" + k.Text + ")")
	default:
		b.WriteString(k.Code.String())
	}
	return b.String()
}

// String is the name on the key.
func (c Code) String() string {
	names := [...]string{"None", "Rune", "Enter", "Tab", "Backspace", "Delete", "Insert", "Escape",
		"Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Paste", "Resize", "Interrupt", "Hangup"}
	if int(c) < len(names) {
		return names[c]
	}
	return "None"
}
