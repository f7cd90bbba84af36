package session

// Shopts are bash's further options, those of shopt, a set.
type Shopts uint64

const (
	DotGlob Shopts = 1 << iota
	ExpandAliases
	ExtGlob
	FailGlob
	GlobASCIIRanges
	GlobStar
	InheritErrExit
	LastPipe
	LocalVarInherit
	NoCaseGlob
	NoCaseMatch
	NullGlob
	PatSubReplacement
	SourcePath
	XpgEcho
	// NoBraces: set +B, no brace expansion. It has no name in shopt.
	NoBraces
	// The rest are kept and listed only: what they ask
	// for is always so here, or concerns a line editor that cosh does not have.
	checkWinSize
	globSkipDots
	dirExpand
	dirSpell
	histReedit
	histVerify
	cmdHist
	complete
	extDebug
	extQuote
	forceFignore
	histAppend
	hostComplete
	hupOnExit
	checkJobs
	autoCd
	cdSpell
	interactiveComments
	litHist
	noEmptyCmdCompletion
	progComp
	promptVars
	shiftVerbose
)

// InitialShopts are those that are on in a new shell.
const InitialShopts = ExpandAliases | GlobASCIIRanges | PatSubReplacement | SourcePath | globSkipDots | checkWinSize | cmdHist | complete |
	extQuote | forceFignore | hostComplete | interactiveComments | progComp | promptVars

// ShoptNames lists each option of shopt by its name, in order.
var ShoptNames = [...]struct {
	Bit  Shopts
	Name string
}{
	{autoCd, "autocd"},
	{cdSpell, "cdspell"},
	{checkJobs, "checkjobs"},
	{checkWinSize, "checkwinsize"},
	{cmdHist, "cmdhist"},
	{complete, "complete_fullquote"},
	{dirExpand, "direxpand"},
	{dirSpell, "dirspell"},
	{DotGlob, "dotglob"},
	{ExpandAliases, "expand_aliases"},
	{extDebug, "extdebug"},
	{ExtGlob, "extglob"},
	{extQuote, "extquote"},
	{FailGlob, "failglob"},
	{forceFignore, "force_fignore"},
	{GlobASCIIRanges, "globasciiranges"},
	{globSkipDots, "globskipdots"},
	{GlobStar, "globstar"},
	{histAppend, "histappend"},
	{histReedit, "histreedit"},
	{histVerify, "histverify"},
	{hostComplete, "hostcomplete"},
	{hupOnExit, "huponexit"},
	{InheritErrExit, "inherit_errexit"},
	{interactiveComments, "interactive_comments"},
	{LastPipe, "lastpipe"},
	{litHist, "lithist"},
	{LocalVarInherit, "localvar_inherit"},
	{noEmptyCmdCompletion, "no_empty_cmd_completion"},
	{NoCaseGlob, "nocaseglob"},
	{NoCaseMatch, "nocasematch"},
	{NullGlob, "nullglob"},
	{PatSubReplacement, "patsub_replacement"},
	{progComp, "progcomp"},
	{promptVars, "promptvars"},
	{shiftVerbose, "shift_verbose"},
	{SourcePath, "sourcepath"},
	{XpgEcho, "xpg_echo"},
}

// ShoptByName returns the option of that name, 0 when there is none.
func ShoptByName(name string) Shopts {
	for i := range ShoptNames {
		if ShoptNames[i].Name == name {
			return ShoptNames[i].Bit
		}
	}
	return 0
}
