package eval

import (
	"os"
	"strings"

	"cosh/shell/diag"
	"cosh/shell/session"
)

// suggest is what might have been meant by a command that is not there: a
// builtin, a function, an alias or a program.
func (sh *Shell) suggest(name string) string {
	if strings.IndexByte(name, '/') >= 0 || len(name) < 2 {
		return ""
	}
	var among []string
	for _, b := range sh.registry.All() {
		among = append(among, b.Name)
	}
	sh.Funcs(func(f *session.Function) { among = append(among, f.Name) })
	for alias := range sh.Aliases {
		among = append(among, alias)
	}
	if near := diag.Nearest(name, among); near != "" {
		return near
	}
	return diag.Nearest(name, sh.programsLike(name))
}

// programsLike are the files in the folders of PATH that begin with the same
// letter and are about as long.
func (sh *Shell) programsLike(name string) (list []string) {
	path, _ := sh.Get(session.PATH)
	for _, dir := range strings.Split(path, ":") {
		if !strings.HasPrefix(dir, "/") {
			continue
		}
		f, err := os.Open(dir)
		if err != nil {
			continue
		}
		names, _ := f.Readdirnames(-1)
		f.Close()
		for _, n := range names {
			if n[0] == name[0] && len(n) >= len(name)-2 && len(n) <= len(name)+2 {
				list = append(list, n)
			}
		}
	}
	return list
}
