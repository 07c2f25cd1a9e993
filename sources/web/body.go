package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// usualSize is the most that an answer may hold where the request does not say.
const usualSize = 64 << 20

// headSize is how much of an answer is looked at before it is handed on.
const headSize = 4 << 10

// zstdWindow is the largest that a sender of zstd over HTTP may use (RFC 9659).
const zstdWindow = 8 << 20

// body is what an answer holds, decompressed, bounded, and checked to be whole.
type body struct {
	packed *ceiling // as it travels
	reader *bufio.Reader
	err    error // the first error of reading; io.EOF at the end
	close  func()
}

// openBody reads an answer of at most limit bytes, before and after it is unpacked.
// stop breaks the exchange off when no byte comes for the time stall.
func openBody(a *http.Response, limit int64, stall time.Duration, stop context.CancelCauseFunc) (*body, error) {
	if limit <= 0 {
		limit = usualSize
	}
	// gzip adds 5 bytes to a block of 64 KiB that does not shrink, and a head and a foot.
	most := limit + limit/1000 + 1<<10
	if a.ContentLength > most {
		return nil, tooLarge(limit)
	}
	watched := &watched{body: a.Body, stall: stall, timer: time.AfterFunc(stall, func() { stop(errStalled) })}
	watched.timer.Stop()
	b := &body{packed: &ceiling{reader: watched, left: most, limit: limit}, close: func() {}}
	var plain io.Reader = b.packed
	switch encoding := strings.ToLower(strings.Join(a.Header.Values("Content-Encoding"), ", ")); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		unpack, err := gzip.NewReader(b.packed)
		if err != nil {
			return nil, b.told(err)
		}
		plain = unpack
	case "zstd":
		unpack, err := zstd.NewReader(b.packed, zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, b.told(err)
		}
		plain, b.close = unpack, unpack.Close
	default:
		return nil, &fault{what: fmt.Sprintf("the answer is packed as %q, which was not asked for", encoding), expected: "gzip, zstd, or not packed"}
	}
	b.reader = bufio.NewReaderSize(&ceiling{reader: plain, left: limit, limit: limit}, 64<<10)
	return b, nil
}

// head returns the first bytes without reading over them.
func (b *body) head() ([]byte, error) {
	head, err := b.reader.Peek(headSize)
	if err != nil && err != io.EOF {
		return nil, b.told(err)
	}
	return head, nil
}

// Read keeps the error, so that whoever reads cannot lose it.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.reader.Read(p)
	if err != nil && b.err == nil {
		b.err = err
	}
	return n, err
}

// finish reads what the reader has left, and returns what kept the body from being
// whole, or nil.
func (b *body) finish() error {
	for skipped := make([]byte, 32<<10); b.err == nil; {
		b.Read(skipped) // which keeps its error
	}
	if b.err == io.EOF {
		return nil
	}
	return b.told(b.err)
}

// told tells an error of reading. Where all came as it was sent, it was damaged before:
// cut, mostly, on the way to whoever sent it.
func (b *body) told(err error) error {
	var f *fault
	switch {
	case b.packed.err != nil && b.packed.err != io.EOF:
		return b.packed.err
	case errors.As(err, &f):
		return f
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		return &fault{what: "the answer cannot be unpacked: " + err.Error(), expected: "zstd with a window of at most 8 MiB"}
	}
	return &fault{what: "the answer cannot be unpacked: " + err.Error(), passing: true}
}

func tooLarge(limit int64) *fault {
	return &fault{
		what:     fmt.Sprintf("the answer has more than %d bytes", limit),
		expected: "a smaller one",
		remedy:   "look at what the publisher sends there; ask for less at a time",
	}
}

// ceiling refuses what goes on for longer than it may. Its errors stay.
type ceiling struct {
	reader      io.Reader
	left, limit int64
	err         error
}

func (c *ceiling) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1] // one more tells the end from too much
	}
	n, err := c.reader.Read(p)
	c.left -= int64(n)
	if c.left < 0 {
		n, err = 0, tooLarge(c.limit)
	}
	c.err = err
	return n, err
}

// watched runs a timer while somebody waits for bytes, and not while those that came
// are worked on.
type watched struct {
	body  io.Reader
	stall time.Duration
	timer *time.Timer
}

func (w *watched) Read(p []byte) (int, error) {
	w.timer.Reset(w.stall)
	defer w.timer.Stop()
	return w.body.Read(p)
}
