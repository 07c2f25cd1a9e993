// Package gate decides who may read what a server serves, and what a request may look
// like at all. It stands before pages that know nothing of it but [From].
//
// Without an access file everybody on this machine may read, and nobody else reaches the
// address. With one, readers have names: by a password, or told by a reverse proxy.
package gate

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	"samkraft/pipeline"
)

// longestBody is how large the body of a request may be: a question in SQL.
const longestBody = 64 << 10

// slowBody is how long a body may take.
const slowBody = 20 * time.Second

// Options are what a gate is set up with. Plan and Posts may be nil.
type Options struct {
	Address *net.TCPAddr // at which the server listens
	Clock   func() time.Time
	Log     *slog.Logger
	Public  []string                 // paths for everybody who reaches the address
	Watched []string                 // paths for watchers
	Plan    func(path string) string // the plan that a path is about; "": none
	Posts   func(path string) bool   // whether a path takes a POST
}

// Gate stands before what a server serves.
type Gate struct {
	Options
	rules    atomic.Pointer[rules]
	attempts *clients
	turns    queue
	origins  *http.CrossOriginProtection
}

// rules are an access file made ready. They are replaced as a whole.
type rules struct {
	Access
	hosts       map[string]bool
	limit       *clients
	passwords   *passwords
	certificate *tls.Certificate // nil: the server does not encrypt
}

// New makes a gate. It refuses an access that does not allow the address.
func New(access Access, o Options) (*Gate, error) {
	g := &Gate{Options: o, attempts: newClients(attemptsEvery, attemptsAtOnce), turns: newQueue(), origins: http.NewCrossOriginProtection()}
	return g, g.Replace(access)
}

// Everybody is the access of a server without an access file.
func Everybody() Access { return Access{Open: true} }

// Replace puts another access into force, or returns why it does not fit the address.
// Then the one before goes on.
func (g *Gate) Replace(access Access) error {
	here := g.Address.IP.IsLoopback()
	if !here && !access.BeyondLoopback {
		return &pipeline.Problem{What: fmt.Sprintf("other machines would reach %s", g.Address), Expected: "an address of this machine alone, such as 127.0.0.1:8080",
			Remedy: "name an access file with --access that says beyond_loopback: true, and who may read"}
	}
	r := &rules{Access: access, hosts: map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}, passwords: newPasswords(access.Users)}
	for _, host := range access.Hosts {
		r.hosts[host] = true
	}
	switch ip := g.Address.IP; {
	case ip != nil && !ip.IsUnspecified():
		r.hosts[ip.String()] = true
	case len(access.Hosts) == 0:
		return &pipeline.Problem{Path: "hosts", What: fmt.Sprintf("the server would listen at all addresses of this machine (%s), and does not know by which names it is asked", g.Address),
			Expected: "the names by which readers know it, such as hosts: [energi.example.dk]"}
	}
	if l := access.Limit; l != nil {
		r.limit = newClients(l.every(), l.Burst)
	}
	if before := g.rules.Load(); before != nil && (before.TLS == nil) != (access.TLS == nil) {
		return &pipeline.Problem{Path: "tls", What: "whether the server encrypts cannot change while it runs", Expected: "the key as it was", Remedy: "restart the server"}
	}
	if access.TLS != nil {
		certificate, err := tls.LoadX509KeyPair(access.TLS.Certificate, access.TLS.Key)
		if err != nil {
			return &pipeline.Problem{Path: "tls", What: err.Error(), Expected: "a certificate and its key as PEM files"}
		}
		r.certificate = &certificate
	}
	g.rules.Store(r)
	return nil
}

// Wrap puts the gate before a handler.
func (g *Gate) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := g.Clock()
		v := &visit{Gate: g, rules: g.rules.Load(), answer: &answer{ResponseWriter: w}, began: began}
		secure(v.answer.Header(), r.TLS != nil)
		defer v.log(r)
		if no := v.admit(r); no != nil {
			v.refuse(r, no)
			return
		}
		next.ServeHTTP(v.answer, v.inside(r))
	})
}

// visit is one request on its way through.
type visit struct {
	*Gate
	rules  *rules
	answer *answer
	began  time.Time
	peer   netip.Addr // the other end of the connection
	client netip.Addr // who asks, as far as a proxy tells it
	name   string
}

// admit returns why a request may not come in. What costs least is looked at first.
func (v *visit) admit(r *http.Request) *refusal {
	if r.ContentLength != 0 {
		// Also of a body that nobody looks at: the server reads what is left of it.
		v.deadline(v.began.Add(slowBody))
	}
	v.peer = addressOf(r.RemoteAddr)
	v.client = v.rules.clientOf(v.peer, r.Header.Values("X-Forwarded-For"))
	if no := misshapen(r); no != nil {
		return no
	}
	if !v.rules.limit.allow(v.client, v.began) {
		return &refusal{http.StatusTooManyRequests, "too many requests: wait a little"}
	}
	public := slices.Contains(v.Public, r.URL.Path)
	if !public {
		if no := v.rules.foreign(r.Host); no != nil {
			return no
		}
	}
	if no := v.method(r); no != nil {
		return no
	}
	if no := v.body(r); no != nil {
		return no
	}
	if public {
		return nil
	}
	if no := v.identify(r); no != nil {
		return no
	}
	if slices.Contains(v.Watched, r.URL.Path) && !v.rules.watches(v.name) {
		return &refusal{http.StatusForbidden, "this is for those whom the key watchers of the access file names"}
	}
	if v.Plan != nil {
		if plan := v.Plan(r.URL.Path); plan != "" && !v.rules.reads(v.name, plan) {
			return &refusal{http.StatusForbidden, "this plan is for those whom the key readers of the access file names"}
		}
	}
	return nil
}

func (v *visit) method(r *http.Request) *refusal {
	posts := v.Posts != nil && v.Posts(r.URL.Path)
	allow := "GET, HEAD"
	if posts {
		allow += ", POST"
	}
	switch {
	case r.Method == http.MethodGet, r.Method == http.MethodHead:
		return nil
	case r.Method == http.MethodPost && posts:
		if v.origins.Check(r) != nil {
			return &refusal{http.StatusForbidden, "a page of another server asks this"}
		}
		return nil
	}
	v.answer.Header().Set("Allow", allow)
	return &refusal{http.StatusMethodNotAllowed, "only " + allow + " can be done here"}
}

// body reads a body whole before anybody works for it, so that who sends it slowly
// keeps nothing busy.
func (v *visit) body(r *http.Request) *refusal {
	if r.ContentLength == 0 {
		return nil
	}
	large := &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is larger than %d bytes", longestBody)}
	if r.ContentLength > longestBody {
		return large
	}
	text, err := io.ReadAll(http.MaxBytesReader(v.answer, r.Body, longestBody))
	if err != nil {
		return &refusal{http.StatusBadRequest, "the body did not come whole"}
	}
	v.deadline(time.Time{})
	r.Body = io.NopCloser(bytes.NewReader(text))
	return nil
}

// deadline is until when all of a request has to be there. A connection that is already
// broken has none, and needs none.
func (v *visit) deadline(at time.Time) {
	http.NewResponseController(v.answer).SetReadDeadline(at)
}

// refuse answers with why a request may not come in. What came with it is not read, so
// the connection ends where something may be left of it.
func (v *visit) refuse(r *http.Request, no *refusal) {
	h := v.answer.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	if no.status != http.StatusUnauthorized && no.status != http.StatusForbidden {
		h.Set("Connection", "close")
	}
	if no.status == http.StatusTooManyRequests || no.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "5")
	}
	v.answer.WriteHeader(no.status)
	if r.Method != http.MethodHead {
		fmt.Fprintln(v.answer, no.text)
	}
}

// inside is the request as what is behind the gate sees it: it knows who asks, and has no
// header that tells it otherwise.
func (v *visit) inside(r *http.Request) *http.Request {
	r = r.WithContext(context.WithValue(r.Context(), readerKey{}, Reader{v.name, party(v.client).String(), v.rules}))
	r.Header = r.Header.Clone()
	r.Header.Del("Authorization")
	if v.rules.Proxy != nil && v.rules.Proxy.Identity != "" {
		r.Header.Del(v.rules.Proxy.Identity)
	}
	return r
}
