// Package conformance holds every live client to the same promises: through all
// faults that a publisher can have, it gets the right rows or none, says clearly
// why there are none, gets them when the fault has passed, and never asks for more
// than the publisher allows. The publisher is a stand-in on this machine, the
// client's pace is that of a simulated clock, and requests go through the same
// polite client as in a run.
package conformance

import (
	"os"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/standin"
)

// Client is a client on trial, with what it is tried on.
type Client struct {
	Live    pipeline.Live
	DataSet string
	Want    pipeline.Want
	// Pieces is how many of the pieces for Want are fetched: the first by key. A few
	// small ones say as much as many.
	Pieces int
	// Services makes the services of the publisher, anew for every trial: one dialect
	// for each service that is asked.
	Services func() []standin.Dialect
	// ReadsPages says that some answers are pages for people, on which an address is
	// found: then a page of another kind is refused, and not asked for again
	// at once.
	ReadsPages bool
	// LiveOnly says why the answers are nothing in a mirror folder, where they are not:
	// pages that only together are known to be whole.
	LiveOnly string
}

// Run puts a client on trial: a short one, or with SAMKRAFT_LONG the whole.
func Run(t *testing.T, c Client) {
	t.Helper()
	long := os.Getenv("SAMKRAFT_LONG") != ""
	truth := c.truth(t)
	for i, s := range scenes(c.twists()) {
		if !long && !s.inShort && (i+len(c.Live.Publisher().ID)+len(c.DataSet))%short != 0 {
			continue
		}
		if c.ReadsPages && s.page {
			s.want = neverWrong
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.play(t, c, truth)
		})
	}
	t.Run("a second time", func(t *testing.T) { secondTime(t, c, truth) })
	if !long {
		t.Run("killed and taken up again", func(t *testing.T) { takenUpAgain(t, c, truth, 2) })
		return
	}
	t.Run("killed and taken up again", func(t *testing.T) { takenUpAgain(t, c, truth, 8) })
	t.Run("certificates", func(t *testing.T) { certificates(t, c, truth) })
	t.Run("redirect out of https", func(t *testing.T) { leavesHTTPS(t, c, truth) })
}

// short is how many scenes a short trial has one of: another one for every client, so
// that all clients together go through nearly all. Scenes that ask most of a client
// itself, and not of what is below all clients, are in every trial.
const short = 8

// truth is what the client makes of a publisher without faults: rows of every piece,
// from answers that a mirror folder would take as well.
func (c Client) truth(t testing.TB) outcome {
	t.Helper()
	s := newStage(t, c, setting{})
	got := s.fetch(t.Context())
	if got.err != nil {
		t.Fatalf("a publisher without faults: %v", got.err)
	}
	if len(got.pieces) == 0 || len(got.pieces[0].rows) == 0 {
		t.Fatal("a publisher without faults gives no rows: the trial would say nothing")
	}
	s.polite(t)
	for _, p := range got.pieces {
		if c.LiveOnly == "" {
			p.fitsMirror(t, c)
		}
	}
	return got
}

// pieces are those that are fetched.
func (c Client) pieces() []pipeline.Piece {
	all := c.Live.Pieces(c.DataSet, c.Want)
	slices.SortFunc(all, func(a, b pipeline.Piece) int { return strings.Compare(a.Key, b.Key) })
	if c.Pieces > 0 && len(all) > c.Pieces {
		all = all[:c.Pieces]
	}
	return all
}

// twists are the faults of contents that any of the services knows.
func (c Client) twists() []standin.Twist {
	var all []standin.Twist
	for _, d := range c.Services() {
		for _, t := range d.Twists() {
			if !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
	}
	return all
}
