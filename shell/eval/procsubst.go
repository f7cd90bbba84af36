package eval

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/diag"
	"cosh/shell/files"
	"cosh/shell/job"
	"cosh/shell/lang"
)

// topSubstituted is the highest descriptor for a process substitution; more of
// them go downwards, as in bash.
const topSubstituted = 63

// processSubstitution compiles <(list) and >(list): the list runs beside the
// command, joined to it by a pipe that the command finds at /dev/fd/N. The
// command's end is closed when the command has ended.
//
// <(list) is a virtual subshell as long as nothing can tell. >(list) is always
// a process, as it lives on when the shell ends.
func (c *compiler) processSubstitution(cmd *syntax.ProcSubst) func(*Shell) string {
	text := lang.Text(c.chunk, cmd)
	out := cmd.Op == syntax.CmdOut
	h := handover{text: inside(text), line: c.line(cmd), script: c.chunk.Name}
	var only []stage
	if len(cmd.Stmts) == 1 && !cmd.Stmts[0].Background {
		if _, ok := cmd.Stmts[0].Cmd.(*syntax.CallExpr); ok {
			c.stages(&only, cmd.Stmts[0])
		}
	}
	direct := &stage{}
	if len(only) == 1 {
		direct = &only[0]
	} else {
		direct.run = c.list(cmd.Stmts)
	}
	c.sh.substitutions.Add(1)
	process := out || strings.Contains(c.chunk.Src, "$!") || mentionsPid(text)
	return func(sh *Shell) string {
		ours, theirs, err := sh.openPipe(out)
		if err != nil {
			sh.fail(err)
			return ""
		}
		fd := 1
		if out {
			fd = 0
		}
		base := len(sh.saved)
		sh.closeSubstituted()
		sh.put(fd, theirs)
		switch {
		case sh.isDirect(direct):
			var p *job.Proc
			if p, err = sh.startDirect(direct.direct, nil); err == nil {
				sh.aside(p, text)
			}
		case process || sh.monitored():
			var p *job.Proc
			if p, err = sh.startSelf(h, nil); err == nil {
				sh.aside(p, text)
			}
		default:
			sub := sh.fork()
			sub.Params = slices.Clone(sub.Params)
			sh.beside.Add(1)
			go func() {
				sub.run(direct.run)
				sub.beside.Add(-1)
			}()
		}
		sh.restore(base)
		if err != nil {
			sh.Status = sh.Report(err)
		}
		n := sh.freeBelow(topSubstituted)
		sh.put(n, ours)
		sh.saved[len(sh.saved)-1].substituted = true
		return "/dev/fd/" + strconv.Itoa(n)
	}
}

// closing closes the process substitutions of a command behind it.
func closing(n node) node {
	return func(sh *Shell) ctl {
		base := len(sh.saved)
		r := n(sh)
		sh.restore(base)
		return r
	}
}

// inside is the text of <(list) without its parentheses.
func inside(text string) string {
	if len(text) < 3 {
		return ""
	}
	return strings.TrimSuffix(text[2:], ")")
}

// openPipe makes a pipe: ours is the reading end, or with out the writing one.
func (sh *Shell) openPipe(out bool) (ours, theirs *files.File, err error) {
	var p [2]int
	if err := unix.Pipe2(p[:], unix.O_CLOEXEC); err != nil {
		return nil, nil, &diag.Problem{What: "cannot make a pipe: " + diag.Errno(err), Status: 125}
	}
	if out {
		return files.New(p[1]), files.New(p[0]), nil
	}
	return files.New(p[0]), files.New(p[1]), nil
}

// aside notes a process that is no job: $! names it, and wait finds it.
func (sh *Shell) aside(p *job.Proc, text string) {
	sh.jobs.Aside(&job.Job{Procs: []*job.Proc{p}, Text: text})
	sh.Background = p.Pid()
}

// closeSubstituted closes, until restore, the descriptors of other process
// substitutions, so that a process that is about to start does not keep their
// pipes open.
func (sh *Shell) closeSubstituted() {
	for _, s := range sh.saved {
		if s.substituted {
			sh.put(s.fd, nil)
		}
	}
}

// dropSubstituted closes what the words of a redirection above base have
// opened: the redirection has its own reference now.
func (sh *Shell) dropSubstituted(base int) {
	for i := len(sh.saved) - 1; i >= base; i-- {
		if s := sh.saved[i]; s.substituted {
			sh.files.Restore(s.fd, s.file)
			sh.saved = slices.Delete(sh.saved, i, i+1)
		}
	}
}

// freeBelow is the highest closed descriptor up to n.
func (sh *Shell) freeBelow(n int) int {
	for n > 10 && sh.files.Get(n) != nil {
		n--
	}
	return n
}

// freeFrom is the lowest closed descriptor from n on.
func (sh *Shell) freeFrom(n int) int {
	for sh.files.Get(n) != nil {
		n++
	}
	return n
}

// mentionsPid reports that a text asks which process it runs in.
func mentionsPid(text string) bool { return strings.Contains(text, "BASHPID") }
