package notice

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"samkraft/pipeline"
)

// realTime is the clock on the wall, which testing/synctest simulates.
type realTime struct{}

func (realTime) Now() time.Time { return time.Now() }
func (realTime) Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// with is an environment.
func with(values map[string]string) func(string) (string, error) {
	return func(name string) (string, error) { return values[name], nil }
}

// planWith is a plan that tells by the given ways.
func planWith(notices ...pipeline.Notice) pipeline.Plan {
	for i := range notices {
		notices[i].On = []string{"failed", "recovered"}
	}
	return pipeline.Plan{ID: "mine", Name: pipeline.Texts{DA: "Min plan", SV: "Min plan", EN: "My plan"}, TimeZone: "Europe/Copenhagen", Notices: notices}
}

// newTeller is one with the clock on the wall and an environment.
func newTeller(t *testing.T, environment map[string]string) *Teller {
	return &Teller{Disk: pipeline.Disk(t.TempDir()), Clock: realTime{}, Lookup: with(environment), Version: "0.1.0", Lang: "en",
		Fault: func(err error) { t.Errorf("telling itself: %v", err) }}
}

// failure is a run of a plan that failed.
func failure(p pipeline.Plan) []Report {
	return []Report{{p, "20260301T041500.000Z", pipeline.PlanOutcome{Plan: p.ID, Code: pipeline.Failed, Problems: []string{"dst FOLK1A: no answer"}}}}
}

// What is posted can be read by programs, and says who posts it.
func TestWebhook(t *testing.T) {
	var got Message
	var fields map[string]any
	teller := newTeller(t, nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		if err := errors.Join(json.Unmarshal(text, &got), json.Unmarshal(text, &fields)); err != nil {
			t.Error(err)
		}
		// A server that is killed now begins with it again.
		if told, err := Remembered(teller.Disk); err != nil || len(told) != 1 || len(told[0].Waiting) != 1 {
			t.Errorf("while it is sent, %+v is remembered (%v)", told, err)
		}
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json; charset=utf-8" || r.Header.Get("User-Agent") != "samkraft/0.1.0" || r.ContentLength != int64(len(text)) {
			t.Errorf("%s %v", r.Method, r.Header)
		}
	}))
	defer server.Close()
	p := planWith(pipeline.Notice{Webhook: server.URL + "/energy"})
	results := teller.Tell(t.Context(), []pipeline.Plan{p}, failure(p))
	if len(results) != 1 || results[0].Fault != "" || results[0].To != shown(server.URL+"/energy") {
		t.Fatalf("%+v", results)
	}
	if got.Event != "failed" || got.Plan != "mine" || got.Name != "My plan" || got.Run != "20260301T041500.000Z" || got.Code != 1 || len(got.ID) != 16 || got.Problems[0] != "dst FOLK1A: no answer" {
		t.Errorf("%+v", got)
	}
	page, err := os.ReadFile("../../docs/server.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields("id event plan name time over run code snapshot problems stale fresh lang subject text") {
		if fields[name] == nil || !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("the message has no field %s, or docs/server.md does not promise it", name)
		}
		delete(fields, name)
	}
	if len(fields) > 0 {
		t.Errorf("fields that are not documented: %v", fields)
	}
}

// roundTrips is a transport that a test makes up.
type roundTrips func(*http.Request) (*http.Response, error)

func (f roundTrips) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestWebhookFaults: what a webhook can do wrong has a bounded time, and is told without
// the address.
func TestWebhookFaults(t *testing.T) {
	hangs := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	answers := func(status int) roundTrips {
		return func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Body: http.NoBody, Header: http.Header{"Location": {"http://elsewhere.example.org/T0KEN"}}}, nil
		}
	}
	for _, c := range []struct {
		name  string
		does  roundTrips
		tries int
		takes time.Duration
		want  string
	}{
		{"hangs", hangs, 2, 10 * time.Second, "no answer within 4s"},
		{"refuses", func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }, 3, 4 * time.Second, "connection refused"},
		{"500", answers(500), 3, 4 * time.Second, "it answers HTTP 500 Internal Server Error"},
		{"429", answers(429), 3, 4 * time.Second, "it answers HTTP 429 Too Many Requests"},
		{"404", answers(404), 1, 0, "it answers HTTP 404 Not Found"},
		{"301", answers(301), 1, 0, "it leads elsewhere (HTTP 301 Moved Permanently), and is not followed; enter the address that it leads to"},
		{"307", answers(307), 1, 0, "it leads elsewhere (HTTP 307 Temporary Redirect), and is not followed; enter the address that it leads to"},
		{"echoes", func(r *http.Request) (*http.Response, error) {
			return nil, errors.New("malformed HTTP response \"" + r.URL.RequestURI() + " " + r.URL.Path + "\"")
		}, 3, 4 * time.Second, "malformed HTTP response \"*** ***\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				teller := newTeller(t, map[string]string{"SAMKRAFT_ADDRESS_TEAM": "https://hooks.example.org/services/T0KEN?sig=S1GNATURE"})
				tries := 0
				teller.transport = roundTrips(func(r *http.Request) (*http.Response, error) {
					tries++
					return c.does(r)
				})
				p := planWith(pipeline.Notice{Webhook: "$SAMKRAFT_ADDRESS_TEAM"})
				begun := time.Now()
				results := teller.Tell(t.Context(), []pipeline.Plan{p}, failure(p))
				if took := time.Since(begun); took != c.takes || tries != c.tries {
					t.Errorf("took %s and %d attempts, want %s and %d", took, tries, c.takes, c.tries)
				}
				tellsNo(t, teller, results, "T0KEN", "S1GNATURE", "/services/")
				if len(results) != 1 || results[0].Fault != c.want || results[0].To != "$SAMKRAFT_ADDRESS_TEAM" {
					t.Errorf("%+v, want %s", results, c.want)
				}
			})
		})
	}
}

// A webhook that hangs holds up nobody else, and all of them together the next run for
// no longer than one.
func TestHangingTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		teller := newTeller(t, nil)
		served := 0
		teller.transport = roundTrips(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/good" {
				served++
				return &http.Response{StatusCode: 200, Body: http.NoBody}, nil
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		var notices []pipeline.Notice
		for _, path := range strings.Fields("1 2 3 4 5 6 7 8 9 good") {
			notices = append(notices, pipeline.Notice{Webhook: "https://hooks.example.org/" + path})
		}
		p := planWith(notices...)
		p.Alive = "https://ping.example.org/hangs"
		for i := range notices {
			p.Notices[i].On = []string{"failed", "published", "stale"}
		}
		o := pipeline.PlanOutcome{Plan: "mine", Code: pipeline.Failed, Snapshot: "0a1b", New: true} // two messages for each
		begun := time.Now()
		teller.Tell(t.Context(), []pipeline.Plan{p}, []Report{{p, "run", o}})
		if took := time.Since(begun); took != webhookLimit || served != 2 {
			t.Errorf("took %s, and served %d messages of 2", took, served)
		}
	})
}

// A server that is told to end does not wait for webhooks; what was not sent waits.
func TestEndWhileTelling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		teller := newTeller(t, nil)
		ctx, end := context.WithCancel(t.Context())
		teller.transport = roundTrips(func(r *http.Request) (*http.Response, error) {
			time.AfterFunc(time.Second, end)
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		p := planWith(pipeline.Notice{Webhook: "https://hooks.example.org/x"})
		begun := time.Now()
		teller.Tell(ctx, []pipeline.Plan{p}, failure(p))
		if took := time.Since(begun); took != time.Second {
			t.Errorf("took %s", took)
		}
		told, err := Remembered(teller.Disk)
		if err != nil || len(told) != 1 || len(told[0].Waiting) != 1 || told[0].State != "failed" {
			t.Errorf("%+v %v", told, err)
		}
	})
}

// Addresses from the environment are held to what those of a plan are; certificates to
// the authorities.
func TestAddresses(t *testing.T) {
	safe := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	safe.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of every client that does not trust it
	safe.StartTLS()
	defer safe.Close()
	trusted := x509.NewCertPool()
	trusted.AddCert(safe.Certificate())
	for _, c := range []struct {
		name, value string
		authorities *x509.CertPool
		want        string
	}{
		{"good", safe.URL + "/T0KEN", trusted, ""},
		{"unknown authority", safe.URL + "/T0KEN", x509.NewCertPool(), "certificate signed by unknown authority"},
		{"not set", "", nil, "$SAMKRAFT_ADDRESS_TEAM is not set"},
		{"unencrypted", "http://hooks.example.org/T0KEN", nil, "SAMKRAFT_ADDRESS_TEAM has no usable address; expected https"},
		{"a file", "file:///etc/T0KEN", nil, "SAMKRAFT_ADDRESS_TEAM has no usable address; expected https"},
		{"no address", "T0KEN \x01", nil, "SAMKRAFT_ADDRESS_TEAM has no usable address; expected https"},
	} {
		teller := newTeller(t, map[string]string{"SAMKRAFT_ADDRESS_TEAM": c.value})
		teller.Authorities, teller.Clock = c.authorities, &days{firstDay}
		p := planWith(pipeline.Notice{Webhook: "$SAMKRAFT_ADDRESS_TEAM"})
		p.Alive = "$SAMKRAFT_ADDRESS_TEAM"
		for _, r := range teller.Test(t.Context(), p) {
			if (r.Fault == "") != (c.want == "") || !strings.Contains(r.Fault, strings.TrimPrefix(c.want, "$")) || strings.Contains(r.Fault, "T0KEN") {
				t.Errorf("%s, %s: %q, want %q", c.name, r.Event, r.Fault, c.want)
			}
		}
	}
}

// The address of good runs is called after those of codes 0 and 4, and no others.
func TestAlive(t *testing.T) {
	for code, calls := range map[pipeline.ExitCode]int{pipeline.Done: 1, pipeline.Stale: 1, pipeline.Failed: 0, pipeline.Withheld: 0, pipeline.Busy: 0, pipeline.Usage: 0} {
		called := 0
		teller := newTeller(t, nil)
		teller.transport = roundTrips(func(r *http.Request) (*http.Response, error) {
			called++
			if r.Method != http.MethodGet || r.URL.String() != "https://ping.example.org/1" {
				t.Errorf("%s %s", r.Method, r.URL)
			}
			return &http.Response{StatusCode: 200, Body: http.NoBody}, nil
		})
		p := pipeline.Plan{ID: "mine", Alive: "https://ping.example.org/1"}
		teller.Tell(t.Context(), []pipeline.Plan{p}, []Report{{p, "run", pipeline.PlanOutcome{Code: code}}})
		if called != calls {
			t.Errorf("code %d: %d calls", code, called)
		}
		if pipeline.Exists(teller.Disk, memoryFile) {
			t.Errorf("code %d: a plan without notices is remembered", code)
		}
	}
}
