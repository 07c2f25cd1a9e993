package gate

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostClients bounds how many clients are told apart at a time.
const mostClients = 4096

// clients limits how often each client does something. Those that were not seen for long
// are forgotten, a generation at a time: then they begin with what a new one has.
type clients struct {
	every rate.Limit
	burst int

	mu       sync.Mutex
	now, old map[netip.Addr]*rate.Limiter
}

func newClients(every rate.Limit, burst int) *clients {
	return &clients{every: every, burst: burst, now: map[netip.Addr]*rate.Limiter{}}
}

// allow reports whether a client may do it now. A nil limit allows all.
func (c *clients) allow(client netip.Addr, now time.Time) bool {
	if c == nil {
		return true
	}
	client = party(client)
	c.mu.Lock()
	defer c.mu.Unlock()
	limiter := c.now[client]
	if limiter == nil {
		if len(c.now) >= mostClients/2 {
			c.old, c.now = c.now, map[netip.Addr]*rate.Limiter{}
		}
		if limiter = c.old[client]; limiter == nil {
			limiter = rate.NewLimiter(c.every, c.burst)
		}
		c.now[client] = limiter
	}
	return limiter.AllowN(now, 1)
}

// party is what counts as one client: an address, and of the sixth version the network
// that one household or office has of its own.
func party(client netip.Addr) netip.Addr {
	if client.Is6() {
		if network, err := client.WithZone("").Prefix(64); err == nil {
			return network.Addr()
		}
	}
	return client
}
