package lang

import "strings"

// A frame is a construct that is open where the automaton reads.
type frame struct {
	kind  frameKind
	depth int // open parentheses of inArith and inParens

	// of the kinds that hold commands, and inCase, inCond
	state wordState
	after wordState // the state behind a redirection's target
	doc   byte      // the target is a here-document's word: '<', with tabs '-'

	word   []byte // what is plain of the word at hand, from its start
	start  int    // where in out it begins
	inWord bool
	plain  bool // all of it is plain
}

type frameKind uint8

const (
	inList       frameKind = iota // commands, to the end of the text
	inSubshell                    // commands, to )
	inBackquotes                  // commands, to `
	inCaseBody                    // commands, to ;; or esac
	inCase                        // case … esac, outside of its bodies
	inCond                        // [[ … ]]
	inSingle                      // '…'
	inDollarSingle
	inDouble
	inParameter // ${…}
	inArith     // ((…))
	inParens    // name=(…), @(…)
)

// A wordState says what the next word of a command is.
type wordState uint8

const (
	atCommandWord    wordState = iota // or a reserved word
	behindAssignment                  // the command word, no reserved word
	atArgument
	behindCompound // only a reserved word or an operator is right here
	atTarget       // of a redirection
	atName         // for NAME
	behindName     // in, do
	atFunctionName
	atSubject // case WORD
	behindSubject
	atPattern
	inPattern // behind ( or |
)

func (a *aliasing) top() *frame { return &a.stack[len(a.stack)-1] }

func (a *aliasing) push(kind frameKind, n int) {
	f := a.top()
	if kind != inCase && kind != inCond && kind != inCaseBody {
		f.plain = false
	}
	a.emit(n)
	a.stack = append(a.stack, frame{kind: kind})
}

func (a *aliasing) pop() {
	if len(a.stack) > 1 {
		a.stack = a.stack[:len(a.stack)-1]
	}
}

// step reads on by at least a byte, or replaces a word.
func (a *aliasing) step() {
	f, c := a.top(), a.in[a.i]
	switch f.kind {
	case inSingle:
		if n := strings.IndexByte(a.in[a.i:], '\''); n >= 0 {
			a.emit(n + 1)
			a.pop()
		} else {
			a.emit(len(a.in))
		}
	case inDollarSingle:
		a.quoted(c, '\'')
	case inDouble:
		a.quoted(c, '"')
	case inParameter:
		a.quoted(c, '}')
	case inArith, inParens:
		a.nested(f, c)
	default:
		a.command(f, c)
	}
}

// quoted reads in something that the byte end closes.
func (a *aliasing) quoted(c, end byte) {
	switch {
	case c == end:
		a.emit(1)
		a.pop()
	case c == '\\':
		a.emit(2)
	case end != '\'' && (c == '$' || c == '`') || end == '}' && (c == '"' || c == '\''):
		a.expansion(c)
	default:
		a.emit(1)
	}
}

// nested reads in parentheses.
func (a *aliasing) nested(f *frame, c byte) {
	switch c {
	case '(':
		f.depth++
	case ')':
		if f.depth--; f.depth == 0 {
			a.emit(1)
			a.pop()
			return
		}
	case '\\':
		a.emit(2)
		return
	case '$', '`', '"', '\'':
		a.expansion(c)
		return
	}
	a.emit(1)
}

// expansion opens what begins with a quote, a $ or a backquote.
func (a *aliasing) expansion(c byte) {
	double := a.top().kind == inDouble || a.top().kind == inParameter && a.stack[len(a.stack)-2].kind == inDouble
	rest := a.in[a.i+1:]
	switch {
	case c == '\'' && !double:
		a.push(inSingle, 1)
	case c == '"':
		a.push(inDouble, 1)
	case c == '`':
		a.push(inBackquotes, 1)
	case c != '$':
		a.emit(1)
	case strings.HasPrefix(rest, "(("):
		a.push(inArith, 3)
		a.top().depth = 2
	case strings.HasPrefix(rest, "("):
		a.push(inSubshell, 2)
	case strings.HasPrefix(rest, "{"):
		a.push(inParameter, 2)
	case strings.HasPrefix(rest, "'") && !double:
		a.push(inDollarSingle, 2)
	default:
		a.top().plain = false
		a.emit(1)
	}
}

// command reads where commands and their words stand.
func (a *aliasing) command(f *frame, c byte) {
	switch {
	case strings.HasPrefix(a.in[a.i:], "\\\n"):
		a.emit(2)
	case c == '`' && f.kind == inBackquotes:
		a.endWord(f)
		a.emit(1)
		for a.top().kind == inCase || a.top().kind == inCaseBody {
			a.pop()
		}
		a.pop()
	case strings.IndexByte(" \t\n;&|<>()", c) >= 0:
		a.delimiter(f, c)
	case f.inWord:
		a.inside(f, c)
	case c == '#':
		a.carry = false
		n := strings.IndexByte(a.in[a.i:], '\n')
		if n < 0 {
			n = len(a.in) - a.i
		}
		a.emit(n)
	default:
		a.begin(f, c)
	}
}

// inside goes on with a word.
func (a *aliasing) inside(f *frame, c byte) {
	switch c {
	case '\\':
		f.plain = false
		a.emit(2)
	case '\'', '"', '$', '`':
		a.expansion(c)
	default:
		if f.plain || strings.IndexByte(string(f.word), '=') < 0 && len(f.word) == len(a.out)-f.start {
			f.word = append(f.word, c)
		}
		a.emit(1)
	}
}

// begin begins a word, or replaces it.
func (a *aliasing) begin(f *frame, c byte) {
	a.settle()
	hi, word := a.plainWord()
	if f.kind != inCond && word != "" && a.substitutes(word) {
		a.replace(word, hi) // what carries goes on to its first word
		return
	}
	a.carry = false
	if digitsOrBraced(word) && hi < len(a.in) && (a.in[hi] == '<' || a.in[hi] == '>') {
		a.emit(hi - a.i) // the number of a redirection
		return
	}
	f.word, f.start, f.inWord, f.plain = f.word[:0], len(a.out), true, true
	a.inside(f, c)
}

// plainWord is the word that begins here, without line continuations; "" where it
// has a quote or an expansion in it.
func (a *aliasing) plainWord() (hi int, word string) {
	var b []byte
	for hi = a.i; hi < len(a.in); hi++ {
		switch c := a.in[hi]; {
		case strings.HasPrefix(a.in[hi:], "\\\n"):
			hi++
		case strings.IndexByte(" \t\n;&|<>()", c) >= 0, c == '`' && a.top().kind == inBackquotes:
			return hi, string(b)
		case strings.IndexByte("\\'\"$`", c) >= 0:
			return hi, ""
		default:
			b = append(b, c)
		}
	}
	return hi, string(b)
}

// digitsOrBraced reports 2 and {fd}.
func digitsOrBraced(w string) bool {
	if len(w) > 2 && w[0] == '{' && w[len(w)-1] == '}' {
		return isName(w[1 : len(w)-1])
	}
	return w != "" && strings.Trim(w, "0123456789") == ""
}
