package lang

import (
	"errors"
	"runtime"
)

// Go ends a process whose stack reaches 1 GB, and nothing can be done about it
// then; so the parser's recursion has a bound. A text of less than deepEvery
// bytes cannot reach it. Of a longer one the parser may go maxFrames frames of
// Go's stack deeper than it was at that point: some 15,000 parentheses or
// substitutions in each other.
const maxFrames = 120_000

// deepEvery is how many bytes are read between two looks at the stack. A byte
// opens one level at the most, and a look takes some microseconds.
const deepEvery = 8 << 10

// errDeep is text that is nested deeper.
var errDeep = errors.New("syntax error: the commands are nested too deeply")

// tooDeep reports that the parser, which is about to read more, is beyond the
// bound.
func (s *segment) tooDeep() bool {
	if s.frames == 0 {
		s.frames = frames()
	}
	var pc [1]uintptr
	return runtime.Callers(s.frames+maxFrames, pc[:]) > 0
}

// frames is the depth of the stack.
func frames() int {
	var pc [512]uintptr
	total := 1
	for {
		n := runtime.Callers(total, pc[:])
		total += n
		if n < len(pc) {
			return total
		}
	}
}
