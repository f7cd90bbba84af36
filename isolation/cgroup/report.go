package cgroup

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Report is what happened in a cgroup. Zero fields: not limited or not known.
type Report struct {
	Limit    int64 // of memory, bytes
	Peak     int64 // the most memory in use at any time, bytes
	OOMKills int64 // processes that the kernel killed for memory
	PidsMax  int64 // the limit on processes
	Refused  int64 // forks that the limit on processes refused
}

// Read reads the directories of one plan (Plan.Cgroups) when its process has
// ended and before its Undo steps remove them.
func Read(dirs []string) Report {
	var r Report
	for _, dir := range dirs {
		r.Limit = max(r.Limit, number(dir, "memory.limit_in_bytes"), number(dir, "memory.max"))
		r.Peak = max(r.Peak, number(dir, "memory.max_usage_in_bytes"), number(dir, "memory.peak"))
		r.OOMKills = max(r.OOMKills, event(dir, "memory.oom_control", "oom_kill"), event(dir, "memory.events", "oom_kill"))
		r.PidsMax = max(r.PidsMax, number(dir, "pids.max"))
		r.Refused = max(r.Refused, event(dir, "pids.events", "max"))
	}
	return r
}

// number is the content of a file that holds one number; 0 for "max" and for
// files that this kernel or controller does not have.
func number(dir, file string) int64 {
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return 0
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// event is the count behind a word in a file of "word count" lines.
func event(dir, file, word string) int64 {
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if key, value, _ := strings.Cut(strings.TrimSpace(line), " "); key == word {
			n, _ := strconv.ParseInt(value, 10, 64)
			return n
		}
	}
	return 0
}
