package standin

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Fault is what goes wrong with one answer.
type Fault struct {
	Name  string // in the log
	twist Twist
	apply func(s *Server, x *exchange) // before the answer is sent; nil for a twist
}

// Hint is how a refusal tells the time to wait.
type Hint string

const (
	Silent  Hint = "silent"  // not at all
	Seconds Hint = "seconds" // Retry-After: 7
	Date    Hint = "date"    // Retry-After: Mon, 02 Jan 2006 15:04:05 GMT, by the server's clock
	Own     Hint = "own"     // in the publisher's own words, where the dialect is a Refuser; "" means this
)

// refuse makes an answer a refusal, and returns the time that it tells to wait, in
// whole seconds.
func (s *Server) refuse(x *exchange, status int, hint Hint, wait time.Duration) time.Duration {
	wait = (wait + time.Second - 1).Truncate(time.Second)
	a := Text(status, "text/plain; charset=utf-8", http.StatusText(status))
	told := wait
	switch refuser, ok := s.dialect.(Refuser); {
	case hint == Seconds:
		a.Header = http.Header{"Retry-After": {strconv.Itoa(int(wait / time.Second))}}
	case hint == Date:
		a.Header = http.Header{"Retry-After": {s.told(x.request.Now.Add(wait + time.Second - 1)).Format(http.TimeFormat)}}
	case (hint == Own || hint == "") && ok:
		tells := false
		if a, tells = refuser.Refusal(wait); !tells {
			told = 0
		}
		a.Status = status
	default:
		told = 0
	}
	x.answer = a
	return told
}

// told is a time as the server's clock shows it.
func (s *Server) told(t time.Time) time.Time { return t.Add(s.options.Skew).UTC() }

// Fail answers with a status such as 429, 500 or 503, and a hint how long to wait.
func Fail(status int, hint Hint, wait time.Duration) Fault {
	return Fault{Name: fmt.Sprintf("%d %s", status, hint), apply: func(s *Server, x *exchange) {
		if told := s.refuse(x, status, hint, wait); told > 0 {
			x.notBefore = x.request.Now.Add(told)
		}
	}}
}

// Stall says no more after so many bytes of contents, and no word at 0, until the
// channel is closed or the client has gone. A nil channel is never closed.
func Stall(after int64, release <-chan struct{}) Fault {
	return Fault{Name: "stall", apply: func(_ *Server, x *exchange) { x.stallAfter, x.release = &after, release }}
}

// Cut cuts the connection after so many bytes of contents, or at their end where
// they have no more.
func Cut(after int64) Fault {
	return Fault{Name: "cut", apply: func(_ *Server, x *exchange) { x.end, x.endAfter = endCut, after }}
}

// Short ends the contents after so many bytes, as a server does that fails in the
// middle and tells nobody: the exchange looks whole.
func Short(after int64) Fault {
	return Fault{Name: "short", apply: func(_ *Server, x *exchange) { x.end, x.endAfter = endShort, after }}
}

// TruncatedGzip compresses, and lacks the end of what it compressed: the contents
// after so many bytes.
func TruncatedGzip(after int64) Fault {
	return Fault{Name: "truncated gzip", apply: func(_ *Server, x *exchange) { x.end, x.endAfter = endGzip, after }}
}

// WrongType says that the contents are of another media type.
func WrongType(contentType string) Fault {
	return Fault{Name: "wrong type", apply: func(_ *Server, x *exchange) { x.answer.Type = contentType }}
}

// HTMLPage answers 200 with a page for people.
func HTMLPage() Fault {
	return Fault{Name: "html page", apply: func(_ *Server, x *exchange) {
		x.answer = Text(http.StatusOK, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head><body><h1>We will be back soon</h1></body></html>\n")
	}}
}

// HTMLAs is HTMLPage under the media type of the answer that was due.
func HTMLAs() Fault {
	return Fault{Name: "html page as data", apply: func(s *Server, x *exchange) {
		due := x.answer.Type
		HTMLPage().apply(s, x)
		x.answer.Type = due
	}}
}

// Empty answers 200 with no contents.
func Empty() Fault {
	return Fault{Name: "empty", apply: func(_ *Server, x *exchange) {
		x.answer = Answer{Type: x.answer.Type, Header: x.answer.Header}
	}}
}

// Latin1 writes the contents in ISO 8859-1, which the header does not say; where
// ISO 8859-1 is what the service uses, in UTF-8.
func Latin1() Fault {
	return Fault{Name: "latin-1", apply: func(_ *Server, x *exchange) {
		if strings.Contains(strings.ToLower(x.answer.Type), "8859-1") {
			x.charset = charmap.ISO8859_1.NewDecoder().Transformer
			return
		}
		x.charset = encoding.ReplaceUnsupported(charmap.ISO8859_1.NewEncoder()).Transformer
	}}
}

// UTF16 writes the contents in UTF-16, which the header does not say.
func UTF16() Fault {
	return Fault{Name: "utf-16", apply: func(_ *Server, x *exchange) {
		x.charset = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Transformer
	}}
}

// Place is where a redirect leads.
type Place string

const (
	SameHost  Place = "same host"
	OtherHost Place = "other host" // the same server under its other name
	Insecure  Place = "insecure"   // from https to http
)

// Redirect sends the client to the same path at a place. The requests there are in
// the same log, and are answered as their turn's faults say.
func Redirect(to Place) Fault {
	return Fault{Name: "redirect to " + string(to), apply: func(s *Server, x *exchange) {
		base := s.address
		switch to {
		case OtherHost:
			base = strings.Replace(base, "127.0.0.1", "localhost", 1)
			if strings.HasPrefix(x.request.Host, "localhost") {
				base = s.address
			}
		case Insecure:
			base = s.plain
		}
		x.answer = Answer{Status: http.StatusFound, Header: http.Header{"Location": {base + x.request.RequestURI}}}
	}}
}

// Twisted hands a twist to the dialect.
func Twisted(t Twist) Fault { return Fault{Name: string(t), twist: t} }
