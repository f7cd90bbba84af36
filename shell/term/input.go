package term

import (
	"io"
	"unicode/utf8"

	"cosh/shell/edit"
	"golang.org/x/sys/unix"
)

// keyReady is the one character that readline ever sees: a private-use code
// point that means nothing to it and says that input.key holds a key.
const keyReady = '\ue000'

// escapeWait is how long an Escape may stand alone before it counts as the
// Escape key, in milliseconds; GNU readline's keyseq-timeout.
const escapeWait = 500

// input is the standard input that readline is given. A Read waits for a
// turn, then for a key. Turns are given one at a time, after the last key has taken its effect
// (see driver), so no byte beyond the line is ever read.
type input struct {
	fd      int
	wake    *waker
	decoder edit.Decoder
	key     edit.Key      // written before Read returns, read before the next turn is given
	turn    chan struct{} // of one: the right to read a key
	closed  chan struct{}
}

func newInput(fd int, wake *waker) *input {
	return &input{fd: fd, wake: wake, turn: make(chan struct{}, 1), closed: make(chan struct{})}
}

// Read delivers keyReady once input.key is set.
func (in *input) Read(p []byte) (int, error) {
	select {
	case <-in.turn:
	case <-in.closed:
		return 0, io.EOF
	}
	in.key = in.next()
	return utf8.EncodeRune(p, keyReady), nil
}

// Close is there for readline's interface; stop is what ends a waiting Read.
func (in *input) Close() error { return nil }

func (in *input) stop() { close(in.closed) }

// next waits for a key, a wake-up, or the end of input.
func (in *input) next() edit.Key {
	for {
		wait := -1
		if in.decoder.Pending() {
			wait = escapeWait
		}
		ready, woken, err := in.wake.waitInput(in.fd, wait)
		switch {
		case err != nil:
			return edit.Key{Code: edit.KeyHangup}
		case woken:
			if k, ok := wakeKey(in.wake.take()); ok {
				return k
			}
		case ready:
			if k, ok := in.readByte(); ok {
				return k
			}
		default:
			if k, ok := in.decoder.Timeout(); ok {
				return k
			}
		}
	}
}

func wakeKey(bits uint32) (edit.Key, bool) {
	switch {
	case bits&wakeInterrupt != 0:
		return edit.Key{Code: edit.KeyInterrupt}, true
	case bits&wakeResize != 0:
		return edit.Key{Code: edit.KeyResize}, true
	}
	return edit.Key{}, false
}

// readByte feeds the decoder one byte of the terminal.
func (in *input) readByte() (edit.Key, bool) {
	var b [1]byte
	n, err := unix.Read(in.fd, b[:])
	switch {
	case err == unix.EINTR || err == unix.EAGAIN:
		return edit.Key{}, false
	case err != nil || n == 0: // EIO: the terminal hung up, or is not ours any more
		return edit.Key{Code: edit.KeyHangup}, true
	}
	return in.decoder.Feed(b[0])
}
