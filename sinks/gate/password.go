package gate

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/crypto/bcrypt"
)

// longestPassword is as much as bcrypt looks at.
const longestPassword = 72

// mostWaiting is how many may wait for their password to be looked at: one at a time is,
// so that guessing takes one processor at most.
const mostWaiting = 16

// passwords knows the users' hashes. Looking at a password takes a quarter of a second by
// intent, so who was let in once is known again by a quicker hash, of the last password of
// each user.
type passwords struct {
	hashes map[string][]byte
	decoy  []byte // is looked at for a name that nobody has, so that it takes as long

	mu    sync.Mutex
	known map[string][sha256.Size]byte
}

// decoyOf is a hash of no password that anybody knows.
func decoyOf(cost int) string {
	return fmt.Sprintf("$2a$%02d$", cost) + strings.Repeat("SamkraftSamkraft", 4)[:53]
}

func newPasswords(users []User) *passwords {
	p := &passwords{hashes: map[string][]byte{}, known: map[string][sha256.Size]byte{}}
	most := leastCost
	for _, u := range users {
		p.hashes[u.Name] = []byte(u.Password)
		if cost, err := bcrypt.Cost([]byte(u.Password)); err == nil {
			most = max(most, cost)
		}
	}
	p.decoy = []byte(decoyOf(most))
	return p
}

// remembers reports whether somebody was let in before with the same password.
func (p *passwords) remembers(name, password string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	known, there := p.known[name]
	sum := sha256.Sum256([]byte(password))
	return subtle.ConstantTimeCompare(known[:], sum[:]) == 1 && there
}

// right reports whether it is a user's password. A name that nobody has goes the same way
// as one with a wrong password.
func (p *passwords) right(name, password string) bool {
	hash, there := p.hashes[name]
	if !there {
		hash = p.decoy
	}
	fits := bcrypt.CompareHashAndPassword(hash, []byte(password)) == nil
	if !fits || !there {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known[name] = sha256.Sum256([]byte(password))
	return true
}

// queue lets one at a time through, and only so many wait.
type queue struct{ waiting, turn chan struct{} }

func newQueue() queue { return queue{make(chan struct{}, mostWaiting), make(chan struct{}, 1)} }

// enter reports whether it is one's turn; then leave has to be called.
func (q queue) enter(ctx context.Context) bool {
	select {
	case q.waiting <- struct{}{}:
	default:
		return false
	}
	defer func() { <-q.waiting }()
	select {
	case q.turn <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (q queue) leave() { <-q.turn }
