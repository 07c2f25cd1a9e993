package web_test

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/sources/web"
)

// authorityOf writes the authority of a server's certificate to a file.
func authorityOf(t *testing.T, server *httptest.Server) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "authority.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestCertificate(t *testing.T) {
	safe := httptest.NewUnstartedServer(http.HandlerFunc(good))
	safe.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of every client that does not trust it
	safe.StartTLS()
	t.Cleanup(safe.Close)
	authority := authorityOf(t, safe)
	known := func(o *web.Options) { o.Authorities = authority }
	for _, c := range []struct {
		name    string
		change  func(*web.Options)
		address string
		later   time.Duration
		want    string
	}{
		{"known", known, safe.URL, 0, ""},
		{"unknown authority", nil, safe.URL, 0, "unknown authority"},
		{"another host", known, strings.Replace(safe.URL, "127.0.0.1", "localhost", 1), 0, "not localhost"},
		{"expired", known, safe.URL, 100 * 365 * 24 * time.Hour, "expired"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSide(t, c.change)
			s.clock.now = start.Add(c.later)
			reply, saved, _, err := s.get(t, call(c.address))
			if c.want == "" {
				if err != nil || saved != records {
					t.Errorf("%v", err)
				}
				return
			}
			told := problem(t, err)
			if !strings.Contains(told.What, "certificate") || !strings.Contains(told.What, c.want) || !strings.Contains(told.Remedy, "clock") || reply.Requests != 1 {
				t.Errorf("%v after %d requests", told, reply.Requests)
			}
		})
	}
}

// A file of authorities that cannot be used is told when the client is made.
func TestAuthorities(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{empty, empty + ".none"} {
		_, err := web.New(web.Options{Clock: &clock{}, Authorities: name})
		if told := problem(t, err); told.File != name {
			t.Errorf("%v", told)
		}
	}
}

// A proxy carries requests; one that refuses is told by its status, once, and without
// its password.
func TestProxy(t *testing.T) {
	p := newPublisher(t, good)
	through := func(o *web.Options) {
		o.Proxy = func(*http.Request) (*url.URL, error) {
			return url.Parse(strings.Replace(p.URL, "http://", "http://anna:pa55word@", 1))
		}
		o.Unencrypted = true
	}
	s := newSide(t, through)
	if _, saved, _, err := s.get(t, call("http://mirror.example/data")); err != nil || saved != records {
		t.Fatal(err)
	}
	if r := p.seen()[0]; r.Host != "mirror.example" || r.Header.Get("Proxy-Authorization") == "" {
		t.Errorf("%s asked with %v", r.Host, r.Header)
	}
	p = newPublisher(t, answer(407, "who is anna:pa55word?"))
	s = newSide(t, through)
	reply, _, _, err := s.get(t, call("https://publisher.example/data"))
	if told := problem(t, err); !strings.Contains(told.What, "the proxy refuses: HTTP 407") || strings.Contains(told.Error(), "pa55") || reply.Requests != 1 {
		t.Errorf("%v", told)
	}
}
