package web_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/web"
)

var perMinute = []pipeline.Limit{{Requests: 1, Window: time.Minute, Scope: pipeline.PerDataSet}}

// What passes is tried again after the wait that was asked for, and what is saved then
// begins anew.
func TestPasses(t *testing.T) {
	for _, f := range passing {
		t.Run(f.name, func(t *testing.T) {
			p, s := newPublisher(t, f.fault, good), newSide(t, hastyWith(f.name, nil))
			c := call(p.URL + "/dataset/ConsumptionIndustry?limit=0")
			if f.wait > 0 {
				c.Limits = perMinute
			}
			reply, saved, saves, err := s.get(t, c)
			if err != nil || saved != records || reply.Status != 200 || reply.Type != "application/json" || reply.Address != c.Address {
				t.Fatalf("%+v, %d bytes: %v", reply, len(saved), err)
			}
			if reply.Requests != 2 || len(p.seen()) != 2 || saves > 2 {
				t.Errorf("%d requests told, %d seen, %d saved", reply.Requests, len(p.seen()), saves)
			}
			if waited, want := s.clock.Now().Sub(start), max(f.wait, 500*time.Millisecond); waited != want || reply.Waited != want || reply.Retries != 1 {
				t.Errorf("waited %v, want %v; told %v and %d retries", waited, want, reply.Waited, reply.Retries)
			}
			if lines := s.notices.lines; len(lines) != 1 || !strings.HasPrefix(lines[0], "energidataservice: waiting ") || !strings.Contains(lines[0], f.said) {
				t.Errorf("said %q, want %q", lines, f.said)
			}
		})
	}
}

// What does not pass is given up after all attempts, and told.
func TestGivesUp(t *testing.T) {
	for _, f := range passing {
		t.Run(f.name, func(t *testing.T) {
			p, s := newPublisher(t, f.fault), newSide(t, hastyWith(f.name, func(o *web.Options) { o.Patience.Attempts = 3 }))
			reply, _, _, err := s.get(t, call(p.URL+"/dataset/ConsumptionIndustry"))
			told := problem(t, err)
			if told.File != "GET "+p.URL+"/dataset/ConsumptionIndustry" || told.Remedy == "" ||
				!strings.HasPrefix(told.What, "3 attempts with 3 requests failed, the last one so: ") || !strings.Contains(told.What, f.said) {
				t.Errorf("%v", told)
			}
			if reply.Requests != 3 || reply.Retries != 2 || len(p.seen()) != 3 {
				t.Errorf("%d requests told, %d seen", reply.Requests, len(p.seen()))
			}
		})
	}
}

// A wait that is longer than all patience is not begun, and holds back who asks next.
func TestTooLongAWait(t *testing.T) {
	p, s := newPublisher(t, answer(429, "", "Retry-After", "999999999999999999999")), newSide(t, nil)
	_, _, _, err := s.get(t, call(p.URL))
	if told := problem(t, err); !strings.Contains(told.Remedy, "asks to wait 3153600") {
		t.Errorf("%v", told)
	}
	_, _, _, err = s.get(t, call(p.URL))
	if told := problem(t, err); !strings.Contains(told.What, "takes no request before 2036-10-29T") {
		t.Errorf("%v", told)
	}
	if len(p.seen()) != 1 || s.clock.Now() != start {
		t.Errorf("%d requests, waited %v", len(p.seen()), s.clock.Now().Sub(start))
	}
}

// The waits add up to no more than the patience of a call.
func TestPatience(t *testing.T) {
	p, s := newPublisher(t, answer(429, "", "Retry-After", "210")), newSide(t, func(o *web.Options) { o.Patience.Total = 10 * time.Minute })
	_, _, _, err := s.get(t, call(p.URL))
	problem(t, err)
	if n := len(p.seen()); n != 3 || s.clock.Now().Sub(start) > 10*time.Minute {
		t.Errorf("%d requests in %v", n, s.clock.Now().Sub(start))
	}
}

// Back-off doubles up to its ceiling.
func TestBackOff(t *testing.T) {
	p, s := newPublisher(t, answer(500, "")), newSide(t, func(o *web.Options) {
		o.Patience = web.Patience{Attempts: 6, First: 2 * time.Second, Longest: 10 * time.Second}
	})
	_, _, _, err := s.get(t, call(p.URL))
	problem(t, err)
	if waited, want := s.clock.Now().Sub(start), (2+4+8+10+10)*time.Second/2; waited != want {
		t.Errorf("waited %v, want %v", waited, want)
	}
}

// Who asks is told: program, version and contact; and what it can read.
func TestHeaders(t *testing.T) {
	p, s := newPublisher(t, good), newSide(t, nil)
	c := call(p.URL)
	c.Method, c.Body = "POST", []byte(`{"table":"FOLK1A"}`)
	c.Accept = []string{"text/csv", "application/json"}
	c.Header = []pipeline.Header{{Name: "Accept-Language", Value: "da"}}
	c.Known = pipeline.Validator{ETag: `"of a GET"`}
	if _, _, _, err := s.get(t, c); err != nil {
		t.Fatal(err)
	}
	r := p.seen()[0]
	for name, want := range map[string]string{
		"User-Agent": "samkraft/0.2.0 (energy@example.org)", "Accept": "text/csv, application/json, */*;q=0.1",
		"Accept-Encoding": "gzip, zstd", "Accept-Language": "da", "Content-Type": "application/json", "If-None-Match": "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if r.Method != "POST" || p.bodies[0] != string(c.Body) {
		t.Errorf("%s %q", r.Method, p.bodies[0])
	}
	if _, err := web.New(web.Options{Clock: s.clock, Contact: "a\r\nX-Other: b"}); err == nil {
		t.Error("a contact of two lines is taken")
	}
}

// What has not changed is not sent again.
func TestConditional(t *testing.T) {
	p := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "Sun, 01 Nov 2026 05:00:00 GMT" {
			w.WriteHeader(304)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Sun, 01 Nov 2026 05:00:00 GMT")
		good(w, r)
	})
	s := newSide(t, nil)
	c := call(p.URL)
	reply, saved, _, err := s.get(t, c)
	if err != nil || reply.NotModified || saved != records {
		t.Fatalf("%+v: %v", reply, err)
	}
	c.Known = reply.Validator
	again, _, saves, err := s.get(t, c)
	if err != nil || !again.NotModified || again.Status != 304 || saves != 0 || again.Validator != c.Known {
		t.Errorf("%+v, saved %d times: %v", again, saves, err)
	}
	c.Known.ETag = `"v0"`
	if anew, _, saves, err := s.get(t, c); err != nil || anew.NotModified || saves != 1 || anew.Validator != again.Validator {
		t.Errorf("%+v, saved %d times: %v", anew, saves, err)
	}
}

// 404 is an answer where the request allows it, and a Problem with the publisher's words
// where not.
func TestAbsent(t *testing.T) {
	p, s := newPublisher(t, answer(404, "Not "+strings.Repeat("å", 300))), newSide(t, nil)
	c := call(p.URL)
	_, _, _, err := s.get(t, c)
	if told := problem(t, err); told.What != "HTTP 404 Not Found: Not "+strings.Repeat("å", 196)+"…" || told.Remedy == "" {
		t.Errorf("%v", told)
	}
	c.Absent = true
	reply, _, saves, err := s.get(t, c)
	if err != nil || reply.Status != 404 || saves != 0 || reply.Requests != 1 {
		t.Errorf("%+v, saved %d times: %v", reply, saves, err)
	}
}

// An error of saving is the saver's own, and no reason to ask again.
func TestSaveFails(t *testing.T) {
	full := errors.New("the disk is full")
	for _, reads := range []bool{false, true} {
		p, s := newPublisher(t, good), newSide(t, nil)
		_, err := s.Do(t.Context(), call(p.URL), func(body io.Reader) error {
			if reads {
				io.Copy(io.Discard, body)
			}
			return full
		})
		if err != full || len(p.seen()) != 1 {
			t.Errorf("reads %v: %v after %d requests", reads, err, len(p.seen()))
		}
	}
}

// Who saves without reading to the end, or without looking at errors, does not take a
// cut answer for a whole one.
func TestSaveDoesNotLook(t *testing.T) {
	p, s := newPublisher(t, cut(4500, "Content-Length: 5151"), good), newSide(t, nil)
	saves := 0
	reply, err := s.Do(t.Context(), call(p.URL), func(body io.Reader) error {
		saves++
		io.ReadFull(body, make([]byte, 10))
		return nil
	})
	if err != nil || saves != 2 || reply.Requests != 2 {
		t.Errorf("%+v, saved %d times: %v", reply, saves, err)
	}
}

// A run that is interrupted says so, and nothing about the publisher.
func TestInterrupted(t *testing.T) {
	spent := errors.New("the budget is spent")
	for name, f := range map[string]http.HandlerFunc{"stall": stall, "silence": silent, "500": answer(500, ""), "429": answer(429, "")} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := contextWithCause(t)
			p := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
				if name == "stall" || name == "silence" {
					time.AfterFunc(20*time.Millisecond, func() { cancel(spent) })
				}
				f(w, r)
			})
			s := newSide(t, func(o *web.Options) {
				o.Notice = func(string, ...any) { cancel(spent) }
			})
			if _, err := s.Do(ctx, call(p.URL), func(body io.Reader) error {
				_, err := io.Copy(io.Discard, body)
				return err
			}); err != spent || len(p.seen()) != 1 {
				t.Errorf("%v after %d requests", err, len(p.seen()))
			}
		})
	}
}
