package session

// Options are the shell's options, a set.
type Options uint32

const (
	AllExport Options = 1 << iota
	Notify
	NoClobber
	ErrExit
	NoGlob
	HashAll
	Interactive
	Monitor
	NoExec
	NoUnset
	Verbose
	XTrace
	IgnoreEOF
	NoLog
	Vi
	Emacs
	PipeFail
	Posix
	OneCommand // -t
	StdinInput // -s
	FromString // -c
	ErrTrace
	FuncTrace
	Physical
	// The rest are kept and listed only.
	histExpand
	privileged
	keyword
	history
)

// OptionNames lists each option with its letter (0: none) and its -o name
// ("" : none).
var OptionNames = [...]struct {
	Bit    Options
	Letter byte
	Name   string
}{
	{AllExport, 'a', "allexport"},
	{Notify, 'b', "notify"},
	{NoClobber, 'C', "noclobber"},
	{ErrExit, 'e', "errexit"},
	{NoGlob, 'f', "noglob"},
	{HashAll, 'h', "hashall"},
	{Interactive, 'i', ""},
	{Monitor, 'm', "monitor"},
	{NoExec, 'n', "noexec"},
	{NoUnset, 'u', "nounset"},
	{Verbose, 'v', "verbose"},
	{XTrace, 'x', "xtrace"},
	{IgnoreEOF, 0, "ignoreeof"},
	{NoLog, 0, "nolog"},
	{Vi, 0, "vi"},
	{Emacs, 0, "emacs"},
	{PipeFail, 0, "pipefail"},
	{Posix, 0, "posix"},
	{OneCommand, 't', "onecmd"},
	{StdinInput, 's', ""},
	{FromString, 'c', ""},
	{ErrTrace, 'E', "errtrace"},
	{FuncTrace, 'T', "functrace"},
	{Physical, 'P', "physical"},
	{histExpand, 'H', "histexpand"},
	{privileged, 'p', "privileged"},
	{keyword, 'k', "keyword"},
	{history, 0, "history"},
}

// OptionByLetter returns the option of a letter, 0 when there is none.
func OptionByLetter(c byte) Options {
	for i := range OptionNames {
		if OptionNames[i].Letter == c && c != 0 {
			return OptionNames[i].Bit
		}
	}
	return 0
}

// OptionByName returns the option of a -o name, 0 when there is none.
func OptionByName(name string) Options {
	for i := range OptionNames {
		if OptionNames[i].Name == name && name != "" {
			return OptionNames[i].Bit
		}
	}
	return 0
}

// Letters is the value of $-.
func (o Options) Letters() string {
	var b []byte
	for i := range OptionNames {
		if e := &OptionNames[i]; o&e.Bit != 0 && e.Letter != 0 {
			b = append(b, e.Letter)
		}
	}
	return string(b)
}
