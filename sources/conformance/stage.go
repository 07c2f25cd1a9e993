package conformance

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/standin"
	"samkraft/sources/web"
)

// setting is how a stage differs from the usual one.
type setting struct {
	options   standin.Options // without the clock
	impatient bool            // time-outs are short: for stalls
	distrust  bool            // the stand-in's authority is not trusted
}

// stage is a publisher's services with a client before them.
type stage struct {
	client    Client
	impatient bool
	played    []standin.Dialect
	servers   map[string]*standin.Server // by the service's id
	order     []string
	web       *web.Client
	clock     *clock
	answers   map[string]answer // by question: what an earlier fetch has left
	known     bool              // earlier answers are only asked about, and else replayed
	anew      int               // asked for again with no validator to ask with
}

func newStage(t testing.TB, c Client, how setting) *stage {
	t.Helper()
	s := &stage{client: c, impatient: how.impatient, servers: map[string]*standin.Server{}, clock: &clock{now: c.Want.Now}, answers: map[string]answer{}}
	options := web.Options{
		Clock: s.clock, Random: func() float64 { return 0.5 }, Version: "test", Contact: "energy@example.org",
		Secret:   func(string) (string, error) { return "secret-of-a-test", nil },
		Proxy:    func(*http.Request) (*url.URL, error) { return nil, nil },
		Timeouts: web.Timeouts{Answer: 10 * time.Second, Stall: 10 * time.Second, Attempt: time.Minute},
	}
	if how.impatient {
		// Short, and long enough for a machine that has much to do.
		options.Timeouts = web.Timeouts{Answer: 500 * time.Millisecond, Stall: 500 * time.Millisecond, Attempt: time.Minute}
		options.Patience.Attempts = 4
	}
	var authorities []byte
	s.played = c.Services()
	for _, d := range s.played {
		o := how.options
		o.Clock = s.clock.Now
		server, err := standin.Listen(d, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { server.Close() })
		id := d.Service().ID
		s.servers[id] = server
		s.order = append(s.order, id)
		authorities = append(authorities, server.Authority()...)
	}
	if authorities != nil && !how.distrust {
		options.Authorities = filepath.Join(t.TempDir(), "authorities.pem")
		if err := os.WriteFile(options.Authorities, authorities, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if s.web, err = web.New(options); err != nil {
		t.Fatal(err)
	}
	return s
}

// each does something to all servers.
func (s *stage) each(do func(*standin.Server)) {
	for _, id := range s.order {
		do(s.servers[id])
	}
}

// truth is what the publisher has now, after it has changed.
func (s *stage) truth(t testing.TB) outcome {
	c := s.client
	c.Services = func() []standin.Dialect { return s.played }
	return c.truth(t)
}

// requests counts those to all servers.
func (s *stage) requests() int {
	n := 0
	s.each(func(server *standin.Server) { n += server.Requests() })
	return n
}

// answered counts the good answers that all servers gave, by question.
func (s *stage) answered() map[string]int {
	all := map[string]int{}
	s.each(func(server *standin.Server) {
		for _, e := range server.Log() {
			if e.Status == http.StatusOK && e.Fault == "" {
				all[e.Method+" "+e.Path+" "+string(e.Content)]++
			}
		}
	})
	return all
}

// polite checks that no limit was passed and no refusal disregarded, by the
// publisher's own log.
func (s *stage) polite(t testing.TB) {
	t.Helper()
	s.each(func(server *standin.Server) {
		excess := server.Excess()
		if s.impatient {
			// A request that was given up for being slow may reach the server of a busy
			// machine only beside those after it.
			excess = nil
		}
		for _, x := range excess {
			t.Errorf("impolite: %d requests from %s to %s, where %d in %s are allowed (%s)", x.Requests, x.From.Format(time.TimeOnly), x.To.Format(time.TimeOnly),
				x.Limit.Requests, x.Limit.Window, x.Group)
		}
		for _, e := range server.Early() {
			t.Errorf("impolite: asked again at %s, which a refusal had asked not to do yet: %s", e.Time.Format(time.TimeOnly), e.Path)
		}
	})
}

// clock is a simulated clock: who sleeps has slept.
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

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// forget drops what earlier fetches have left.
func (s *stage) forget() { clear(s.answers) }

// service returns the service that a request is for.
func (s *stage) service(id string) (pipeline.Service, string, error) {
	server := s.servers[id]
	for _, service := range s.client.Live.Services() {
		if service.ID == id && server != nil {
			return service, server.Address(), nil
		}
	}
	return pipeline.Service{}, "", errors.New("a request to the service " + id + ", which the source does not list or which has no dialect")
}
