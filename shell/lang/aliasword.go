package lang

import "strings"

// delimiter reads a blank, a newline or an operator.
func (a *aliasing) delimiter(f *frame, c byte) {
	if c == '(' && f.inWord && a.parenthesis(f) {
		return
	}
	a.endWord(f)
	f = a.top() // esac ends a frame
	if blank(c) {
		a.emit(1)
		return
	}
	a.settle()
	a.carry = false
	switch {
	case f.kind == inCond:
		a.emit(1)
	case c == '\n':
		a.newline(f)
	case c == '<' || c == '>':
		a.redirection(f)
	case c == '(':
		a.openParen(f)
	case c == ')':
		a.closeParen(f)
	default:
		a.separator(f, c)
	}
}

// parenthesis opens name=( and @(: the word goes on.
func (a *aliasing) parenthesis(f *frame) bool {
	last := a.out[len(a.out)-1]
	if a.posix || last != '=' && strings.IndexByte("?*+@!", last) < 0 {
		return false
	}
	if last != '=' && f.state == atCommandWord && len(a.out)-f.start == 1 && last == '!' {
		return false
	}
	a.push(inParens, 1)
	a.top().depth = 1
	return true
}

func (a *aliasing) newline(f *frame) {
	a.emit(1)
	switch f.state {
	case behindName, atSubject, behindSubject, atPattern, inPattern:
	default:
		f.state = atCommandWord
	}
	a.bodies = len(a.docs) > 0
}

// separator reads ; & | and what they begin.
func (a *aliasing) separator(f *frame, c byte) {
	rest := a.in[a.i:]
	switch {
	case strings.HasPrefix(rest, ";;&"), strings.HasPrefix(rest, ";;"), strings.HasPrefix(rest, ";&"):
		n := 2
		if strings.HasPrefix(rest, ";;&") && !a.posix {
			n = 3
		}
		a.emit(n)
		if f.kind == inCaseBody {
			a.pop()
			a.top().state = atPattern
		}
	case strings.HasPrefix(rest, "&>") && !a.posix:
		a.emit(2)
		f.after, f.state, f.doc = f.state, atTarget, 0
	case f.kind == inCase:
		a.emit(1)
		if c == '|' {
			f.state = inPattern
		}
	default:
		a.emit(1)
		f.state = atCommandWord
	}
}

// redirection reads an operator that begins with < or >.
func (a *aliasing) redirection(f *frame) {
	rest := a.in[a.i:]
	if !a.posix && len(rest) > 1 && rest[1] == '(' {
		if !f.inWord {
			f.word, f.start, f.inWord = f.word[:0], len(a.out), true
		}
		a.push(inSubshell, 2)
		return
	}
	if f.state != atTarget {
		f.after = f.state
		if f.after == atCommandWord {
			f.after = behindAssignment
		}
	}
	f.state, f.doc = atTarget, 0
	n := 1
	for _, op := range [...]string{"<<<", "<<-", "<<", "<&", "<>", ">>", ">&", ">|"} {
		if strings.HasPrefix(rest, op) && !(op == "<<<" && a.posix) {
			n = len(op)
			switch op {
			case "<<":
				f.doc = '<'
			case "<<-":
				f.doc = '-'
			}
			break
		}
	}
	a.emit(n)
}

func (a *aliasing) openParen(f *frame) {
	rest := a.in[a.i:]
	switch {
	case f.kind == inCase:
		a.emit(1)
		f.state = inPattern
	case f.state == atArgument || f.state == behindAssignment || f.state == atFunctionName:
		if t := strings.TrimLeft(rest[1:], " \t"); strings.HasPrefix(t, ")") { // name ()
			a.emit(len(rest) - len(t) + 1)
			f.state = atCommandWord
			return
		}
		a.push(inSubshell, 1)
	case strings.HasPrefix(rest, "()"): // function name ()
		a.emit(2)
		f.state = atCommandWord
	case !a.posix && strings.HasPrefix(rest, "(("):
		f.state = behindCompound
		a.push(inArith, 2)
		a.top().depth = 2
	default:
		f.state = behindCompound
		a.push(inSubshell, 1)
	}
}

func (a *aliasing) closeParen(f *frame) {
	a.emit(1)
	switch f.kind {
	case inCase:
		a.stack = append(a.stack, frame{kind: inCaseBody})
	case inSubshell:
		a.pop()
	}
}

// endWord makes out what the word was, and so what comes next.
func (a *aliasing) endWord(f *frame) {
	if !f.inWord {
		return
	}
	f.inWord = false
	word := ""
	if f.plain {
		word = string(f.word)
	}
	switch f.state {
	case atCommandWord, behindCompound:
		if f.kind == inCond {
			if word == "]]" {
				a.pop()
			}
			return
		}
		if !a.reserved(word) || !a.keyword(f, word) {
			a.ordinary(f)
		}
	case behindAssignment:
		a.ordinary(f)
	case atTarget:
		f.state = f.after
		if f.doc != 0 {
			raw := strings.ReplaceAll(string(a.out[f.start:]), "\\\n", "")
			a.docs = append(a.docs, document{unquoted(raw), f.doc == '-'})
			f.doc = 0
		}
	case atName:
		f.state = behindName
	case behindName:
		f.state = atArgument
		if word == "do" {
			f.state = atCommandWord
		}
	case atFunctionName:
		f.state = atCommandWord
	case atSubject:
		f.state = behindSubject
	case behindSubject:
		f.state = atPattern
	case atPattern:
		f.state = inPattern
		if word == "esac" {
			a.endCase()
		}
	}
}

// ordinary is a word that is not reserved.
func (a *aliasing) ordinary(f *frame) {
	f.state = atArgument
	if name, _, ok := strings.Cut(string(f.word), "="); ok {
		name, _, _ = strings.Cut(strings.TrimSuffix(name, "+"), "[")
		if isName(name) {
			f.state = behindAssignment
		}
	}
}

// keyword acts on a reserved word.
func (a *aliasing) keyword(f *frame, word string) bool {
	switch word {
	case "if", "then", "else", "elif", "while", "until", "do", "{", "!", "time", "coproc":
		f.state = atCommandWord
	case "}", "fi", "done":
		f.state = behindCompound
	case "for", "select":
		f.state = atName
	case "function":
		f.state = atFunctionName
	case "case":
		f.state = behindCompound
		a.stack = append(a.stack, frame{kind: inCase, state: atSubject})
	case "[[":
		f.state = behindCompound
		a.stack = append(a.stack, frame{kind: inCond})
	case "esac":
		if f.kind != inCaseBody {
			return false
		}
		a.pop()
		a.endCase()
	default:
		return false
	}
	return true
}

// endCase closes case … esac.
func (a *aliasing) endCase() {
	if a.top().kind == inCase {
		a.pop()
		a.top().state = behindCompound
	}
}
