package eval

import (
	"golang.org/x/sys/unix"
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/files"
)

// substitution compiles $( list ).
func (c *compiler) substitution(cmd *syntax.CmdSubst) func(*Shell) string {
	if cmd.TempFile || cmd.ReplyVar {
		f := c.refuse(cmd)
		return func(sh *Shell) string { f(sh); sh.failf("substitution failed"); return "" }
	}
	if len(cmd.Stmts) == 1 {
		if s := cmd.Stmts[0]; s.Cmd == nil && len(s.Redirs) == 1 && s.Redirs[0].Op == syntax.RdrIn {
			return c.readFile(s.Redirs[0])
		}
	}
	body := c.list(cmd.Stmts)
	if len(cmd.Stmts) == 0 {
		return func(sh *Shell) string { sh.last = 0; return "" }
	}
	process, asks := c.processBody(cmd)
	return func(sh *Shell) string {
		if process != nil && sh.mustBeProcess(asks) {
			return process(sh)
		}
		return sh.capture(body)
	}
}

// capture runs body in a subshell and returns what it wrote, without the
// newlines at the end and without NUL bytes.
func (sh *Shell) capture(body node) string {
	sub := sh.fork()
	file, out := files.NewCapture(nil)
	sub.files.Restore(1, nil)
	sub.files.Put(1, file)
	sub.guard, sub.level = 0, sh.level+sh.depth+1
	if sh.guard > 0 {
		sub.guard = 1
	}
	sh.last = sub.run(body)
	return trimmed(out.Finish())
}

func trimmed(b []byte) string {
	for len(b) > 0 && b[len(b)-1] == '\n' {
		b = b[:len(b)-1]
	}
	for i, ch := range b {
		if ch == 0 {
			clean := append([]byte(nil), b[:i]...)
			for _, ch := range b[i:] {
				if ch != 0 {
					clean = append(clean, ch)
				}
			}
			return string(clean)
		}
	}
	return string(b)
}

// readFile is $(<file).
func (c *compiler) readFile(r *syntax.Redirect) func(*Shell) string {
	rd := c.redir(r)
	return func(sh *Shell) string {
		path := rd.word(sh)
		if sh.fault != nil {
			return ""
		}
		sh.last = 1
		f, err := sh.open(path, unix.O_RDONLY)
		if err != nil {
			sh.report(err)
			return ""
		}
		var t files.Table
		t.Put(0, f)
		defer t.Release()
		var out []byte
		buf := make([]byte, 32<<10)
		for {
			n, err := f.Read(buf)
			out = append(out, buf[:n]...)
			if err != nil {
				break
			}
		}
		sh.last = 0
		return trimmed(out)
	}
}
