package cgroup

import (
	"fmt"
	"strconv"

	"cosh/isolation"
)

// Period is the time in microseconds over which CPU time is shared out.
const Period = 100_000

// setting is one file of a controller and what is written to it.
type setting struct {
	controller, file, value string
	do, why                 string
	optional                bool // not every kernel has the file
}

// settings are the files that make up the limits, in the order in which the
// kernel takes them (memory with swap is never below memory alone).
func settings(version int, want isolation.Limits) []setting {
	var out []setting
	if want.Memory > 0 {
		bytes := strconv.FormatInt(want.Memory, 10)
		const why = "the kernel frees what it can at this limit, and kills where that is not enough (Documentation/admin-guide/cgroup-"
		const swap = "without this the process could go on in swap space"
		if version == 1 {
			out = append(out, setting{"memory", "memory.limit_in_bytes", bytes, "limit memory", why + "v1/memory.rst)", false},
				setting{"memory", "memory.memsw.limit_in_bytes", bytes, "limit memory and swap together", swap, true})
		} else {
			out = append(out, setting{"memory", "memory.max", bytes, "limit memory", why + "v2.rst, Memory)", false},
				setting{"memory", "memory.swap.max", "0", "allow no swap", swap, true})
		}
	}
	if want.CPU > 0 {
		quota := strconv.FormatInt(want.CPU*Period/1000, 10)
		period := strconv.Itoa(Period)
		const why = "so many microseconds of CPU time in each period, over all CPUs together (CFS bandwidth control)"
		if version == 1 {
			out = append(out, setting{"cpu", "cpu.cfs_period_us", period, "set the period of the CPU limit", why, false},
				setting{"cpu", "cpu.cfs_quota_us", quota, "limit CPU time", why, false})
		} else {
			out = append(out, setting{"cpu", "cpu.max", quota + " " + period, "limit CPU time", why, false})
		}
	}
	if want.Pids > 0 {
		out = append(out, setting{"pids", "pids.max", strconv.FormatInt(want.Pids, 10), "limit the number of processes",
			"fork fails beyond this many processes and threads (pids controller)", false})
	}
	return out
}

// check reports the controller that is missing, and limits that the kernel
// would refuse with no more than EINVAL.
func check(host *isolation.CgroupHost, want isolation.Limits, todo []setting) error {
	for _, s := range todo {
		if host.Dirs[s.controller] == "" {
			return &Missing{Controller: s.controller, Why: host.Why[s.controller]}
		}
	}
	if want.CPU > 0 && want.CPU < 10 {
		return fmt.Errorf("limit CPU to %d thousandths: the kernel's least is 10 thousandths of a CPU (0.01)", want.CPU)
	}
	return nil
}

// Missing is the error for a controller that cannot be used here.
type Missing struct {
	Controller string // memory, cpu or pids
	Why        string // the reason, and what to do
}

func (m *Missing) Error() string {
	return "use the " + m.Controller + " controller of cgroups: " + m.Why
}
