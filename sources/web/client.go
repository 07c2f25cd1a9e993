package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"samkraft/pipeline"
)

// Options are what a Client needs to know. Only Clock and Random must be given.
type Options struct {
	Clock  Clock
	Random func() float64 // from 0 to below 1, uniform; safe for concurrent use

	Version string // of the program, and whom publishers can write to: both stand in
	Contact string // every request's User-Agent

	// Secret gives the key of a source, "" where there is none: see Secrets. nil: no
	// source has one.
	Secret func(source string) (string, error)

	// Authorities is a PEM file with authorities that are trusted beside the system's.
	Authorities string
	// Unencrypted allows http addresses that are not on this machine: a mirror service
	// within a network that is trusted. A secret never goes there.
	Unencrypted bool
	// Proxy is http.ProxyFromEnvironment if nil.
	Proxy func(*http.Request) (*url.URL, error)

	// Earlier is when another run may have sent its last request, zero if never. Of what
	// that run sent nothing is known, so every limit counts as used up until then.
	Earlier time.Time

	Timeouts Timeouts
	Patience Patience

	// Notice is told why the client waits. It may be called concurrently.
	Notice func(format string, args ...any)
}

// Client is the polite, tireless client of all publishers. Clients do not know of each
// other's requests: a run has one.
type Client struct {
	Options
	transport *http.Transport
	limiter   *limiter
	agent     string
}

var _ pipeline.Web = (*Client)(nil)

// New makes a client. An error is a *pipeline.Problem about what it was given.
func New(o Options) (*Client, error) {
	if o.Secret == nil {
		o.Secret = func(string) (string, error) { return "", nil }
	}
	if o.Notice == nil {
		o.Notice = func(string, ...any) {}
	}
	if o.Proxy == nil {
		o.Proxy = http.ProxyFromEnvironment
	}
	o.Timeouts, o.Patience = o.Timeouts.withDefaults(), o.Patience.withDefaults()
	transport, err := newTransport(o.Timeouts, o.Clock, o.Authorities, o.Proxy)
	if err != nil {
		return nil, err
	}
	agent := "samkraft/" + o.Version
	if o.Contact != "" {
		agent += " (" + o.Contact + ")"
	}
	if strings.ContainsFunc(agent, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return nil, &pipeline.Problem{What: fmt.Sprintf("the contact %q has control characters", o.Contact), Expected: "an address on one line"}
	}
	return &Client{Options: o, transport: transport, limiter: newLimiter(o.Clock, o.Earlier), agent: agent}, nil
}

// Do implements pipeline.Web. The reply that comes with an error tells how many
// requests were sent.
func (c *Client) Do(ctx context.Context, call pipeline.Call, save func(io.Reader) error) (pipeline.Reply, error) {
	x, err := c.newExchange(call)
	if err != nil {
		return pipeline.Reply{}, err
	}
	left := endurance{Patience: c.Patience, random: c.Random}
	for {
		reply, err := c.attempt(ctx, x, save)
		reply.Requests, reply.Retries, reply.Waited = x.requests, x.retries, x.waited
		var f *fault
		if !errors.As(err, &f) {
			return reply, err
		}
		wait, again := left.next(f, call.Limits)
		if f.busy {
			c.limiter.pause(x.turn, call.Limits, wait)
		}
		if !again {
			return reply, x.problem(f, left, wait)
		}
		c.notice(x, f, left, wait)
		x.retries++
		if f.busy {
			continue // the next turn comes after the pause
		}
		x.waited += wait
		if err := c.Clock.Sleep(ctx, wait); err != nil {
			return reply, err
		}
	}
}

func (c *Client) notice(x *exchange, f *fault, left endurance, wait time.Duration) {
	asked := ""
	if f.asked > 0 {
		asked = " as asked"
	}
	c.Notice("%s: waiting %.0f s%s after attempt %d of %d: %s", x.call.Source, math.Ceil(wait.Seconds()), asked,
		left.attempts, left.Attempts, short(x.discreet.text(f.what), longText))
}
