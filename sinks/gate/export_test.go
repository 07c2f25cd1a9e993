package gate

// Clients is how many clients the limit remembers.
func (g *Gate) Clients() int {
	c := g.rules.Load().limit
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.now) + len(c.old)
}
