package conformance

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"samkraft/sources/standin"
)

// certificates: a wrong one ends a fetch before the first request.
func certificates(t testing.TB, c Client, truth outcome) {
	stage := newStage(t, c, setting{options: standin.Options{Certificate: standin.Trusted}})
	if lacks := stage.fetch(t.Context()).lacks(truth); lacks != "" {
		t.Errorf("an authority that the user trusts: %s", lacks)
	}
	for _, how := range []setting{
		{options: standin.Options{Certificate: standin.Trusted}, distrust: true},
		{options: standin.Options{Certificate: standin.OtherName}},
		{options: standin.Options{Certificate: standin.SelfSigned}},
		{options: standin.Options{Certificate: standin.Expired}},
	} {
		stage := newStage(t, c, how)
		got := stage.fetch(t.Context())
		if got.err == nil || stage.requests() > 0 {
			t.Errorf("certificate %s, distrusted %v: accepted, with %d requests", how.options.Certificate, how.distrust, stage.requests())
		}
		isClear(t, got.err)
	}
}

// leavesHTTPS: a redirect from https to http is not followed.
func leavesHTTPS(t testing.TB, c Client, truth outcome) {
	stage := newStage(t, c, setting{options: standin.Options{Certificate: standin.Trusted}})
	stage.each(func(s *standin.Server) { s.Next(-1, "", standin.Redirect(standin.Insecure)) })
	got := stage.fetch(t.Context())
	if got.err == nil {
		t.Error("is not refused")
	}
	isClear(t, got.err)
	stage.each(func(s *standin.Server) {
		for _, e := range s.Log() {
			if !e.Secure {
				t.Errorf("asked without TLS: %s", e.Path)
			}
		}
		s.Well()
	})
	stage.clock.pass(2 * time.Hour)
	if lacks := stage.fetch(t.Context()).lacks(truth); lacks != "" {
		t.Errorf("when all is well again: %s", lacks)
	}
}

// secondTime: what has not changed is not sent again, where the service has
// validators.
func secondTime(t testing.TB, c Client, truth outcome) {
	stage := newStage(t, c, setting{})
	if got := stage.fetch(t.Context()); got.err != nil {
		t.Fatal(got.err)
	}
	bodies := func() (n int) {
		stage.each(func(s *standin.Server) { n += s.Bodies() })
		return n
	}
	before := bodies()
	stage.known = true
	if lacks := stage.fetch(t.Context()).lacks(truth); lacks != "" {
		t.Error(lacks)
	}
	if n := bodies() - before; n > stage.anew {
		t.Errorf("%d bodies were sent again, and %d answers have no validator", n, stage.anew)
	}
	stage.polite(t)
}

// takenUpAgain: a fetch that is killed at any of its first requests goes on where it
// was, and asks for nothing that it has.
func takenUpAgain(t testing.TB, c Client, truth outcome, kills int) {
	whole := newStage(t, c, setting{})
	whole.fetch(t.Context())
	once := whole.answered() // and twice, what a client asks before and after
	for kill := 1; kill <= min(whole.requests(), kills); kill++ {
		ctx, cancel := context.WithCancelCause(t.Context())
		var s *stage
		var arrived atomic.Int32
		s = newStage(t, c, setting{options: standin.Options{Arrived: func(standin.Entry) {
			if int(arrived.Add(1)) == kill {
				s.each(func(p *standin.Server) { p.Next(1, "", standin.Stall(0, nil)) })
				cancel(errKilled)
			}
		}}})
		if got := s.fetch(ctx); got.err == nil {
			t.Errorf("killed at request %d: ends well", kill)
		}
		cancel(nil)
		s.each((*standin.Server).Well)
		if lacks := s.fetch(t.Context()).lacks(truth); lacks != "" {
			t.Errorf("killed at request %d, taken up again: %s", kill, lacks)
		}
		for question, n := range s.answered() {
			if n > once[question] {
				t.Errorf("killed at request %d: asked again for what was there: %s", kill, question)
			}
		}
		s.polite(t)
	}
}

var errKilled = errors.New("the run is interrupted")
