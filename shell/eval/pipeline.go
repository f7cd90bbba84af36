package eval

import (
	"sync"

	"golang.org/x/sys/unix"
	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/command"
	"cosh/shell/diag"
	"cosh/shell/files"
	"cosh/shell/job"
	"cosh/shell/lang"
	"cosh/shell/session"
)

// stage is one command of a pipeline.
type stage struct {
	run    node
	direct *simple // a program or wrapper that needs no subshell around it
	errors bool    // |&: descriptor 2 goes into the pipe too
	text   string
	line   int
	script string
}

// pipeline compiles a | b | c, flattened.
func (c *compiler) pipeline(s *syntax.Stmt) node {
	var stages []stage
	c.bothSides(&stages, s.Cmd.(*syntax.BinaryCmd))
	text := lang.Text(c.chunk, s)
	return func(sh *Shell) ctl { return sh.pipeline(stages, text) }
}

// bothSides adds the stages of both sides of a |.
func (c *compiler) bothSides(out *[]stage, b *syntax.BinaryCmd) {
	c.stages(out, b.X)
	(*out)[len(*out)-1].errors = b.Op == syntax.PipeAll
	c.stages(out, b.Y)
}

func (c *compiler) stages(out *[]stage, s *syntax.Stmt) {
	if b, ok := s.Cmd.(*syntax.BinaryCmd); ok && (b.Op == syntax.Pipe || b.Op == syntax.PipeAll) &&
		len(s.Redirs) == 0 && !s.Negated && c.chunk.Blocks[s] == nil {
		c.bothSides(out, b)
		return
	}
	st := stage{text: lang.Text(c.chunk, s), line: c.line(s), script: c.chunk.Name}
	if call, ok := s.Cmd.(*syntax.CallExpr); ok && !s.Negated {
		cmd := c.commandOf(call, s)
		st.run = cmd.node()
		st.direct = startable(cmd, s, call)
	} else {
		st.run = c.stmt(s)
	}
	*out = append(*out, st)
}

// startable is cmd when its process can be started without a subshell around
// it, as far as its text tells, else nil.
func startable(cmd *simple, s *syntax.Stmt, call *syntax.CallExpr) *simple {
	if cmd.name == "" || len(cmd.assigns) > 0 || !pure(call.Args) {
		return nil
	}
	wrapper := cmd.builtin != nil && cmd.builtin.Kind == command.Wrapper
	for _, r := range s.Redirs {
		if !wrapper || r.Hdoc == nil && !pure([]*syntax.Word{r.Word}) {
			return nil
		}
	}
	return cmd
}

// pure reports that expanding the words changes nothing and takes no time.
func pure(ws []*syntax.Word) bool {
	ok := true
	for _, w := range ws {
		syntax.Walk(w, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.CmdSubst, *syntax.ProcSubst, *syntax.ArithmExp:
				ok = false
			case *syntax.ParamExp:
				ok = ok && n.Exp == nil && n.Slice == nil
			}
			return ok
		})
	}
	return ok
}

// pipeline runs the stages side by side and waits for all of them.
func (sh *Shell) pipeline(stages []stage, text string) ctl {
	if sh.runsHere() {
		return sh.pipelineHere(stages, text)
	}
	g := sh.newGroup(true)
	j, wait, err := sh.startPipeline(stages, g, nil)
	j.Text = text
	j.PipeFail = sh.Options&session.PipeFail != 0
	r := ctlNext
	if len(j.Procs) > 0 {
		if g != nil {
			j.Group = g.id
		}
		sh.postSentry(j)
		r = sh.await(j)
	}
	sh.Status = wait(j)
	if err != nil {
		sh.failed(err)
	}
	return sh.errexit(r)
}

// member is how a stage runs: a process, or a goroutine with a status.
type member struct {
	proc   *job.Proc
	status int
}

// startPipeline starts every stage. wait waits for the stages that run in this
// process and returns the pipeline's status.
//
// out, when not nil, becomes the output of the last one.
func (sh *Shell) startPipeline(stages []stage, g *group, out *files.File) (j *job.Job, wait func(*job.Job) int, err error) {
	j = &job.Job{}
	members := make([]member, len(stages))
	var running sync.WaitGroup
	var in *files.File
	for i := range stages {
		var p [2]int
		var r, w *files.File
		if i < len(stages)-1 {
			if err = unix.Pipe2(p[:], unix.O_CLOEXEC); err != nil {
				err = &diag.Problem{What: "cannot make a pipe: " + diag.Errno(err), Status: 125}
				files.Discard(in)
				break
			}
			r, w = files.New(p[0]), files.New(p[1])
		} else {
			w = out
		}
		sh.startStage(&stages[i], in, w, g, j, &members[i], &running)
		in = r
	}
	return j, func(j *job.Job) int {
		running.Wait()
		status := 0
		all := make([]int, len(members))
		defer func() { sh.Pipe = all }()
		for i := range members {
			s := members[i].status
			if p := members[i].proc; p != nil {
				s = p.Status
			}
			all[i] = s
			if i == len(members)-1 && (!j.PipeFail || s != 0) || j.PipeFail && s != 0 {
				status = s
			}
		}
		return status
	}, err
}

// startStage starts one stage between its pipes, which it lets go of.
func (sh *Shell) startStage(st *stage, in, out *files.File, g *group, j *job.Job, m *member, running *sync.WaitGroup) {
	base := len(sh.saved)
	if in != nil {
		sh.put(0, in)
	}
	if out != nil {
		sh.put(1, out)
		if st.errors {
			sh.put(2, out)
		}
	}
	defer sh.restore(base)
	if sh.isDirect(st) {
		p, err := sh.startDirect(st.direct, g)
		sh.joined(p, err, j, m)
		return
	}
	if g != nil || sh.mustBeProcess(mentionsPid(st.text)) {
		p, err := sh.startSelf(handover{text: st.text, line: st.line, script: st.script}, g)
		sh.joined(p, err, j, m)
		return
	}
	sub := sh.fork()
	running.Add(1)
	go func() {
		defer running.Done()
		m.status = sub.run(st.run)
	}()
}

// joined makes a process part of the job; where it could not be started, its
// stage has failed.
func (sh *Shell) joined(p *job.Proc, err error, j *job.Job, m *member) {
	if err != nil {
		status := sh.Status
		sh.failed(err)
		m.status, sh.Status = sh.Status, status
		return
	}
	m.proc = p
	j.Procs = append(j.Procs, p)
}

// isDirect: nothing hides the program or wrapper that the stage names.
func (sh *Shell) isDirect(st *stage) bool {
	d := st.direct
	return d != nil && sh.Func(d.id) == nil && (d.builtin == nil || d.builtin.Kind == command.Wrapper) &&
		sh.Options&session.XTrace == 0 && sh.opensAtOnce(d.redirs)
}

// opensAtOnce reports that no redirection waits for somebody else: a FIFO is
// opened when its other end is, which only a process of its own may wait for.
func (sh *Shell) opensAtOnce(rs []redir) bool {
	for i := range rs {
		switch rs[i].op {
		case syntax.RdrIn, syntax.RdrOut, syntax.RdrInOut, syntax.AppOut, syntax.RdrClob, syntax.RdrAll, syntax.AppAll:
			var st unix.Stat_t
			if unix.Stat(sh.Path(rs[i].word(sh)), &st) == nil && st.Mode&unix.S_IFMT == unix.S_IFIFO {
				return false
			}
		}
	}
	return true
}

// startDirect starts a stage that is one process.
func (sh *Shell) startDirect(s *simple, g *group) (*job.Proc, error) {
	base := len(sh.args)
	defer func() { sh.args = sh.args[:base] }()
	sh.Line = s.line
	if !sh.expand(s.words) {
		err := sh.fault
		sh.fault = nil
		return nil, err
	}
	opened := len(sh.saved)
	defer sh.restore(opened)
	if !sh.redirect(s.redirs) {
		return nil, errReported
	}
	argv := sh.args[base:len(sh.args):len(sh.args)]
	if s.builtin != nil {
		spec, err := sh.wrappedSpec(argv, s.block)
		if err != nil {
			return nil, err
		}
		if g != nil {
			sh.place(spec, g)
		}
		return sh.spawn(spec, g)
	}
	spec, err := sh.program(argv, sh.Environ())
	if err != nil {
		return nil, err
	}
	if g != nil {
		sh.place(spec, g)
	}
	return sh.spawn(spec, g)
}
