// Package resolve turns what was asked (a Spec) and what this machine allows
// (a Host) into what will be done (a Plan). It does nothing itself, and it is
// the one place that knows the order of things.
package resolve

import (
	"math/bits"

	"cosh/isolation"
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

// ordinary is fork and exec: what a command does that has no boundary.
func ordinary(s *isolation.Spec) *isolation.Plan {
	p := new(isolation.Plan)
	moves := 0
	if !identical(s.Files) {
		moves = max(len(s.Files), 3) + 1
	}
	sets := bits.OnesCount64(s.Default) + bits.OnesCount64(s.Ignore)
	calls := 2 + moves + sets + len(s.Rlimits) + max(len(s.Paths), 1) + 3
	l := step.NewList(8+len(s.Rlimits), calls, 3*calls+sets)
	group(l, p, &s.Group)
	redirect(l, p, s.Files)
	attributes(l, s)
	signals(l, s)
	execute(l, s)
	p.Child = l.Steps
	return p
}
