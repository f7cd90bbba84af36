package eval

import (
	"sync"

	"cosh/shell/job"
)

// strays are the jobs of virtual subshells that have ended: `(server &)`. In
// other shells they would now be somebody else's children; here they are still
// this process's, which has to wait for them all the same, some time.
type strays struct {
	mu   sync.Mutex
	jobs []*job.Job
}

// take adds what of a subshell's table still runs.
func (s *strays) take(t *job.Table) { s.sweep(t.All()) }

// sweep waits for those that have ended, with more to look at.
func (s *strays) sweep(all []*job.Job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(all)+len(s.jobs) == 0 {
		return
	}
	left := s.jobs[:0]
	for _, j := range append(s.jobs, all...) {
		if j.Poll(); j.State() != job.Done {
			left = append(left, j)
		}
	}
	s.jobs = left
}
