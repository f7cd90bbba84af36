package term

import (
	"encoding/binary"
	"os"
	"os/signal"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// waker ends a wait for input from another goroutine, so that signals are
// seen in turn with keys. An eventfd is what poll(2) sees; the bits say why.
type waker struct {
	fd   int
	bits atomic.Uint32
}

const (
	wakeResize uint32 = 1 << iota
	wakeInterrupt
)

func newWaker() (*waker, error) {
	fd, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		return nil, err
	}
	return &waker{fd: fd}, nil
}

func (w *waker) post(bit uint32) {
	w.bits.Or(bit)
	var one [8]byte
	binary.NativeEndian.PutUint64(one[:], 1)
	unix.Write(w.fd, one[:]) // fails only where a wake-up is there already
}

// take returns the reasons posted so far and forgets them.
func (w *waker) take() uint32 {
	var count [8]byte
	unix.Read(w.fd, count[:]) // empty at worst
	return w.bits.Swap(0)
}

func (w *waker) close() error { return unix.Close(w.fd) }

// waitInput waits until fd can be read or the waker was posted, at most
// for a number of milliseconds (-1: forever). A descriptor that hung up can be read.
func (w *waker) waitInput(fd, milliseconds int) (ready, woken bool, err error) {
	fds := [...]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}, {Fd: int32(w.fd), Events: unix.POLLIN}}
	for {
		_, err := unix.Poll(fds[:], milliseconds)
		if err == unix.EINTR {
			continue
		}
		return fds[0].Revents != 0, fds[1].Revents != 0, err
	}
}

// watch posts a bit whenever a signal comes, until it is stopped.
type watch struct {
	signals chan os.Signal
	done    chan struct{}
}

func (w *waker) watch(sig os.Signal, bit uint32) *watch {
	s := &watch{signals: make(chan os.Signal, 1), done: make(chan struct{})}
	signal.Notify(s.signals, sig)
	go func() {
		defer close(s.done)
		for range s.signals {
			w.post(bit)
		}
	}()
	return s
}

// stop returns when no more will be posted.
func (s *watch) stop() {
	signal.Stop(s.signals)
	close(s.signals)
	<-s.done
}
