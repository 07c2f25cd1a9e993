package standin

import (
	"bufio"
	"errors"
	"io"
	"net/http"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/transform"
)

// errEnd ends a body early, on purpose.
var errEnd = errors.New("the answer ends here")

// body writes contents through what a fault does to them: into another charset,
// up to where they end or stall, compressed, to the client.
type body struct {
	server *Server
	x      *exchange
	count  int64 // of the contents

	out    *bufio.Writer
	zip    *gzip.Writer // nil: not compressed
	client *http.ResponseController
}

func newBody(s *Server, w http.ResponseWriter, x *exchange, zip bool) *body {
	b := &body{server: s, x: x, out: bufio.NewWriterSize(w, 1<<16), client: http.NewResponseController(w)}
	if zip {
		b.zip, _ = gzip.NewWriterLevel(b.out, gzip.BestSpeed) // the level is a valid one
	}
	return b
}

// write writes contents and what is behind them.
func (b *body) write(contents func(io.Writer) error) error {
	err := b.contents(contents)
	switch {
	case b.zip == nil:
	case err == nil && b.x.end != endGzip, b.x.end == endShort:
		err = errors.Join(err, b.zip.Close())
	default:
		// What is in hand goes out, and the end of the compressed stream does not.
		err = errors.Join(err, b.zip.Flush())
	}
	return errors.Join(err, b.out.Flush())
}

func (b *body) contents(contents func(io.Writer) error) error {
	if contents == nil {
		return nil
	}
	if b.x.charset == nil {
		return contents(b)
	}
	w := transform.NewWriter(b, b.x.charset)
	if err := contents(w); err != nil {
		return err
	}
	return w.Close()
}

// Write takes contents, up to where they end or stall.
func (b *body) Write(p []byte) (int, error) {
	if at := b.x.stallAfter; at != nil && *at > 0 && b.count+int64(len(p)) > *at {
		n := max(0, *at-b.count)
		b.x.stallAfter = nil
		if err := b.stall(p[:n]); err != nil {
			return int(n), err
		}
		m, err := b.pass(p[n:])
		return int(n) + m, err
	}
	if b.x.end != endWhole && b.count+int64(len(p)) > b.x.endAfter {
		n, err := b.pass(p[:max(0, b.x.endAfter-b.count)])
		return n, errors.Join(err, errEnd)
	}
	return b.pass(p)
}

// stall sends the last contents before a stall, and waits.
func (b *body) stall(last []byte) error {
	if _, err := b.pass(last); err != nil {
		return err
	}
	if b.zip != nil {
		if err := b.zip.Flush(); err != nil {
			return err
		}
	}
	if err := errors.Join(b.out.Flush(), b.client.Flush()); err != nil {
		return err
	}
	if !b.server.stall(b.x) {
		return io.ErrClosedPipe
	}
	return nil
}

func (b *body) pass(p []byte) (int, error) {
	b.count += int64(len(p))
	if b.zip != nil {
		return b.zip.Write(p)
	}
	return b.out.Write(p)
}
