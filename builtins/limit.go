package builtins

import (
	_ "embed"
	"strconv"
	"strings"

	"cosh/shell/command"
	"cosh/shell/diag"
)

//go:embed limit.md
var limitPage string

var limitFlags = []command.Flag{
	{Name: "memory", Letter: 'm', Arg: "SIZE", Help: "at most so much memory: 64M, 1.5G, 512Ki"},
	{Name: "cpu", Letter: 'c', Arg: "CPUS", Help: "at most so much processor time: 0.5, 2, 50%"},
	{Name: "pids", Letter: 'p', Arg: "N", Help: "at most so many processes and threads"},
}

// limit folds cgroup controls into a Spec.
func limit(w *command.Wrap) error {
	given, rest, err := command.ParseFlags(limitFlags, w.Words)
	if err != nil {
		return err
	}
	if len(given) == 0 {
		return &diag.Problem{What: "limit: there is nothing to limit", Status: 2,
			Try: "limit --memory 64M --cpu 0.5 --pids 20 COMMAND"}
	}
	l := &w.Spec.Limits
	for _, f := range given {
		switch f.Flag.Name {
		case "memory":
			l.Memory, err = parseSize(f)
		case "cpu":
			l.CPU, err = parseCPUs(f)
		case "pids":
			l.Pids, err = parseCount(f)
		}
		if err != nil {
			return err
		}
		w.Boundaries = append(w.Boundaries, f.Flag.Name+" "+f.Value)
	}
	w.Words = rest
	return nil
}

// badValue is the message for a value that cannot be read.
func badValue(f command.Parsed, why, try string) error {
	return &diag.Problem{What: "limit: " + f.Word + ": " + why, Status: 2, Try: try}
}

const maxSize = 1 << 60

// parseSize reads bytes with K M G T (or Ki Mi Gi Ti) of 1024, as docker and
// the kernel's cgroup files do.
func parseSize(f command.Parsed) (int64, error) {
	const try = "limit --memory 64M (bytes, or a number with K M G T)"
	digits := strings.TrimRight(f.Value, "KMGTkmgtiIbB")
	unit := strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(f.Value[len(digits):]), "B"), "I")
	factor := float64(1)
	if unit != "" {
		i := strings.Index("KMGT", unit)
		if i < 0 || len(unit) != 1 {
			return 0, badValue(f, f.Value+" is not a size", try)
		}
		factor = float64(int64(1) << (10 * (i + 1)))
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || !(v > 0) || v*factor > maxSize || strings.ContainsAny(digits, "xXpPeEnN_") {
		return 0, badValue(f, f.Value+" is not a size", try)
	}
	if v*factor < 4096 {
		return 0, badValue(f, f.Value+" is less than one page of memory (4096 bytes)", try)
	}
	return int64(v * factor), nil
}

// parseCPUs reads processors as a decimal or per cent, to a thousandth.
func parseCPUs(f command.Parsed) (int64, error) {
	const try = "limit --cpu 0.5 (processors), or limit --cpu 50%"
	digits, percent := strings.CutSuffix(f.Value, "%")
	v, err := strconv.ParseFloat(digits, 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v > 0) || v > 1e6 || strings.ContainsAny(digits, "xXpPeEnN_") {
		return 0, badValue(f, f.Value+" is not a number of processors", try)
	}
	milli := int64(v*1000 + 0.5)
	if milli < 10 {
		return 0, badValue(f, f.Value+" is less than the kernel can give: a hundredth of a processor", try)
	}
	return milli, nil
}

func parseCount(f command.Parsed) (int64, error) {
	n, err := strconv.ParseInt(f.Value, 10, 64)
	if err != nil || n < 1 || n > 4194304 { // PID_MAX_LIMIT, proc_sys_kernel(5)
		return 0, badValue(f, f.Value+" is not a number of processes", "limit --pids 20")
	}
	return n, nil
}
