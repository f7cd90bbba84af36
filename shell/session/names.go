package session

import "sync"

// ID is the slot number of a name: variables and functions of the same name
// share it. 0 is no name.
type ID int32

// The names that the shell itself looks at. NewNames interns them in this
// order, so that each constant is its name's slot.
const (
	_ ID = iota
	IFS
	PATH
	PWD
	OLDPWD
	HOME
	OPTIND
	OPTARG
	OPTERR
	PPID
	PS1
	PS2
	PS4
	LINENO
	RANDOM
	SECONDS
	ENV
	CDPATH
	FUNCNAME
	BASH_SOURCE
	BASH_LINENO
	PIPESTATUS
	EPOCHSECONDS
	EPOCHREALTIME
	SRANDOM
	BASHPID
	BASH_SUBSHELL
	REPLY
	MAPFILE
	firstFree
)

// predefined holds the names of the constants above.
var predefined = [...]string{
	"", "IFS", "PATH", "PWD", "OLDPWD", "HOME", "OPTIND", "OPTARG", "OPTERR",
	"PPID", "PS1", "PS2", "PS4", "LINENO", "RANDOM", "SECONDS", "ENV", "CDPATH",
	"FUNCNAME", "BASH_SOURCE", "BASH_LINENO", "PIPESTATUS", "EPOCHSECONDS", "EPOCHREALTIME",
	"SRANDOM", "BASHPID", "BASH_SUBSHELL", "REPLY", "MAPFILE",
}

// Names interns names to slots. One table serves a process: the compiled code
// holds slot numbers, and every virtual subshell shares them. It is safe for
// concurrent use.
type Names struct {
	mu   sync.RWMutex
	ids  map[string]ID
	list []string
}

// NewNames returns a table that holds the predefined names.
func NewNames() *Names {
	n := &Names{ids: make(map[string]ID, 128), list: make([]string, 0, 128)}
	for i, name := range predefined {
		n.list = append(n.list, name)
		if i > 0 {
			n.ids[name] = ID(i)
		}
	}
	return n
}

// ID returns the slot of name, a new one if it has none.
func (n *Names) ID(name string) ID {
	n.mu.RLock()
	id, ok := n.ids[name]
	n.mu.RUnlock()
	if ok {
		return id
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if id, ok := n.ids[name]; ok {
		return id
	}
	id = ID(len(n.list))
	name = string(append([]byte(nil), name...)) // do not keep a script's text alive
	n.list = append(n.list, name)
	n.ids[name] = id
	return id
}

// Lookup returns the slot of name, or 0 when nothing has ever been called that.
func (n *Names) Lookup(name string) ID {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.ids[name]
}

// Name returns the name of a slot.
func (n *Names) Name(id ID) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.list[id]
}

// Len is one more than the highest slot.
func (n *Names) Len() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return len(n.list)
}

// Valid reports whether s is a name (XBD 3.216).
func Valid(s string) bool {
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
