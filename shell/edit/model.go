package edit

import "strings"

// Config is what the shell gives an editor. Every field may be zero.
type Config struct {
	// Incomplete says that the text wants more lines (an open quote or
	// block): Enter then begins a new line. Nil: never.
	Incomplete func(text string) bool
	// History is recalled with Up and Ctrl-R. Nil: none.
	History History
}

// Result says what a key means for the reader of lines.
type Result uint8

// The results: go on reading keys, the text is complete (Enter), the text is
// abandoned (Ctrl-C), there will be no more (Ctrl-D on an empty text, or the input ended).
const (
	Continue Result = iota
	Submit
	Interrupt
	EOF
)

// Model is the state of the editor. Reset begins a line, Update takes a key,
// View shows a frame. It is used from one goroutine at a time.
type Model struct {
	config  Config
	prompt  prompt
	prompt2 prompt

	buffer
	kills  killRing
	undo   undoStack
	recall recall
	search *search // while Ctrl-R is on

	last    kind // of the key before this one
	literal bool // Ctrl-V: the next key is text
	done    Result
	cleared bool // Ctrl-L: the next frame begins on an empty screen
}

// kind sorts keys by what the next one must know of them.
type kind uint8

const (
	otherKey kind = iota
	killKey
	yankKey
)

// New is an editor with an empty line.
func New(c Config) *Model {
	if c.Incomplete == nil {
		c.Incomplete = func(string) bool { return false }
	}
	if c.History == nil {
		c.History = noHistory{}
	}
	m := &Model{config: c, recall: recall{history: c.History}}
	m.Reset("", "")
	return m
}

// Reset begins a new line behind a prompt; prompt2 stands before each
// further line of a multi-line text. Prompts may hold escape sequences, and
// bytes between \x01 and \x02 (bash's \[ and \]) take no room. What was killed stays.
func (m *Model) Reset(first, further string) {
	m.prompt, m.prompt2 = parsePrompt(first), parsePrompt(further)
	m.buffer, m.undo, m.search = buffer{}, undoStack{}, nil
	m.recall.reset()
	m.last, m.literal, m.done, m.cleared = otherKey, false, Continue, false
}

// Text is the text typed so far, without a newline at its end.
func (m *Model) Text() string { return m.text }

// Cursor is the cursor's byte offset in Text.
func (m *Model) Cursor() int { return m.cursor }

// Update takes a key.
func (m *Model) Update(k Key) Result {
	if m.search != nil && m.updateSearch(k) {
		return Continue
	}
	if m.literal {
		m.literal = false
		if m.insertLiteral(k) {
			return Continue
		}
	}
	was, last := m.buffer, m.last
	m.last = otherKey
	m.done = m.bind(k, last)
	switch {
	case m.text == was.text:
		m.undo.typing = false
	case k != WithCtrl('_'):
		m.undo.note(was, typed(k))
	}
	return m.done
}

func typed(k Key) rune {
	if k.Code == KeyRune && k.Mod == 0 {
		return k.Rune
	}
	return 0
}

// insertLiteral types a control code as it is.
func (m *Model) insertLiteral(k Key) bool {
	was := m.buffer
	switch {
	case k.Code == KeyTab && k.Mod == 0:
		m.insert("\t")
	case k.Code == KeyEnter && k.Mod == 0:
		m.insert("\n")
	case k.Code == KeyEscape:
		m.insert("\x1b")
	case k.Code == KeyRune && k.Mod == Ctrl && k.Rune != '@':
		m.insert(string(k.Rune & 0x1f))
	default:
		return false
	}
	m.undo.note(was, 0)
	return true
}

// enter submits the text, or begins a new line where it is incomplete.
func (m *Model) enter() Result {
	if m.config.Incomplete(m.text) {
		m.insert("\n")
		return Continue
	}
	m.cursor = len(m.text)
	return Submit
}

// move sets the cursor, delete removes up to a motion's end, kill keeps what it cut.
func (m *Model) move(to motion) { m.cursor = to(&m.buffer) }

func (m *Model) delete(to motion) { m.remove(m.cursor, to(&m.buffer)) }

func (m *Model) kill(to motion, last kind) {
	from, end := m.cursor, to(&m.buffer)
	m.kills.add(m.remove(from, end), last == killKey, end > from)
	m.last = killKey
}

func (m *Model) yank() {
	m.insert(m.kills.yank())
	m.last = yankKey
}

// yankPop puts the cut before in place of the one just yanked.
func (m *Model) yankPop(last kind) {
	if last != yankKey {
		return
	}
	old, next := m.kills.turn()
	m.remove(m.cursor-len(old), m.cursor)
	m.insert(next)
	m.last = yankKey
}

func (m *Model) undoChange() {
	if was, ok := m.undo.pop(); ok {
		m.buffer = was
	}
}

// visit shows the history entry that is step entries away.
func (m *Model) visit(step int) {
	if text, ok := m.recall.move(m.recall.at+step, m.text); ok {
		m.buffer = buffer{text, len(text)}
	}
}

// vertically moves within a multi-line text, and through the history beyond its ends.
func (m *Model) vertically(step int) {
	if to, ok := m.buffer.vertical(step > 0); ok {
		m.cursor = to
		return
	}
	m.visit(step)
}

// lastArgument types the last word of the line before.
func (m *Model) lastArgument() {
	n := m.recall.history.Len()
	if n == 0 {
		return
	}
	if words := strings.Fields(m.recall.history.At(n - 1)); len(words) > 0 {
		m.insert(words[len(words)-1])
	}
}
