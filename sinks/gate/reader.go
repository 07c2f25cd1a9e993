package gate

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// How often one client may have a password looked at.
const attemptsAtOnce = 5

var attemptsEvery = rate.Every(6 * time.Second)

// Reader is who asks.
type Reader struct {
	Name   string // "" where nobody needs one
	Client string // the address, or the network that counts as one
	rules  *rules
}

type readerKey struct{}

// From tells who asks. Of a request that did not come through a gate it is somebody who
// may read nothing.
func From(ctx context.Context) Reader {
	r, _ := ctx.Value(readerKey{}).(Reader)
	return r
}

// May reports whether the reader may read a plan.
func (r Reader) May(plan string) bool { return r.rules != nil && r.rules.reads(r.Name, plan) }

func (r *rules) reads(name, plan string) bool {
	return r.Open || r.Readers == nil || listed(r.Readers[plan], name)
}

func (r *rules) watches(name string) bool {
	return r.Open || r.Watchers == nil || listed(r.Watchers, name)
}

func listed(names []string, name string) bool {
	return slices.Contains(names, name) || slices.Contains(names, everybody)
}

func (l *Limit) every() rate.Limit { return rate.Limit(l.PerSecond) }

// addressOf is the address of the other end of a connection.
func addressOf(remote string) netip.Addr {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// trusts reports whether a peer is the proxy.
func (r *rules) trusts(peer netip.Addr) bool {
	return r.Proxy != nil && slices.ContainsFunc(r.Proxy.from, func(p netip.Prefix) bool { return p.Contains(peer) })
}

// clientOf is who asks: the peer, or whom the proxy names. Of several that it names the
// last counts that is no proxy: those before it may be made up.
func (r *rules) clientOf(peer netip.Addr, forwarded []string) netip.Addr {
	if !r.trusts(peer) {
		return peer
	}
	named := strings.Split(strings.Join(forwarded, ","), ",")
	for _, text := range slices.Backward(named) {
		address, err := netip.ParseAddr(strings.Trim(strings.TrimSpace(text), "[]"))
		if err != nil {
			return peer
		}
		if address = address.Unmap().WithZone(""); !r.trusts(address) {
			return address
		}
	}
	return peer
}

// identify finds out who asks.
func (v *visit) identify(r *http.Request) *refusal {
	rules := v.rules
	if rules.Open {
		return nil
	}
	if !rules.trusts(v.peer) && r.TLS == nil && !v.peer.IsLoopback() {
		return &refusal{http.StatusForbidden, "names and passwords would travel unencrypted: ask by https, or through the proxy"}
	}
	if rules.Proxy != nil && rules.Proxy.Identity != "" && rules.trusts(v.peer) {
		told := r.Header.Values(rules.Proxy.Identity)
		switch {
		case len(told) > 1:
			return &refusal{http.StatusBadRequest, "the header " + rules.Proxy.Identity + " is there twice"}
		case len(told) == 1 && isName(told[0]):
			v.name = told[0]
			return nil
		case len(rules.Users) == 0:
			return &refusal{http.StatusForbidden, "the proxy does not tell who asks"}
		}
	}
	return v.authenticate(r)
}

// authenticate asks for a name and a password.
func (v *visit) authenticate(r *http.Request) *refusal {
	again := &refusal{http.StatusUnauthorized, "a name and its password are needed"}
	if len(v.rules.Users) == 0 {
		return &refusal{http.StatusForbidden, "only the proxy tells who may come in"}
	}
	v.answer.Header().Set("WWW-Authenticate", `Basic realm="Samkraft", charset="UTF-8"`)
	name, password, given := r.BasicAuth()
	if !given || len(name) > longestName || len(password) > longestPassword {
		return again
	}
	known := v.rules.passwords
	if !known.remembers(name, password) {
		if !v.attempts.allow(v.client, v.began) {
			return &refusal{http.StatusTooManyRequests, "too many passwords: wait a minute"}
		}
		if !v.turns.enter(r.Context()) {
			return &refusal{http.StatusServiceUnavailable, "too many passwords are being looked at: try again"}
		}
		right := known.right(name, password)
		if v.turns.leave(); !right {
			v.Log.Warn("a wrong name or password", "client", v.client.String(), "name", fmt.Sprintf("%.64q", name))
			return again
		}
	}
	v.answer.Header().Del("WWW-Authenticate")
	v.name = name
	return nil
}
