package shell

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cosh/shell/diag"
	"cosh/shell/eval"
	"cosh/shell/lang"
)

// check is cosh -n FILE…: it reads files, and the shell scripts below
// directories, without running them. Every file with an error has it reported;
// the status is 2 where there is one, 127 where a file cannot be read, else 0.
func check(sh *eval.Shell, paths []string) int {
	o := sh.LangOptions()
	o.Check = true
	status := 0
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && entry.Name() == ".git":
				return fs.SkipDir
			case entry.IsDir() || name != path && !entry.Type().IsRegular():
				return nil
			}
			status = max(status, checkFile(sh, o, name, name == path))
			return nil
		})
		if err != nil {
			sh.Report(&diag.Problem{What: "cannot open " + path + ": " + diag.Errno(err)})
			status = 127
		}
	}
	return status
}

// checkFile reads one file; named is false for one that was met in a directory.
func checkFile(sh *eval.Shell, o lang.Options, path string, named bool) int {
	if !named && !scriptName(path) {
		return 0
	}
	text, err := os.ReadFile(path)
	if err != nil {
		sh.Report(&diag.Problem{What: "cannot open " + path + ": " + diag.Errno(err)})
		return 127
	}
	r := lang.NewTextReader(path, string(text), o)
	for {
		switch _, err := r.Next(); {
		case errors.Is(err, io.EOF):
			return 0
		case err != nil:
			sh.Report(err)
			return 2
		}
	}
}

// scriptName reports a file that looks like a shell script: by its name, or
// by its first line.
func scriptName(path string) bool {
	switch filepath.Ext(path) {
	case ".sh", ".csh":
		return true
	case "":
	default:
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 128)
	n, _ := io.ReadFull(f, head)
	line, _, _ := strings.Cut(string(head[:n]), "\n")
	if !strings.HasPrefix(line, "#!") {
		return false
	}
	words := strings.Fields(line[2:])
	for i, w := range words {
		words[i] = filepath.Base(w)
	}
	for _, w := range words {
		switch w {
		case "sh", "bash", "dash", "ksh", "mksh", "cosh":
			return true
		}
	}
	return false
}
