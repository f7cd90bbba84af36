// Package expand holds the word expansions that ask the file system:
// pathname expansion (XCU 2.6.6) and tilde expansion (XCU 2.6.1).
package expand

import (
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"cosh/shell/pattern"
)

// Glob appends to dst the paths that pat matches, sorted by their bytes, and
// returns it; nothing matching, or pat being no pattern, dst as it was. A
// backslash in pat quotes the next character. Relative patterns begin in dir, the shell's virtual working
// directory; the process's own is never used.
//
// A name that begins with a dot is matched only by a component that does. The
// entries . and .. are never matched by a pattern, as XCU 2.14.3 allows.
func Glob(dst []string, dir, pat string) []string {
	return GlobWith(dst, dir, pat, Options{})
}

// GlobWith is Glob with bash's options.
func GlobWith(dst []string, dir, pat string, o Options) []string {
	if !o.isPattern(pat) {
		return dst
	}
	g := globber{found: dst, first: len(dst), dir: dir, Options: o}
	g.walk("", pat)
	if g.buf != nil {
		buffers.Put(g.buf)
	}
	slices.Sort(g.found[g.first:])
	return g.found
}

type globber struct {
	Options
	level int // how many patterns stand before the component at hand
	found []string
	first int // where our part of found begins
	dir   string
	buf   *[bufferSize]byte // for getdents64, reused by all directories
	path  []byte            // for real
}

// walk matches the pattern rest in the directory of prefix, a path as it
// appears in the results: empty or with a slash at its end.
func (g *globber) walk(prefix, rest string) {
	for {
		component, slashes, after := g.cut(rest)
		if g.Stars && component == "**" {
			g.below(prefix, slashes, after, 0)
			return
		}
		if g.needsScan(component) {
			p := pattern.CompileMode(component, g.Mode)
			if _, literal := p.Literal(); !literal {
				g.match(prefix, &p, g.hidden(component), slashes, after)
				return
			}
		}
		prefix += pattern.Unescape(component) + slashes
		if after == "" {
			break
		}
		rest = after
	}
	if prefix != "" && g.exists(prefix) {
		g.found = append(g.found, prefix)
	}
}

// cutComponent splits pat behind its first component: its text, the slashes
// behind it and the rest. A quoted slash separates too.
func cutComponent(pat string) (component, slashes, after string) {
	i := strings.IndexByte(pat, '/')
	if i < 0 {
		return pat, "", ""
	}
	end := i
	for end < len(pat) && (pat[end] == '/' || pat[end] == '\\' && end+1 < len(pat) && pat[end+1] == '/') {
		end++
	}
	slashes = pat[i:end]
	if strings.IndexByte(slashes, '\\') >= 0 {
		slashes = strings.ReplaceAll(slashes, `\`, "")
	}
	component = pat[:i]
	if quoting(component) { // the backslash belonged to the slash
		component = component[:i-1]
	}
	return component, slashes, pat[end:]
}

// quoting reports that s ends in a backslash that quotes what follows.
func quoting(s string) bool {
	n := len(s) - len(strings.TrimRight(s, `\`))
	return n%2 == 1
}

// explicitDot reports that a pattern component begins with a dot.
func explicitDot(component string) bool {
	return strings.HasPrefix(component, ".") || strings.HasPrefix(component, `\.`)
}

// match appends the entries of prefix's directory that p matches, or goes on
// into them when more of the pattern is left.
func (g *globber) match(prefix string, p *pattern.Pattern, dots bool, slashes, after string) {
	names, ok := g.scan(prefix, p, dots, slashes != "")
	if !ok {
		return
	}
	if slashes == "" {
		g.found = append(g.found, names...)
		return
	}
	for _, path := range names {
		path += slashes
		switch {
		case after != "":
			g.level++
			g.walk(path, after)
			g.level--
		case g.exists(path): // the slash asks for a directory
			g.found = append(g.found, path)
		}
	}
}

// real is the path to hand to the kernel for a path of the results.
func (g *globber) real(path string) string {
	if strings.HasPrefix(path, "/") {
		return path
	}
	g.path = append(g.path[:0], g.dir...)
	g.path = append(g.path, '/')
	g.path = append(g.path, path...)
	return string(g.path)
}

func (g *globber) exists(path string) bool {
	var st unix.Stat_t
	return unix.Fstatat(unix.AT_FDCWD, g.real(path), &st, unix.AT_SYMLINK_NOFOLLOW) == nil
}
