package eval

// A shell that recurses without end must say so and go on; but Go ends a
// process whose stack reaches 1 GB. So what is running is weighed: a function
// or a text by how deeply its commands are nested, a virtual subshell by
// forkWeight. One unit is at most some kilobytes of stack.
const (
	maxNest    = 50_000
	forkWeight = 20 // a subshell has a copy of the state besides
	textWeight = 4  // eval, trap, the dot command
)

// nesting measures how deeply statements are nested while they are compiled.
type nesting struct{ now, deepest int }

func (n *nesting) enter() {
	if n != nil {
		n.now++
		n.deepest = max(n.deepest, n.now)
	}
}

func (n *nesting) leave() {
	if n != nil {
		n.now--
	}
}

// tooDeep reports that a function or text must not be run any more.
func (sh *Shell) tooDeep() bool { return sh.nest > maxNest }
