package standin

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
)

// rule says which requests a fault befalls.
type rule struct {
	fault Fault
	takes func(r *http.Request, number int) bool
	left  int // requests; -1 for all
}

func (s *Server) add(r rule) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = append(s.rules, &r)
}

// Next lets a fault befall the next n requests whose path with its query contains
// a text; "" is every path, and n = -1 all of them.
func (s *Server) Next(n int, path string, f Fault) {
	s.add(rule{f, func(r *http.Request, _ int) bool { return strings.Contains(r.RequestURI, path) }, n})
}

// At lets a fault befall the request with a number. The first is 1.
func (s *Server) At(number int, f Fault) {
	s.add(rule{f, func(_ *http.Request, n int) bool { return n == number }, 1})
}

// Often lets a fault befall a share of all requests, drawn by their numbers from a
// seed.
func (s *Server) Often(share float64, seed uint64, f Fault) {
	s.add(rule{f, func(_ *http.Request, number int) bool { return draw(seed, number) < share }, -1})
}

// Well ends all faults.
func (s *Server) Well() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = nil
}

// due returns the fault of a request: of the first rule that takes it.
func (s *Server) due(r *http.Request, number int) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, rule := range s.rules {
		if rule.left == 0 || !rule.takes(r, number) {
			continue
		}
		if rule.left > 0 {
			rule.left--
		}
		return rule.fault
	}
	return Fault{}
}

// draw is a number from 0 to 1 for a seed and a request.
func draw(seed uint64, number int) float64 {
	h := fnv.New64a()
	h.Write([]byte(strconv.FormatUint(seed, 10) + " " + strconv.Itoa(number)))
	return float64(mix(h.Sum64())>>11) / (1 << 53)
}

// mix makes every bit of a number depend on all of them (the finaliser of
// splitmix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
