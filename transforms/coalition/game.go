package coalition

import (
	"errors"
	"fmt"
	"math/bits"
)

// MaxPlayers is the largest game kept as a table of all coalitions: 2^22 values
// of eight bytes are 32 MB.
const MaxPlayers = 22

// ExactPlayers is the largest game whose linear programs are solved in exact
// rationals. A figure that a council votes on should carry no floating-point
// doubt, and cooperations of this kind rarely have more members.
const ExactPlayers = 8

// MaxValue bounds the absolute value of every entry of a game. It is 88 billion
// euro in cents, or 8 800 TWh in kWh. Below it, sums over all coalitions of one
// size fit an int64 at MaxPlayers players, so the Shapley value stays exact.
const MaxValue = 1 << 43

// Errors that callers may want to tell apart.
var (
	// ErrPlayers means that the number of players is outside 1..MaxPlayers.
	ErrPlayers = errors.New("coalition: number of players out of range")
	// ErrTable means that a table of values does not describe a game.
	ErrTable = errors.New("coalition: bad table of values")
	// ErrShares means that a vector of shares does not fit the game.
	ErrShares = errors.New("coalition: bad vector of shares")
)

// Mask is a coalition: bit i is set when player i is a member.
type Mask uint64

// Has reports whether player i is a member.
func (s Mask) Has(i int) bool { return s>>i&1 == 1 }

// Size returns the number of members.
func (s Mask) Size() int { return bits.OnesCount64(uint64(s)) }

// Members lists the players of the coalition in rising order.
func (s Mask) Members() []int {
	return s.appendMembers(make([]int, 0, s.Size()))
}

// appendMembers adds the members to list, so that loops over all coalitions can
// reuse one slice.
func (s Mask) appendMembers(list []int) []int {
	for rest := uint64(s); rest != 0; rest &= rest - 1 {
		list = append(list, bits.TrailingZeros64(rest))
	}
	return list
}

// All returns the coalition of all n players, the grand coalition.
func All(n int) Mask { return Mask(1)<<n - 1 }

// Game is a cooperative game in savings form on whole numbers. The zero Game has
// no players and is not useful; build one with [New] or [FromCosts].
type Game struct {
	n int
	v []int64
}

// New builds a game of n players from its 2^n values indexed by [Mask]. The
// values are copied. The empty coalition must be worth 0.
//
// It fails with [ErrPlayers] or [ErrTable].
func New(n int, values []int64) (Game, error) {
	if err := checkTable(n, values); err != nil {
		return Game{}, err
	}
	return Game{n: n, v: append([]int64(nil), values...)}, nil
}

// FromCosts builds the savings game of a cost game given by its 2^n costs
// indexed by [Mask]: v(S) = sum of C({i}) over i in S, minus C(S). Every single
// player is worth 0, and the empty coalition must cost 0.
//
// It fails with [ErrPlayers] or [ErrTable].
func FromCosts(n int, costs []int64) (Game, error) {
	if err := checkTable(n, costs); err != nil {
		return Game{}, err
	}
	v := make([]int64, len(costs))
	for s := 1; s < len(costs); s++ {
		low := s & -s
		// v holds the stand-alone costs first: those of s without its lowest
		// member are known already, because that mask is smaller.
		v[s] = v[s&^low] + costs[low]
	}
	for s := range v {
		v[s] -= costs[s]
	}
	if err := checkTable(n, v); err != nil {
		return Game{}, err
	}
	return Game{n: n, v: v}, nil
}

// Players returns the number of players n.
func (g Game) Players() int { return g.n }

// Value returns v(s). It is 0 for a coalition with players outside the game.
func (g Game) Value(s Mask) int64 {
	if s >= Mask(len(g.v)) {
		return 0
	}
	return g.v[s]
}

// Total returns v(N), the value of everybody together.
func (g Game) Total() int64 {
	if len(g.v) == 0 {
		return 0
	}
	return g.v[len(g.v)-1]
}

// Values returns a copy of all values, indexed by [Mask].
func (g Game) Values() []int64 { return append([]int64(nil), g.v...) }

// Add returns the game g + h, worth g(S) + h(S) for every S. Both must have the
// same players. Adding is right only for agreements that use different measures,
// stocks and energy flows.
func (g Game) Add(h Game) (Game, error) {
	if g.n != h.n {
		return Game{}, fmt.Errorf("%w: %d and %d players cannot be added", ErrPlayers, g.n, h.n)
	}
	sum := make([]int64, len(g.v))
	for s := range sum {
		sum[s] = g.v[s] + h.v[s]
	}
	if err := checkTable(g.n, sum); err != nil {
		return Game{}, err
	}
	return Game{n: g.n, v: sum}, nil
}

// grand is the coalition of all players.
func (g Game) grand() Mask { return All(g.n) }

// lowest is the first member of a coalition that is not empty.
func lowest[T int | Mask](s T) int { return bits.TrailingZeros64(uint64(s)) }

func checkPlayers(n int) error {
	if n < 1 || n > MaxPlayers {
		return fmt.Errorf("%w: %d, expected 1 to %d", ErrPlayers, n, MaxPlayers)
	}
	return nil
}

func checkTable(n int, values []int64) error {
	if err := checkPlayers(n); err != nil {
		return err
	}
	if len(values) != 1<<n {
		return fmt.Errorf("%w: %d values for %d players, expected %d", ErrTable, len(values), n, 1<<n)
	}
	if values[0] != 0 {
		return fmt.Errorf("%w: the empty coalition has value %d, expected 0", ErrTable, values[0])
	}
	for s, value := range values {
		if value > MaxValue || value < -MaxValue {
			return fmt.Errorf("%w: coalition %b has value %d, expected at most %d either way", ErrTable, s, value, int64(MaxValue))
		}
	}
	return nil
}
