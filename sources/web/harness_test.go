package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/web"
)

// start is when the simulated clock begins.
var start = time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)

// clock is a simulated one: who sleeps has slept.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return nil
}

// notices are what a client says while it waits.
type notices struct {
	mu    sync.Mutex
	lines []string
}

func (n *notices) add(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, fmt.Sprintf(format, args...))
}

// side is a client under test with what stands around it.
type side struct {
	*web.Client
	clock   *clock
	notices *notices
}

// newSide makes a client with a simulated clock, waits of half of what may be drawn, no
// proxy.
func newSide(t *testing.T, change func(*web.Options)) side {
	t.Helper()
	s := side{clock: &clock{now: start}, notices: &notices{}}
	o := web.Options{
		Clock: s.clock, Random: func() float64 { return 0.5 }, Version: "0.2.0", Contact: "energy@example.org",
		Proxy:  func(*http.Request) (*url.URL, error) { return nil, nil },
		Notice: s.notices.add,
	}
	if change != nil {
		change(&o)
	}
	var err error
	if s.Client, err = web.New(o); err != nil {
		t.Fatal(err)
	}
	return s
}

// publisher serves the first request with the first answer, and so on; the last
// answers what else comes.
type publisher struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
	bodies   []string
}

func newPublisher(t *testing.T, answers ...http.HandlerFunc) *publisher {
	t.Helper()
	p := &publisher{}
	p.Server = httptest.NewServer(p.handler(answers))
	t.Cleanup(p.Close)
	return p
}

func (p *publisher) handler(answers []http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		answer := answers[min(len(p.requests), len(answers)-1)]
		p.requests, p.bodies = append(p.requests, r), append(p.bodies, string(body))
		p.mu.Unlock()
		answer(w, r)
	})
}

func (p *publisher) seen() []*http.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests
}

// records is a good answer; it is long enough to be cut anywhere.
var records = `{"total":2,"dataset":"ConsumptionIndustry","records":[{"MunicipalityNo":"253","ConsumptionkWh":4012.5},{"MunicipalityNo":"336","ConsumptionkWh":1077.25}]` + strings.Repeat(" ", 5000) + `}`

func good(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	io.WriteString(w, records)
}

// answer serves a status with a text and headers, given as pairs.
func answer(status int, text string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, text)
	}
}

// call asks for JSON.
func call(address string) pipeline.Call {
	return pipeline.Call{
		Request: pipeline.Request{Accept: []string{"application/json"}},
		Source:  "energidataservice", DataSet: "ConsumptionIndustry", Address: address,
	}
}

// get asks and returns what was saved last, and how often saving began.
func (s side) get(t *testing.T, c pipeline.Call) (reply pipeline.Reply, saved string, saves int, err error) {
	t.Helper()
	reply, err = s.Do(t.Context(), c, func(body io.Reader) error {
		saves++
		text, err := io.ReadAll(body)
		saved = string(text)
		return err
	})
	return reply, saved, saves, err
}

// problem is the error as a *pipeline.Problem, and a failed test if it is none.
func problem(t *testing.T, err error) *pipeline.Problem {
	t.Helper()
	var p *pipeline.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%v is no Problem", err)
	}
	return p
}

func contextWithCause(t *testing.T) (context.Context, context.CancelCauseFunc) {
	return context.WithCancelCause(t.Context())
}

// hasty gives up soon on answers that do not go on.
func hasty(o *web.Options) {
	o.Timeouts = web.Timeouts{Answer: 300 * time.Millisecond, Stall: 300 * time.Millisecond}
}

// hastyWith is hasty for a fault that shows only in time. Where time does not matter,
// nobody is hasty: the machine may be busy.
func hastyWith(fault string, change func(*web.Options)) func(*web.Options) {
	return func(o *web.Options) {
		if fault == "stall" || fault == "silence" {
			hasty(o)
		}
		if change != nil {
			change(o)
		}
	}
}
