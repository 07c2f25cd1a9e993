package conformance

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"samkraft/sources/standin"
)

// certificates: a wrong one ends a fetch before the first request.
func certificates(t *testing.T, c Client, truth []string) {
	stage := newStage(t, c, setting{options: standin.Options{Certificate: standin.Trusted}})
	if got := stage.fetch(t.Context()); got.err != nil || !slices.Equal(got.rows, truth) {
		t.Errorf("an authority that the user trusts: %v; %s", got.err, difference(truth, got.rows))
	}
	for _, how := range []setting{
		{options: standin.Options{Certificate: standin.Trusted}, distrust: true},
		{options: standin.Options{Certificate: standin.OtherName}},
		{options: standin.Options{Certificate: standin.SelfSigned}},
		{options: standin.Options{Certificate: standin.Expired}},
	} {
		stage := newStage(t, c, how)
		got := stage.fetch(t.Context())
		if got.err == nil || len(got.rows) > 0 || stage.requests() > 0 {
			t.Errorf("certificate %s, distrusted %v: accepted, with %d requests", how.options.Certificate, how.distrust, stage.requests())
		}
		isClear(t, got.err)
	}
}

// leavesHTTPS: a redirect from https to http is not followed.
func leavesHTTPS(t *testing.T, c Client, truth []string) {
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
	if again := stage.fetch(t.Context()); again.err != nil || !slices.Equal(again.rows, truth) {
		t.Errorf("when all is well again: %v; %s", again.err, difference(truth, again.rows))
	}
}

// secondTime: what has not changed is not sent again, where the service has
// validators.
func secondTime(t *testing.T, c Client, truth []string) {
	stage := newStage(t, c, setting{})
	if got := stage.fetch(t.Context()); got.err != nil {
		t.Fatal(got.err)
	}
	bodies := func() (n int) {
		stage.each(func(s *standin.Server) { n += s.Bodies() })
		return n
	}
	before, without := bodies(), 0
	for _, a := range stage.answers {
		if a.validator.ETag == "" && a.validator.LastModified == "" && !a.absent {
			without++
		}
	}
	stage.known = true
	again := stage.fetch(t.Context())
	if again.err != nil || !slices.Equal(again.rows, truth) {
		t.Errorf("%v; %s", again.err, difference(truth, again.rows))
	}
	if n := bodies() - before; n > without {
		t.Errorf("%d bodies were sent again, and %d answers have no validator", n, without)
	}
	stage.polite(t)
}

// takenUpAgain: a fetch that is killed at any request goes on where it was, and asks
// for nothing that it has.
func takenUpAgain(t *testing.T, c Client, truth []string) {
	whole := newStage(t, c, setting{})
	whole.fetch(t.Context())
	for kill := 1; kill <= min(whole.requests(), 8); kill++ {
		ctx, cancel := context.WithCancelCause(t.Context())
		arrived := 0 // one after the other: a fetch asks so
		stage := newStage(t, c, setting{options: standin.Options{Arrived: func(standin.Entry) {
			if arrived++; arrived == kill {
				cancel(errKilled)
			}
		}}})
		stage.each(func(s *standin.Server) { s.At(kill, standin.Stall(0, nil)) })
		if got := stage.fetch(ctx); got.err == nil {
			t.Errorf("killed at request %d: ends well", kill)
		}
		cancel(nil)
		stage.each((*standin.Server).Well)
		if got := stage.fetch(t.Context()); got.err != nil || !slices.Equal(got.rows, truth) {
			t.Errorf("killed at request %d, taken up again: %v; %s", kill, got.err, difference(truth, got.rows))
		}
		stage.each(func(s *standin.Server) {
			for _, e := range s.Twice() {
				t.Errorf("killed at request %d: asked again for what was there: %s %s", kill, e.Method, e.Path)
			}
		})
		stage.polite(t)
	}
}

var errKilled = fmt.Errorf("the run is interrupted")

// difference tells two lists of rows apart.
func difference(want, got []string) string {
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			return fmt.Sprintf("%d rows and not %d; missing is %s", len(got), len(want), want[i])
		case i >= len(want):
			return fmt.Sprintf("%d rows and not %d; too many is %s", len(got), len(want), got[i])
		case want[i] != got[i]:
			return fmt.Sprintf("%d rows, expected %d; row %d is %s, expected %s", len(got), len(want), i, got[i], want[i])
		}
	}
	return "the same rows"
}
