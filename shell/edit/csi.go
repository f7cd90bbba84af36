package edit

// feedSequence takes a byte after ESC [ or ESC O: parameters (0x30 to 0x3f),
// intermediates (0x20 to 0x2f), then the one final byte (ECMA-48, 5.4).
func (d *Decoder) feedSequence(c byte) (Key, bool) {
	switch {
	case c == esc: // broken off by another sequence
		d.reset()
		d.state = afterEsc
		return Key{}, false
	case d.state == inCSI && c == '[' && len(d.buf) == 0:
		d.state = inLinux
		return Key{}, false
	case c >= 0x20 && c < 0x40:
		if len(d.buf) < maxParams {
			d.buf = append(d.buf, c)
		}
		return Key{}, false
	}
	first, mod := params(d.buf)
	if d.alt {
		mod |= Alt
	}
	if c == '~' && string(d.buf) == pasteStart {
		d.state, d.alt, d.buf = inPaste, false, d.buf[:0]
		return Key{}, false
	}
	ss3 := d.state == inSS3
	private := len(d.buf) > 0 && d.buf[0] >= '<' // an answer of the terminal's, not a key
	d.reset()
	if private {
		return Key{}, false
	}
	k := finalKey(c, first, ss3)
	k.Mod |= mod
	return k, k.Code != KeyNone
}

// params reads "first;modifier" as xterm sends them.
func params(p []byte) (first int, mod Mod) {
	var n [2]int
	i := 0
	for _, c := range p {
		switch {
		case c == ';':
			if i++; i == len(n) {
				return n[0], mods(n[1])
			}
		case c >= '0' && c <= '9' && n[i] < 1000:
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	return n[0], mods(n[1])
}

func mods(param int) Mod {
	if param < 2 || param > 8 {
		return 0
	}
	return Mod(param - 1)
}

// finalKey names the sequence that ends in c. Sources: xterm's ctlseqs,
// terminfo of rxvt (7 and 8, ^ and a to d with Ctrl or Shift), linux and screen (1 and 4).
func finalKey(c byte, first int, ss3 bool) Key {
	switch c {
	case 'A', 'B', 'C', 'D':
		return Key{Code: [...]Code{KeyUp, KeyDown, KeyRight, KeyLeft}[c-'A']}
	case 'a', 'b', 'c', 'd':
		k := Key{Code: [...]Code{KeyUp, KeyDown, KeyRight, KeyLeft}[c-'a'], Mod: Shift}
		if ss3 {
			k.Mod = Ctrl
		}
		return k
	case 'H':
		return Key{Code: KeyHome}
	case 'F':
		return Key{Code: KeyEnd}
	case 'Z':
		return Key{Code: KeyTab, Mod: Shift}
	case 'M':
		if ss3 { // Enter of the keypad in application mode
			return Key{Code: KeyEnter}
		}
	case '~':
		return Key{Code: editingKey(first)}
	case '^':
		return Key{Code: editingKey(first), Mod: Ctrl}
	}
	return Key{}
}

// editingKey is the key of ESC [ n ~, the VT220's editing keypad.
func editingKey(n int) Code {
	switch n {
	case 1, 7:
		return KeyHome
	case 2:
		return KeyInsert
	case 3:
		return KeyDelete
	case 4, 8:
		return KeyEnd
	case 5:
		return KeyPageUp
	case 6:
		return KeyPageDown
	}
	return KeyNone
}
