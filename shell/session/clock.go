package session

import "time"

// Started is when the shell began, or what an assignment to SECONDS has made of
// it.
func (s *Session) Started() time.Time { return s.start }
