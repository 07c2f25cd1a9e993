package web

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"samkraft/pipeline"
)

// wordsOfError is how much of an answer is read that is an error.
const wordsOfError = 16 << 10

// receive judges an answer by its status, and saves a good one.
func (c *Client) receive(x *exchange, at *url.URL, a *http.Response, stop context.CancelCauseFunc, save func(io.Reader) error) (pipeline.Reply, *url.URL, error) {
	kind := mediaType(a.Header.Get("Content-Type"))
	reply := pipeline.Reply{Status: a.StatusCode, Address: x.discreet.text(at.String()), Type: x.discreet.text(kind)}
	asked := x.method == http.MethodGet && x.call.Known != pipeline.Validator{}
	switch {
	case a.StatusCode == http.StatusOK:
		reply.Validator = validator(a.Header)
		return reply, nil, c.keep(x, a, kind, stop, save)
	case a.StatusCode == http.StatusNotModified && asked:
		reply.NotModified = true
		if reply.Validator = validator(a.Header); reply.Validator == (pipeline.Validator{}) {
			reply.Validator = x.call.Known
		}
		return reply, nil, nil
	case a.StatusCode == http.StatusNotFound && x.call.Absent:
		return reply, nil, nil
	case a.StatusCode/100 == 3 && a.StatusCode != http.StatusNotModified:
		to, err := c.redirect(x, at, a)
		return reply, to, err
	}
	return reply, nil, c.refusal(x, a, stop)
}

// keep hands the body of a good answer to save, and sees to it that it was whole.
func (c *Client) keep(x *exchange, a *http.Response, kind string, stop context.CancelCauseFunc, save func(io.Reader) error) error {
	b, err := openBody(a, x.call.Max, c.Timeouts.Stall, stop)
	if err != nil {
		return err
	}
	defer b.close()
	head, err := b.head()
	if err != nil {
		return err
	}
	if f := c.unexpected(x, a, kind, head); f != nil {
		return f
	}
	saved := save(struct{ io.Reader }{b})
	if b.err == nil && saved != nil {
		return &saveError{saved}
	}
	if err := b.finish(); err != nil {
		return err
	}
	if saved != nil {
		return &saveError{saved}
	}
	return nil
}

// unexpected refuses an answer that is not of a type that the request accepts, and one
// that is a page in truth: maintenance is often told with status 200. Both may pass.
// An answer that does not name its type is judged by its text alone.
func (c *Client) unexpected(x *exchange, a *http.Response, kind string, head []byte) *fault {
	accept := x.call.Accept
	accepts := func(kinds ...string) bool {
		return len(accept) == 0 || slices.ContainsFunc(accept, func(a string) bool {
			return a == "*/*" || slices.Contains(kinds, strings.ToLower(a))
		})
	}
	expected := strings.Join(accept, " or ")
	switch said := statusWithin.FindSubmatch(head); {
	case said != nil:
		status, _ := strconv.Atoi(string(said[1])) // three digits
		return c.refused(x, status, a.Header, head, headSize)
	case isHTML(head) && !accepts("text/html", "application/xhtml+xml"):
		return &fault{what: "the answer is no data but " + x.discreet.words(head, headSize), expected: expected, passing: true}
	case kind != "" && !accepts(kind):
		kind = short(x.discreet.text(kind), shortText)
		what := fmt.Sprintf("the answer says that it is %q: %s", kind, x.discreet.words(head, headSize))
		return &fault{what: what, expected: expected, passing: true}
	}
	return nil
}

// statusWithin finds a refusal that is told in an answer with another status, in the
// words of Azure's gateway, behind which Energi Data Service stands.
var statusWithin = regexp.MustCompile(`^\s*\{\s*"statusCode"\s*:\s*([45]\d\d)\b`)

// These statuses may pass, 304 where it was not asked for; and of 5xx all but these.
var (
	passingStatus = []int{http.StatusNotModified, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests}
	finalStatus   = []int{http.StatusNotImplemented, http.StatusHTTPVersionNotSupported}
)

func passes(status int) bool {
	return slices.Contains(passingStatus, status) || status >= 500 && !slices.Contains(finalStatus, status)
}

// refusal reads what a publisher says instead of an answer. What cannot be read says
// nothing, and is not the fault that counts.
func (c *Client) refusal(x *exchange, a *http.Response, stop context.CancelCauseFunc) *fault {
	var text []byte
	if b, err := openBody(a, 0, c.Timeouts.Stall, stop); err == nil {
		text, _ = io.ReadAll(io.LimitReader(b, wordsOfError))
		b.close()
	}
	return c.refused(x, a.StatusCode, a.Header, text, wordsOfError)
}

// refused tells what a refusal means for other attempts, and for other requests. At most
// limit bytes of its text were read.
func (c *Client) refused(x *exchange, status int, h http.Header, text []byte, limit int) *fault {
	f := &fault{what: strings.TrimSpace(fmt.Sprintf("HTTP %d %s", status, http.StatusText(status)))}
	if said := x.discreet.words(text, limit); said != "" {
		f.what += ": " + said
	}
	f.passing = passes(status)
	if f.passing {
		f.asked = askedWait(h, string(text), c.Clock.Now())
	}
	f.busy = status == http.StatusTooManyRequests || f.asked > 0
	switch {
	case f.passing:
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		f.remedy = "check the key of the source, if it has one, and whether the publisher lets this machine in"
	default:
		f.remedy = "compare the request with what the publisher's service takes now"
	}
	return f
}

// redirect returns where an answer leads, if that may be followed.
func (c *Client) redirect(x *exchange, at *url.URL, a *http.Response) (*url.URL, error) {
	refuse := func(to, why string) error {
		return &fault{
			what:   fmt.Sprintf("HTTP %d: it redirects to %q, which is not followed: %s", a.StatusCode, short(x.discreet.text(to), shortText), why),
			remedy: "look at the address in a browser; if the service has moved, set its new address",
		}
	}
	location := a.Header.Get("Location")
	to, err := at.Parse(location)
	if err != nil || location == "" {
		return nil, refuse(plain(location), "it is no address")
	}
	to.User, to.Fragment, to.RawFragment = nil, "", ""
	why := badRedirect(x.method, a.StatusCode, at, to)
	if why == "" {
		why = badAddress(to, c.Unencrypted, x.secret != "" && host(to) == host(x.address))
	}
	if why != "" {
		return nil, refuse(to.String(), why)
	}
	return to, nil
}

func validator(h http.Header) pipeline.Validator {
	return pipeline.Validator{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
}

// mediaType is a Content-Type without its parameters.
func mediaType(header string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err != nil {
		kind, _, _ = strings.Cut(header, ";")
	}
	return strings.ToLower(strings.TrimSpace(plain(kind)))
}
