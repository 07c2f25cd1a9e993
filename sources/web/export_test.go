package web

// Paused reports whether anything is held back, for tests.
func (c *Client) Paused() bool {
	c.limiter.mu.Lock()
	defer c.limiter.mu.Unlock()
	for _, n := range c.limiter.counters {
		if n.paused.After(c.Clock.Now()) {
			return true
		}
	}
	return false
}
