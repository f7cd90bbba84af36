package eval

import (
	"strings"

	"cosh/shell/files"
	"cosh/shell/session"
)

// trace writes a command to descriptor 2 under -x, so that it can be run again.
func (sh *Shell) trace(as []assignment, argv []string) {
	if sh.Options&session.XTrace == 0 || sh.noEcho {
		return
	}
	var b strings.Builder
	for i := range as {
		b.WriteString(sh.assignedText(&as[i]) + " ")
	}
	for i, a := range argv {
		if i > 0 {
			b.WriteByte(' ')
		}
		if sh.isCompound(len(sh.args) - len(argv) + i) {
			b.WriteString(a)
		} else {
			b.WriteString(traced(a, i == 0))
		}
	}
	text := []byte(sh.ps4() + b.String() + "\n")
	if f := sh.traceFile(); f != nil {
		f.Write(text)
	}
}

// traceFile is descriptor 2 as it was before the redirections of the command at
// hand.
func (sh *Shell) traceFile() *files.File {
	for i := sh.undone; i < len(sh.saved); i++ {
		if sh.saved[i].fd == 2 {
			return sh.saved[i].file
		}
	}
	return sh.files.Get(2)
}

// traceAssigns writes assignments that persist.
func (sh *Shell) traceAssigns(as []assignment) {
	if sh.noEcho {
		return
	}
	var list []string
	for i := range as {
		list = append(list, sh.assignedText(&as[i]))
	}
	sh.message(sh.ps4() + strings.Join(list, " "))
}

// ps4 is the expanded value of PS4.
func (sh *Shell) ps4() string {
	v, ok := sh.Get(session.PS4)
	if !ok {
		return sh.traceLevel("+ ")
	}
	return sh.traceLevel(sh.ExpandPrompt(v))
}

// ExpandPrompt expands PS1, PS2 or PS4 as between double quotes; $? stays as
// it is.
func (sh *Shell) ExpandPrompt(text string) string {
	if !strings.ContainsAny(text, "$`\\") {
		return text
	}
	status, last, quiet := sh.Status, sh.last, sh.noEcho
	sh.noEcho = true
	out := sh.compiler(emptyChunk).document(text)(sh)
	sh.Status, sh.last, sh.noEcho = status, last, quiet
	if sh.fault != nil {
		sh.fault = nil
		return text
	}
	return out
}
