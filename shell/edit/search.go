package edit

import "strings"

// search is the incremental search of Ctrl-R: each character typed narrows
// it, Ctrl-R again goes further back.
type search struct {
	query  string
	from   int // the first index that is too new
	at     int // the entry found, where found is set
	found  bool
	failed bool
	was    buffer // to go back to on Ctrl-G
}

func (m *Model) startSearch() {
	m.search = &search{from: m.recall.history.Len(), was: m.buffer}
}

// updateSearch gives a key to the search. ok is false for a key that is not its
// own: the search ends with what it found, and the key takes its usual effect.
func (m *Model) updateSearch(k Key) (ok bool) {
	s := m.search
	switch {
	case k.Code == KeyRune && k.Mod == 0:
		s.query += string(k.Rune)
		s.again(m, s.newest())
	case k.Code == KeyPaste:
		s.query += strings.TrimRight(k.Text, "\n")
		s.again(m, s.newest())
	case k.Code == KeyBackspace && k.Mod == 0:
		if s.query != "" {
			s.query = s.query[:len(s.query)-prevCluster(s.query)]
		}
		s.again(m, s.from)
	case k == WithCtrl('r'):
		if s.found {
			s.again(m, s.at)
		}
	case k == WithCtrl('g'):
		m.buffer, m.search = s.was, nil
	case k.Code == KeyEscape:
		m.endSearch()
	case k.Code == KeyResize:
	default:
		m.endSearch()
		return false
	}
	return true
}

// newest is where to look from: the entry shown still counts.
func (s *search) newest() int {
	if s.found {
		return s.at + 1
	}
	return s.from
}

// again looks for the query before an index and shows what it found.
func (s *search) again(m *Model, before int) {
	if s.query == "" {
		s.found, s.failed, m.buffer = false, false, s.was
		return
	}
	i, ok := m.recall.history.Search(s.query, before)
	if s.failed = !ok; !ok {
		return
	}
	s.found, s.at = true, i
	text := m.recall.history.At(i)
	m.buffer = buffer{text, max(0, strings.Index(text, s.query))}
}

// endSearch keeps the entry found as the text, and goes on from its place in the history.
func (m *Model) endSearch() {
	s := m.search
	m.search = nil
	if s.found {
		m.undo.note(s.was, 0)
		m.recall.move(s.at, s.was.text)
	}
}

// label stands in for the prompt while searching.
func (s *search) label() string {
	if s.failed {
		return "(no such line) '" + printable(s.query) + "': "
	}
	return "(search back) '" + printable(s.query) + "': "
}
