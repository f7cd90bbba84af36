package eval

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"cosh/shell/command"
	"cosh/shell/session"
)

// selectClause is select NAME in words: the words are offered as a numbered
// menu until the body breaks out or the input ends.
func (c *compiler) selectClause(cmd *syntax.ForClause) node {
	loop, ok := cmd.Loop.(*syntax.WordIter)
	if !ok {
		return c.refuse(cmd)
	}
	if !session.Valid(loop.Name.Value) {
		return c.badName(loop.Name)
	}
	menu := selection{id: c.names.ID(loop.Name.Value), reply: c.names.ID("REPLY"),
		prompt: c.names.ID("PS3"), columns: c.names.ID("COLUMNS")}
	body := c.list(cmd.Do)
	return c.overWords(loop, func(sh *Shell, values []string) ctl {
		if len(values) == 0 {
			return ctlNext
		}
		return menu.run(sh, values, body)
	})
}

// selection holds the variables of a select loop.
type selection struct {
	id, reply, prompt, columns session.ID
}

func (m *selection) run(sh *Shell, values []string, body node) ctl {
	for show := true; ; {
		if !m.ask(sh, values, show) {
			return ctlNext
		}
		if sh.fault != nil {
			return sh.fatal()
		}
		if stop, out := sh.turn(body(sh)); stop {
			return out
		}
		if sh.process.pending.Load() != 0 {
			if r := sh.takeSignals(); r != ctlNext {
				return r
			}
		}
		reply, _ := sh.Get(m.reply)
		show = reply == ""
	}
}

// ask shows the menu and the prompt until something is answered; false is the
// end of the input. What is no number of the menu selects "".
func (m *selection) ask(sh *Shell, values []string, show bool) bool {
	for {
		if show {
			m.show(sh, values)
		}
		prompt, ok := sh.Get(m.prompt)
		if !ok {
			prompt = "#? "
		}
		if f := sh.files.Get(2); f != nil {
			_, _ = f.Write([]byte(sh.ExpandPrompt(prompt)))
		}
		if sh.Run([]string{"read"}, command.RunOptions{}) != 0 {
			if f := sh.files.Get(1); f != nil {
				_, _ = f.Write([]byte("\n"))
			}
			sh.Status = 1
			return false
		}
		reply, _ := sh.Get(m.reply)
		if reply == "" {
			show = true
			continue
		}
		choice := ""
		if n, err := strconv.Atoi(strings.TrimSpace(reply)); err == nil && n >= 1 && n <= len(values) {
			choice = values[n-1]
		}
		sh.assign(m.id, choice)
		return true
	}
}

// show writes the menu to descriptor 2: in columns where several rows are left,
// else one below the other, the way bash lays it out.
func (m *selection) show(sh *Shell, values []string) {
	const between, tab = 4, 8 // ") " and two blanks; where tabs stop
	width := 80
	if text, _ := sh.Get(m.columns); text != "" {
		if n, err := strconv.Atoi(text); err == nil && n > 0 {
			width = n
		}
	}
	n := len(values)
	digits, widest := len(strconv.Itoa(n)), 0
	for _, v := range values {
		widest = max(widest, characters(v))
	}
	widest += digits + between
	cols := max(width/widest, 1)
	rows := (n + cols - 1) / cols
	cols = (n + rows - 1) / rows
	if rows == 1 {
		rows, cols = cols, 1
	}
	first := len(strconv.Itoa(rows))
	var b strings.Builder
	for row := range rows {
		at := 0
		for i := row; i < n; i += rows {
			numbers := digits
			if at == 0 {
				numbers = first
			}
			label := strconv.Itoa(i + 1)
			b.WriteString(strings.Repeat(" ", max(numbers-len(label), 0)) + label + ") " + values[i])
			if i+rows >= n {
				break
			}
			from, to := at+numbers+2+characters(values[i]), at+widest
			for from < to {
				if to/tab > from/tab {
					b.WriteByte('\t')
					from += tab - from%tab
				} else {
					b.WriteByte(' ')
					from++
				}
			}
			at += widest
		}
		b.WriteByte('\n')
	}
	if f := sh.files.Get(2); f != nil {
		_, _ = f.Write([]byte(b.String()))
	}
}
