// Package signals names the signals of Linux as the shell's commands do:
// without "SIG", and 0 for EXIT.
package signals

import (
	"strconv"
	"strings"
)

// names by number (signal(7)); 0 is the EXIT condition of trap.
var names = [...]string{
	"EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL",
	"USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT",
	"STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
	"WINCH", "IO", "PWR", "SYS",
}

// Max is the highest signal number.
const Max = 64

const rtMin, rtMax = 34, 64

// Name is the name of signal n, its number when it has none.
func Name(n int) string {
	switch {
	case n >= 0 && n < len(names):
		return names[n]
	case n == rtMin:
		return "RTMIN"
	case n == rtMax:
		return "RTMAX"
	case n > rtMin && n <= rtMin+15:
		return "RTMIN+" + strconv.Itoa(n-rtMin)
	case n > rtMin+15 && n < rtMax:
		return "RTMAX-" + strconv.Itoa(rtMax-n)
	}
	return strconv.Itoa(n)
}

// Number is the signal that word names: INT, SIGINT, int, 2, RTMIN+1; 0 is
// EXIT. ok is false when there is none.
func Number(word string) (n int, ok bool) {
	if n, err := strconv.Atoi(word); err == nil {
		return n, n >= 0 && n <= Max
	}
	w := strings.TrimPrefix(strings.ToUpper(word), "SIG")
	for i, name := range names {
		if name == w {
			return i, true
		}
	}
	switch w {
	case "POLL":
		return 29, true
	case "IOT":
		return 6, true
	case "CLD":
		return 17, true
	}
	base, rest := 0, ""
	if r, found := strings.CutPrefix(w, "RTMIN"); found {
		base, rest = rtMin, r
	} else if r, found := strings.CutPrefix(w, "RTMAX"); found {
		base, rest = rtMax, r
	} else {
		return 0, false
	}
	if rest == "" {
		return base, true
	}
	d, err := strconv.Atoi(rest)
	n = base + d
	return n, err == nil && n >= rtMin && n <= rtMax
}

// Describe is the text of signal n as shells report a death: "Terminated".
func Describe(n int) string {
	switch n {
	case 1:
		return "Hangup"
	case 2:
		return "Interrupt"
	case 3:
		return "Quit"
	case 4:
		return "Illegal instruction"
	case 5:
		return "Trace/breakpoint trap"
	case 6:
		return "Aborted"
	case 7:
		return "Bus error"
	case 8:
		return "Floating point exception"
	case 9:
		return "Killed"
	case 10:
		return "User defined signal 1"
	case 11:
		return "Segmentation fault"
	case 12:
		return "User defined signal 2"
	case 13:
		return "Broken pipe"
	case 14:
		return "Alarm clock"
	case 15:
		return "Terminated"
	case 16:
		return "Stack fault"
	case 24:
		return "CPU time limit exceeded"
	case 25:
		return "File size limit exceeded"
	case 26:
		return "Virtual timer expired"
	case 27:
		return "Profiling timer expired"
	case 29:
		return "I/O possible"
	case 30:
		return "Power failure"
	case 31:
		return "Bad system call"
	}
	return "Signal " + Name(n)
}
