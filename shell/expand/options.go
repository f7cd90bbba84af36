package expand

import (
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/pattern"
)

// Options widen what Glob finds, as bash's options of these names do; the zero
// value is POSIX.
type Options struct {
	Mode  pattern.Mode // extglob and nocaseglob
	Dots  bool         // dotglob: patterns match hidden names
	Stars bool         // globstar: a component ** is any number of folders
}

// isPattern is pattern.IsPattern in the mode of the options.
func (o *Options) isPattern(text string) bool {
	return pattern.IsPattern(text) || o.Mode&pattern.Extended != 0 && pattern.HasGroup(text)
}

// needsScan reports that a component must be looked for among the names of
// its folder: it is a pattern, or letters match in either case.
func (o *Options) needsScan(component string) bool {
	return o.isPattern(component) ||
		o.Mode&pattern.FoldCase != 0 && component != "" && component != "." && component != ".."
}

// maxFolders bounds how deep ** goes.
const maxFolders = 256

// below matches ** in prefix's folder: what follows is looked for there and in
// every folder below, hidden ones only under dotglob; symbolic links are not
// followed.
func (g *globber) below(prefix, slashes, after string, depth int) {
	for next := ""; ; after = next { // **/**/ is **/
		component, more, rest := g.cut(after)
		if component != "**" || more == "" {
			break
		}
		slashes, next = more, rest
	}
	if depth == 0 && prefix != "" && !g.exists(prefix+".") {
		return
	}
	switch {
	case after != "":
		g.level++
		g.walk(prefix, after)
		g.level--
	case prefix != "" && depth == 0 && slashes == "" && g.level > 0:
		g.found = append(g.found, strings.TrimRight(prefix, "/")) // as bash has it
	case prefix != "" && (depth == 0 || slashes != ""):
		g.found = append(g.found, prefix)
	}
	if depth == maxFolders {
		return
	}
	any := pattern.Compile("*")
	if slashes == "" {
		if names, ok := g.scan(prefix, &any, g.Dots, false); ok {
			g.found = append(g.found, names...)
		}
	}
	dirs, _ := g.scan(prefix, &any, g.Dots, true)
	for _, path := range dirs {
		switch {
		case g.isDir(path):
			g.below(path+"/", slashes, after, depth+1)
		case slashes != "" && after == "" && g.exists(path+"/."):
			g.found = append(g.found, path+"/")
		}
	}
}

// isDir reports a folder that is not a symbolic link.
func (g *globber) isDir(path string) bool {
	var st unix.Stat_t
	err := unix.Fstatat(unix.AT_FDCWD, g.real(path), &st, unix.AT_SYMLINK_NOFOLLOW)
	return err == nil && st.Mode&unix.S_IFMT == unix.S_IFDIR
}

// cut is cutComponent that leaves the slashes in a group alone.
func (g *globber) cut(pat string) (component, slashes, after string) {
	if g.Mode&pattern.Extended == 0 || strings.IndexByte(pat, '(') < 0 {
		return cutComponent(pat)
	}
	depth := 0
	for i := 0; i < len(pat); i++ {
		switch pat[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			depth--
		case '/':
			if depth <= 0 {
				_, slashes, after = cutComponent(pat[i:])
				return pat[:i], slashes, after
			}
		}
	}
	return pat, "", ""
}

// hidden reports whether the names that begin with a dot are to be matched by
// a component.
func (g *globber) hidden(component string) bool {
	if g.Dots || explicitDot(component) {
		return true
	}
	// @(.a|b): a dot that an alternative begins with is explicit too.
	return g.Mode&pattern.Extended != 0 && len(component) > 2 && component[1] == '(' && component[0] != '!' &&
		(component[2] == '.' || strings.Contains(component, "|."))
}
