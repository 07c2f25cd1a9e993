package web_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"samkraft/pipeline"
	"samkraft/sources/web"
)

// bomb is 64 MiB of zeros in 64 KiB.
func bomb() []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(make([]byte, 64<<20))
	w.Close()
	return b.Bytes()
}

func redirect(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

// What would be the same the next time is told at once.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		change func(*pipeline.Call)
		want   string
	}{
		{name: "400", answer: answer(400, "{\"message\":\n\"peakpower Mandatory\"}"), want: `HTTP 400 Bad Request: {"message": "peakpower Mandatory"}`},
		{name: "403", answer: answer(403, ""), want: "HTTP 403 Forbidden; check the key"},
		{name: "501", answer: answer(501, ""), want: "HTTP 501"},
		{name: "204", answer: answer(204, ""), want: "HTTP 204"},
		{name: "too large", answer: good, change: func(c *pipeline.Call) { c.Max = 1000 }, want: "more than 1000 bytes"},
		{name: "too large, in chunks", answer: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for range 100 {
				io.WriteString(w, records)
				w.(http.Flusher).Flush()
			}
		}, change: func(c *pipeline.Call) { c.Max = 100_000 }, want: "more than 100000 bytes"},
		{name: "bomb", answer: packed("gzip", bomb()), change: func(c *pipeline.Call) { c.Max = 1 << 20 }, want: "more than 1048576 bytes"},
		{name: "bomb of zstd", answer: packed("zstd", zstandard(strings.Repeat("0", 8<<20))), change: func(c *pipeline.Call) { c.Max = 1 << 20 }, want: "more than 1048576 bytes"},
		{name: "unknown packing", answer: packed("br", []byte("x")), want: `packed as "br"`},
		{name: "packed twice", answer: packed("gzip, gzip", gzipped(string(gzipped(records)))), want: `packed as "gzip, gzip"`},
		{name: "redirect without end", answer: func(w http.ResponseWriter, r *http.Request) { redirect(302, "/"+r.URL.Path)(w, r) }, want: "redirects more than 5 times"},
		{name: "redirect out of the web", answer: redirect(302, "ftp://example.org/data"), want: "neither https:// nor http://"},
		{name: "redirect to a file", answer: redirect(302, "file:///etc/passwd"), want: "neither https:// nor http://"},
		{name: "redirect without encryption", answer: redirect(302, "http://example.org/data"), want: "not encrypted"},
		{name: "redirect to nowhere", answer: redirect(302, ""), want: "no address"},
		{name: "redirect of a question", answer: redirect(302, "/other"), change: func(c *pipeline.Call) { c.Method = "POST" }, want: "another one"},
		{name: "another method", answer: good, change: func(c *pipeline.Call) { c.Method = "DELETE" }, want: "neither GET nor POST"},
		{name: "not encrypted", answer: good, change: func(c *pipeline.Call) { c.Address = "http://192.0.2.1/" }, want: "the address is not encrypted"},
		{name: "another scheme", answer: good, change: func(c *pipeline.Call) { c.Address = "file:///etc/passwd" }, want: "neither"},
		{name: "no host", answer: good, change: func(c *pipeline.Call) { c.Address = "https:///x" }, want: "no host"},
		{name: "no address", answer: good, change: func(c *pipeline.Call) { c.Address = "http://[::1" }, want: "energidataservice is none"},
		{name: "not escaped", answer: good, change: func(c *pipeline.Call) { c.Address += `?OMRÅDE=253 259` }, want: "not escaped"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, s := newPublisher(t, c.answer), newSide(t, nil)
			asked := call(p.URL)
			if c.change != nil {
				c.change(&asked)
			}
			_, _, _, err := s.get(t, asked)
			if told := problem(t, err); !strings.Contains(told.Error(), c.want) {
				t.Errorf("%v, want %q", told, c.want)
			}
			if s.clock.Now() != start || len(p.seen()) > 6 {
				t.Errorf("tried again: %d requests", len(p.seen()))
			}
		})
	}
}

// What is well is taken: other labels that the request lists, packed bodies, five
// redirects, an answer that does not name its type.
func TestTaken(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		accept []string
		want   string
	}{
		{"plain text for JSON", answer(200, records, "Content-Type", "text/plain;charset=x;;"), []string{"application/json", "text/plain"}, records},
		{"a page that is asked for", answer(200, page, "Content-Type", "text/html"), []string{"text/html"}, page},
		{"anything", answer(200, page, "Content-Type", "text/html"), nil, page},
		{"gzip", packed("gzip", gzipped(records)), []string{"application/json"}, records},
		{"zstd", packed("zstd", zstandard(records)), []string{"application/json"}, records},
		{"nothing", answer(200, "", jsonType...), []string{"application/json"}, ""},
		{"no type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			io.WriteString(w, records)
		}, []string{"application/json"}, records},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, s := newPublisher(t, c.answer), newSide(t, nil)
			asked := call(p.URL)
			asked.Accept = c.accept
			reply, saved, _, err := s.get(t, asked)
			if err != nil || saved != c.want || reply.Requests != 1 {
				t.Errorf("%+v, %d bytes: %v", reply, len(saved), err)
			}
		})
	}
	p := newPublisher(t, redirect(301, "/1"), redirect(302, "2"), redirect(303, "?3"), redirect(307, "./4"), redirect(308, "/5"), good)
	s := newSide(t, nil)
	if reply, saved, _, err := s.get(t, call(p.URL)); err != nil || saved != records || reply.Address != p.URL+"/5" || reply.Requests != 6 {
		t.Errorf("%+v: %v", reply, err)
	}
	p = newPublisher(t, redirect(307, "/other"), good)
	asked := call(p.URL)
	asked.Method, asked.Body = "POST", []byte("{}")
	if _, saved, _, err := s.get(t, asked); err != nil || saved != records || p.bodies[1] != "{}" {
		t.Errorf("a question that is redirected: %q, %v", p.bodies, err)
	}
}

// Redirects count in the limits, and wait for their turn.
func TestRedirectsCount(t *testing.T) {
	p, s := newPublisher(t, redirect(302, "/1"), redirect(302, "/2"), good), newSide(t, nil)
	c := call(p.URL)
	c.Limits = perMinute
	if _, _, _, err := s.get(t, c); err != nil || s.clock.Now().Sub(start) != 2*time.Minute {
		t.Errorf("after %v: %v", s.clock.Now().Sub(start), err)
	}
}

// From https no redirect leads away.
func TestStaysEncrypted(t *testing.T) {
	plain := newPublisher(t, good)
	safe := httptest.NewTLSServer(redirect(302, plain.URL))
	t.Cleanup(safe.Close)
	s := newSide(t, func(o *web.Options) { o.Authorities = authorityOf(t, safe) })
	_, _, _, err := s.get(t, call(safe.URL))
	if told := problem(t, err); !strings.Contains(told.What, "leads away from https") || len(plain.seen()) > 0 {
		t.Errorf("%v", told)
	}
}
