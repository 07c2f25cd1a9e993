package standin

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/transform"
)

// exchange is a request with the answer that it is to get.
type exchange struct {
	request   *Request
	entry     *Entry
	answer    Answer
	notBefore time.Time // the answer tells to wait until then

	charset    transform.Transformer // of the contents; nil leaves them
	end        end
	endAfter   int64
	stallAfter *int64
	release    <-chan struct{}
}

// end is how contents end.
type end int

const (
	endWhole end = iota
	endCut       // with the connection
	endShort     // too early, as if whole
	endGzip      // within what was compressed
)

// maxContent bounds the body of a request.
const maxContent = 1 << 20

// ServeHTTP answers a request: refused where it comes too early, else as the
// dialect has it, with the fault that is due.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxContent))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	x := &exchange{request: &Request{Request: r, Content: content, Now: s.options.Clock()}}
	x.entry = s.enter(x.request)
	if s.options.Arrived != nil {
		s.options.Arrived(*x.entry)
	}
	if wait := s.admit(x.entry); wait > 0 {
		s.note(func() { x.entry.Fault = "limit" })
		if told := s.refuse(x, http.StatusTooManyRequests, s.options.Hint, wait); told > 0 {
			x.notBefore = x.request.Now.Add(told)
		}
	} else {
		s.answer(x)
	}
	if x.stallAfter != nil && *x.stallAfter == 0 && !s.stall(x) {
		panic(http.ErrAbortHandler)
	}
	s.send(w, x)
}

// answer asks the dialect, and does to its answer what the due fault does.
func (s *Server) answer(x *exchange) {
	fault := s.due(x.request.Request, x.entry.Number)
	s.note(func() { x.entry.Fault = fault.Name })
	x.request.Twist = fault.twist
	if fault.twist != "" && !slices.Contains(s.dialect.Twists(), fault.twist) {
		x.answer = Text(http.StatusNotImplemented, "text/plain; charset=utf-8", "this dialect does not know the twist "+string(fault.twist))
		return
	}
	x.answer = s.dialect.Answer(x.request)
	if fault.twist != "" {
		x.answer.ETag, x.answer.Modified = "", time.Time{} // those are of the right contents
	}
	if fault.apply != nil {
		fault.apply(s, x)
	}
}

// stall waits until it is released, and reports whether the client is still there.
func (s *Server) stall(x *exchange) bool {
	select {
	case <-x.release:
		return true
	case <-x.request.Context().Done():
	case <-s.closing:
	}
	return false
}

// send sends the answer, or what its fault leaves of it.
func (s *Server) send(w http.ResponseWriter, x *exchange) {
	a := x.answer
	if a.Status == 0 {
		a.Status = http.StatusOK
	}
	h := w.Header()
	for name, values := range a.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	h.Set("Date", s.told(x.request.Now).Format(http.TimeFormat))
	if a.Type != "" {
		h.Set("Content-Type", a.Type)
	}
	if s.validate(h, x) {
		a.Status, a.Body = http.StatusNotModified, nil
	}
	zip := s.zips(x, a)
	if zip {
		h.Set("Content-Encoding", "gzip")
		h.Add("Vary", "Accept-Encoding")
	}
	s.note(func() { x.entry.Status, x.entry.NotBefore = a.Status, x.notBefore })
	if a.Body == nil && x.end != endCut {
		w.WriteHeader(a.Status)
		return
	}
	w.WriteHeader(a.Status)
	b := newBody(s, w, x, zip)
	err := b.write(a.Body)
	s.note(func() { x.entry.Bytes = b.count })
	if err != nil && !errors.Is(err, errEnd) || x.end == endCut {
		// What was written so far is on its way; the client sees no end.
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// validate sets the validators of a good answer, and reports whether the client
// has it already.
func (s *Server) validate(h http.Header, x *exchange) bool {
	a, asked := x.answer, x.request.Header
	if a.Status != 0 && a.Status != http.StatusOK {
		return false
	}
	if !s.options.NoModified && !a.Modified.IsZero() {
		h.Set("Last-Modified", a.Modified.UTC().Format(http.TimeFormat))
	}
	etag := ""
	if !s.options.NoETag && a.ETag != "" {
		etag = a.ETag
		h.Set("ETag", etag)
	}
	// RFC 9110 section 13.2.2: a date is only looked at where no tag is given.
	if tags := asked.Get("If-None-Match"); tags != "" {
		return etag != "" && strings.Contains(tags, strings.TrimPrefix(etag, "W/"))
	}
	since, err := http.ParseTime(asked.Get("If-Modified-Since"))
	return err == nil && h.Get("Last-Modified") != "" && !a.Modified.Truncate(time.Second).After(since)
}

// zips reports whether contents are compressed: texts, where the client takes it.
func (s *Server) zips(x *exchange, a Answer) bool {
	if x.end == endGzip {
		return true
	}
	text := strings.HasPrefix(a.Type, "text/") || strings.Contains(a.Type, "json") || strings.Contains(a.Type, "csv")
	return text && a.Body != nil && !s.options.NoGzip && strings.Contains(x.request.Header.Get("Accept-Encoding"), "gzip")
}
