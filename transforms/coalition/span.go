package coalition

import "slices"

// spanPrime is a prime above every minor of a matrix of zeros and ones with
// MaxPlayers columns (at most 1.1e9 by Hadamard's bound). No minor that differs
// from zero can vanish modulo it, so ranks modulo the prime are exact.
const spanPrime = 1<<31 - 1

// span is the linear span of the indicator vectors of some coalitions, kept as a
// basis of the vectors orthogonal to all of them.
type span struct {
	n      int
	normal [][]uint64
	basis  []Mask // the independent coalitions that were added, in order
}

func newSpan(n int) *span {
	s := &span{n: n, normal: make([][]uint64, n)}
	for i := range s.normal {
		s.normal[i] = make([]uint64, n)
		s.normal[i][i] = 1
	}
	return s
}

func (s *span) full() bool { return len(s.normal) == 0 }

// contains reports whether a coalition lies in the span.
func (s *span) contains(c Mask) bool {
	for _, vector := range s.normal {
		if dot(vector, c) != 0 {
			return false
		}
	}
	return true
}

// add extends the span by a coalition, and reports whether it was outside.
func (s *span) add(c Mask) bool {
	at := slices.IndexFunc(s.normal, func(vector []uint64) bool { return dot(vector, c) != 0 })
	if at < 0 {
		return false
	}
	out := s.normal[at]
	inverse := power(dot(out, c), spanPrime-2)
	rest := make([][]uint64, 0, len(s.normal)-1)
	for k, vector := range s.normal {
		if k == at {
			continue
		}
		factor := dot(vector, c) * inverse % spanPrime
		if factor != 0 {
			turned := make([]uint64, s.n)
			for i := range turned {
				turned[i] = (vector[i] + (spanPrime-factor)*out[i]) % spanPrime
			}
			vector = turned
		}
		rest = append(rest, vector)
	}
	s.normal = rest
	s.basis = append(s.basis, c)
	return true
}

func dot(vector []uint64, c Mask) uint64 {
	sum := uint64(0)
	for rest := c; rest != 0; rest &= rest - 1 {
		sum += vector[lowest(rest)]
	}
	return sum % spanPrime
}

func power(base, exponent uint64) uint64 {
	result := uint64(1)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = result * base % spanPrime
		}
		base = base * base % spanPrime
	}
	return result
}
