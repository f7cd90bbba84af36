package edit

// bind is the key table: Emacs keys, as in GNU readline's default.
// A key without an effect is ignored, among them Ctrl-Z and Ctrl-\.
func (m *Model) bind(k Key, last kind) Result {
	switch {
	case k.Code == KeyRune && k.Mod&Ctrl != 0:
		return m.bindCtrl(k.Rune, last)
	case k.Code == KeyRune && k.Mod&Alt != 0:
		m.bindAlt(k.Rune, last)
	case k.Code == KeyRune:
		m.insert(string(k.Rune))
	case k.Code == KeyPaste:
		m.insert(k.Text)
	case k.Code == KeyEnter && k.Mod&Alt != 0:
		m.insert("\n")
	case k.Code == KeyEnter:
		return m.enter()
	case k.Code == KeyInterrupt:
		return m.abandon()
	case k.Code == KeyHangup:
		return EOF
	case k.Mod&(Ctrl|Alt) != 0:
		m.bindByWord(k.Code, last)
	default:
		m.bindMove(k.Code)
	}
	return Continue
}

func (m *Model) abandon() Result {
	m.cursor = len(m.text)
	return Interrupt
}

func (m *Model) bindMove(c Code) {
	switch c {
	case KeyLeft:
		m.move(left)
	case KeyRight:
		m.move(right)
	case KeyHome:
		m.move(lineStart)
	case KeyEnd:
		m.move(lineEnd)
	case KeyUp:
		m.vertically(-1)
	case KeyDown:
		m.vertically(+1)
	case KeyPageUp:
		m.visit(-m.recall.at)
	case KeyPageDown:
		m.visit(m.recall.history.Len() - m.recall.at)
	case KeyBackspace:
		m.delete(left)
	case KeyDelete:
		m.delete(right)
	}
}

// bindByWord binds the named keys with Ctrl or Alt.
func (m *Model) bindByWord(c Code, last kind) {
	switch c {
	case KeyLeft:
		m.move(wordLeft)
	case KeyRight:
		m.move(wordRight)
	case KeyHome:
		m.move(textStart)
	case KeyEnd:
		m.move(textEnd)
	case KeyUp:
		m.visit(-1)
	case KeyDown:
		m.visit(+1)
	case KeyBackspace:
		m.kill(wordLeft, last)
	case KeyDelete:
		m.kill(wordRight, last)
	}
}

func (m *Model) bindAlt(r rune, last kind) {
	switch r {
	case 'b':
		m.move(wordLeft)
	case 'f':
		m.move(wordRight)
	case 'd':
		m.kill(wordRight, last)
	case 'y':
		m.yankPop(last)
	case '.', '_':
		m.lastArgument()
	case '<':
		m.visit(-m.recall.at)
	case '>':
		m.visit(m.recall.history.Len() - m.recall.at)
	}
}

func (m *Model) bindCtrl(r rune, last kind) Result {
	switch r {
	case 'a':
		m.move(lineStart)
	case 'e':
		m.move(lineEnd)
	case 'b':
		m.move(left)
	case 'f':
		m.move(right)
	case 'c':
		return m.abandon()
	case 'd':
		if m.text == "" {
			return EOF
		}
		m.delete(right)
	case 'k':
		m.kill(killEnd, last)
	case 'u':
		m.kill(killStart, last)
	case 'w':
		m.kill(blankLeft, last)
	case 'y':
		m.yank()
	case 't':
		m.transpose()
	case 'l':
		m.cleared = true
	case 'n':
		m.vertically(+1)
	case 'p':
		m.vertically(-1)
	case 'r':
		m.startSearch()
	case 'v':
		m.literal = true
	case '_':
		m.undoChange()
	}
	return Continue
}
