package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

// mostRedirects is how many redirects of a call are followed.
const mostRedirects = 5

// attempt sends a call's request, follows where it is led, and saves a good answer. An
// error is a *fault, or one of this side.
func (c *Client) attempt(ctx context.Context, x *exchange, save func(io.Reader) error) (pipeline.Reply, error) {
	at := x.address
	for hops := 0; ; hops++ {
		reply, to, err := c.send(ctx, x, at, save)
		if err != nil || to == nil {
			return reply, err
		}
		if hops == mostRedirects {
			return reply, &fault{what: fmt.Sprintf("it redirects more than %d times", mostRedirects), remedy: "look at the address in a browser"}
		}
		at = to
	}
}

// send sends one request when its turn has come. It returns where the answer leads,
// if it is a redirect.
func (c *Client) send(ctx context.Context, x *exchange, at *url.URL, save func(io.Reader) error) (pipeline.Reply, *url.URL, error) {
	asked := c.Clock.Now()
	turn, err := c.limiter.take(ctx, host(at), x.call, c.Patience.Total)
	x.waited += c.Clock.Now().Sub(asked)
	if err != nil {
		var busy *pushedBack
		if errors.As(err, &busy) {
			err = &fault{what: busy.Error(), remedy: fmt.Sprintf("try again in %.0f s", busy.wait.Seconds())}
		}
		return pipeline.Reply{}, nil, err
	}
	x.turn = turn
	x.requests++
	sent, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	defer time.AfterFunc(c.Timeouts.Attempt, func() { stop(errTooLong) }).Stop()

	request, err := c.request(sent, x, at)
	if err != nil {
		c.limiter.done(turn)
		return pipeline.Reply{}, nil, err
	}
	answer, err := c.transport.RoundTrip(request)
	if err == nil {
		c.heed(x, answer)
	}
	c.limiter.done(turn)
	if err != nil {
		return pipeline.Reply{}, nil, whose(ctx, sent, err)
	}
	defer answer.Body.Close()
	reply, to, err := c.receive(x, at, answer, stop, save)
	return reply, to, whose(ctx, sent, err)
}

// heed holds the others back as soon as a publisher wants to be left alone. Its text may
// ask for more, and takes time to read.
func (c *Client) heed(x *exchange, a *http.Response) {
	wait := retryAfter(a.Header, c.Clock.Now())
	if a.StatusCode == http.StatusTooManyRequests && wait == 0 {
		wait = longestWindow(x.call.Limits)
	}
	if wait > 0 && passes(a.StatusCode) {
		c.limiter.pause(x.turn, x.call.Limits, wait)
	}
}

// whose tells an error of the exchange as a *fault, and one of this side as it is: that
// of whoever saves, or the cause for which the run ends.
func whose(run, sent context.Context, err error) error {
	var f *fault
	var mine *saveError
	switch {
	case err == nil:
		return nil
	case run.Err() != nil:
		return context.Cause(run)
	case errors.As(err, &mine):
		return mine.err
	case errors.As(err, &f):
		return f
	case sent.Err() != nil:
		return broken(context.Cause(sent))
	}
	return broken(err)
}

// saveError is an error of the caller's save.
type saveError struct{ err error }

func (s *saveError) Error() string { return s.err.Error() }

// request writes the request for an address. The secret goes to no other host than the
// service's.
func (c *Client) request(ctx context.Context, x *exchange, at *url.URL) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, x.method, at.String(), bytes.NewReader(x.call.Body))
	if err != nil {
		return nil, &fault{what: "the request cannot be written: " + err.Error()}
	}
	r.Header.Set("Accept", strings.Join(slices.Concat(x.call.Accept, []string{"*/*;q=0.1"}), ", "))
	if x.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json") // what all publishers are asked in, unless the request says otherwise
	}
	for _, h := range x.call.Header {
		r.Header.Set(h.Name, h.Value)
	}
	r.Header.Set("User-Agent", c.agent)
	r.Header.Set("Accept-Encoding", "gzip, zstd")
	if known := x.call.Known; x.method == http.MethodGet {
		if known.ETag != "" {
			r.Header.Set("If-None-Match", known.ETag)
		}
		if known.LastModified != "" {
			r.Header.Set("If-Modified-Since", known.LastModified)
		}
	}
	if at.User != nil {
		password, _ := at.User.Password()
		r.SetBasicAuth(at.User.Username(), password)
	}
	if x.secret != "" && host(at) == host(x.address) && at.Scheme == x.address.Scheme {
		r.Header.Set(x.call.Secret.Header, x.secret)
	}
	return r, nil
}
