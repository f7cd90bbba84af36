package eval

import (
	"strings"

	"cosh/shell/lang"
	"cosh/shell/session"
)

// texts remembers what eval compiled: scripts evaluate few texts many times.
type texts struct {
	parser *lang.Parser
	nodes  map[textKey]node
	// seen are texts that came once: a text is kept from its second time on.
	seen map[textKey]struct{}
}

type textKey struct {
	text string
	line int
}

// Bounds of what is remembered.
const (
	textsKept   = 256
	textsLength = 4096
)

// remembered runs a text that came before.
func (sh *Shell) remembered(text string, line int) (r ctl, ok bool) {
	if len(sh.texts.nodes) == 0 || sh.Aliases != nil || sh.Options&(session.NoExec|session.Verbose|session.Posix) != 0 {
		return 0, false
	}
	if n := sh.texts.nodes[textKey{text, line}]; n != nil {
		return n(sh), true
	}
	return 0, false
}

// runLine runs a text of one line with a parser that is made once. ok is false
// for texts that take the usual way.
func (sh *Shell) runLine(text string, line int) (r ctl, ok bool) {
	if len(text) > textsLength || strings.IndexByte(text, '\n') >= 0 || sh.Aliases != nil ||
		sh.Options&(session.NoExec|session.Verbose|session.Posix) != 0 {
		return 0, false
	}
	key := textKey{text, line}
	if sh.texts.parser == nil {
		sh.texts.parser = lang.NewParser(sh.LangOptions())
	}
	chunk, err := sh.texts.parser.Parse(sh.Script, text, line-1)
	if err != nil || len(chunk.Warnings) > 0 {
		return 0, false // the usual way reports it
	}
	n := sh.compiler(chunk).list(chunk.Stmts)
	if sh.texts.again(key) {
		if sh.texts.nodes == nil || len(sh.texts.nodes) >= textsKept {
			sh.texts.nodes = make(map[textKey]node)
		}
		sh.texts.nodes[key] = n
	}
	return n(sh), true
}

// again reports that a text came before, and notes that it has come.
func (t *texts) again(key textKey) bool {
	if _, again := t.seen[key]; again {
		return true
	}
	if t.seen == nil || len(t.seen) >= textsKept {
		t.seen = make(map[textKey]struct{})
	}
	t.seen[key] = struct{}{}
	return false
}
