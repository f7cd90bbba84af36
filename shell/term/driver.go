package term

import (
	"io"

	"cosh/shell/edit"
	"github.com/chzyer/readline"
	"golang.org/x/sys/unix"
)

// driver reads lines with editing, by means of a readline instance that is
// kept on a short leash: it is given one meaningless character per key (input),
// a filter that updates the model and passes on nothing until the line is done, and a painter that
// draws the model's frame. It writes to nowhere, and never sees a line, a
// history or a completion.
//
// The steps of one line, in the goroutines of readline:
//
//	caller                      terminal loop         operation loop
//	enter raw mode
//	Paint: first frame, turn ─→ input.Read: a key ─→ filter: Update(key)
//	                            input.Read  ←─ turn ─ Paint: next frame   (until Submit)
//	leave raw mode   ←─────────────────────────────── Enter
//
// So at most one of them works at a time, and after the line all wait.
type driver struct {
	in     *input
	raw    rawMode
	screen screen
	model  *edit.Model

	readline *readline.Instance // made for the first line
	resized  *watch
	result   edit.Result // of the key last read
	err      error       // why the terminal could not be set up
}

func newDriver(in, out int, o Options, wake *waker) *driver {
	return &driver{
		in:     newInput(in, wake),
		raw:    rawMode{fd: in},
		screen: screen{fd: out, reflows: reflows(o.Getenv)},
		model:  edit.New(edit.Config{Incomplete: o.Incomplete, History: o.History}),
	}
}

func (d *driver) read(first, further string) (string, error) {
	if err := d.start(); err != nil {
		return "", err
	}
	d.in.wake.take() // an interrupt from before is not for this line
	d.model.Reset(first, further)
	d.result, d.err = edit.Continue, nil
	// The buffer holds one character: readline ends a session whose buffer is empty on some keys.
	if _, err := d.readline.ReadlineWithDefault(" "); err != nil {
		return "", err
	}
	if d.err != nil {
		return "", d.err
	}
	if err := outcome(d.result); err != nil {
		return "", err
	}
	return d.model.Text(), nil
}

// start makes the readline instance and listens for changes of the window's size.
func (d *driver) start() error {
	if d.readline != nil {
		return nil
	}
	rl, err := readline.NewEx(&readline.Config{
		Stdin:                  d.in,
		Stdout:                 io.Discard,
		Stderr:                 io.Discard,
		Painter:                d,
		FuncFilterInputRune:    d.filter,
		FuncMakeRaw:            d.enter,
		FuncExitRaw:            d.exit,
		FuncIsTerminal:         func() bool { return true },
		FuncGetWidth:           func() int { return 80 }, // of the one character it holds
		FuncOnWidthChanged:     func(func()) {},
		UniqueEditLine:         true,
		DisableAutoSaveHistory: true,
		HistoryLimit:           -1,
	})
	if err != nil {
		return err
	}
	d.readline = rl
	d.resized = d.in.wake.watch(unix.SIGWINCH, wakeResize)
	return nil
}

// enter is readline's raw mode. It does not look at the error, so the line is ended here.
func (d *driver) enter() error {
	columns, _ := windowSize(d.screen.fd)
	if d.err = d.raw.enter(); d.err != nil {
		d.in.wake.post(wakeInterrupt)
		d.in.turn <- struct{}{}
		return d.err
	}
	d.screen.begin(columns)
	return nil
}

func (d *driver) exit() error { return d.raw.exit() }

// Paint draws the frame, then lets the next key be read. Readline also
// paints before it enters raw mode, when there is nothing to draw yet, and
// after Enter, when no key may be read any more.
func (d *driver) Paint([]rune, int) []rune {
	if d.raw.saved == nil || d.result != edit.Continue {
		return nil
	}
	d.draw()
	d.in.turn <- struct{}{}
	return nil
}

func (d *driver) draw() {
	columns, rows := windowSize(d.screen.fd)
	d.screen.draw(d.model.View(columns, rows), columns)
}

// filter takes the key behind readline's character. Readline hears of
// nothing but the line's end, always as Enter.
func (d *driver) filter(r rune) (rune, bool) {
	if r != keyReady { // 0: the instance is being closed
		return r, true
	}
	if d.err != nil {
		return readline.CharEnter, true
	}
	d.result = d.model.Update(d.in.key)
	if d.result == edit.Continue {
		return 0, false
	}
	d.draw()
	d.screen.end()
	return readline.CharEnter, true
}

// close ends the goroutines. Instance.Close would post an end of input that
// nobody takes; closing the terminal is enough once the input has ended.
func (d *driver) close() error {
	if d.readline == nil {
		return nil
	}
	d.resized.stop()
	d.in.stop()
	err := d.readline.Terminal.Close()
	d.readline = nil
	return err
}
