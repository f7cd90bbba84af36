// Package resolve turns what was asked (a Spec) and what this machine allows
// (a Host) into what will be done (a Plan). It does nothing itself, and it is
// the one place that knows the order of things.
package resolve

import (
	"math/bits"

	"cosh/isolation"
	"cosh/isolation/namespace"
	"cosh/isolation/step"
)

// Plan lays out the launch of one process. host may be nil when the Spec is
// ordinary. The error says what this host cannot do and what to change; then
// nothing has been touched.
func Plan(s *isolation.Spec, host *isolation.Host) (*isolation.Plan, error) {
	if s.Ordinary() {
		return ordinary(s), nil
	}
	return bounded(s, host)
}

// Explained is Plan with every step in it, also the one that an ordinary
// launch does not write down since it never differs: making the process.
func Explained(s *isolation.Spec, host *isolation.Host) (*isolation.Plan, error) {
	p, err := Plan(s, host)
	if err == nil && s.Ordinary() {
		p.Clone = namespace.Clone(0, false)
	}
	return p, err
}

// ordinary is fork and exec: what a command does that has no boundary.
func ordinary(s *isolation.Spec) *isolation.Plan {
	p := new(isolation.Plan)
	l := step.NewList(size(s))
	group(l, p, &s.Group)
	redirect(l, p, s.Files)
	attributes(l, s)
	signals(l, s)
	execute(l, s)
	p.Child = l.Steps
	return p
}

// size is how many steps, calls and arguments an ordinary plan comes to: this
// runs for every command, and most need two steps.
func size(s *isolation.Spec) (steps, calls, args int) {
	executions := max(len(s.Paths), 1)
	if s.Script {
		executions++
	}
	steps, calls, args = 2, 1+executions, 1+3*executions
	if s.Group.Mode != isolation.GroupKeep {
		steps, calls, args = steps+1, calls+1, args+2
	}
	if s.Group.Foreground {
		steps, calls, args = steps+1, calls+2, args+4
	}
	if !identical(s.Files) {
		moves := max(len(s.Files), 3) + 1
		steps, calls, args = steps+1, calls+moves, args+3*moves
	}
	if s.Dir != "" {
		steps, calls, args = steps+1, calls+1, args+1
	}
	if signals := bits.OnesCount64(s.Default) + bits.OnesCount64(s.Ignore); signals > 0 {
		steps, calls, args = steps+2, calls+signals, args+4*signals
	}
	limits := len(s.Rlimits)
	return steps + limits, calls + limits, args + 4*limits
}
