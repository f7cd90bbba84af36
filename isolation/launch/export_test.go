package launch

import "cosh/isolation"

// StartStaged is Start as on a processor without the assembly.
func StartStaged(p *isolation.Plan) (*Process, error) { return start(p, (*Process).createStaged) }

// Slabs counts the slabs that are free and those still lent.
func Slabs() (free, busy int) {
	process.slabs.mu.Lock()
	defer process.slabs.mu.Unlock()
	process.slabs.sweep()
	return len(process.slabs.free), len(process.slabs.busy)
}
