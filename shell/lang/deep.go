package lang

import (
	"errors"
	"runtime"
)

// maxFrames bounds the parser's recursion, in frames of Go's stack: some 15,000
// parentheses or substitutions in each other. Go ends a process whose stack
// reaches 1 GB, and nothing can be done about it then.
const maxFrames = 150_000

// errDeep is text that is nested deeper.
var errDeep = errors.New("the commands are nested too deeply")

// deepEvery is how many bytes are read between two looks at the stack. A byte
// opens one level at the most, and a look takes some microseconds.
const deepEvery = 8 << 10

// tooDeep reports that the parser, which is about to read more, stands deeper
// than maxFrames.
func tooDeep() bool {
	var pc [1]uintptr
	return runtime.Callers(maxFrames, pc[:]) > 0
}
