package conformance

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/standin"
)

// scene is a fault and what a client is to make of it.
type scene struct {
	name    string
	setting setting
	fail    func(*standin.Server)
	want    end
}

// end is how a scene is to end.
type end int

const (
	recovers   end = iota // all rows, in spite of the fault
	refuses               // a clear error, and no rows
	neverWrong            // either of both
)

// Faults of the exchange pass in a client's patience; those of contents are for the
// decoder, which refuses them or is not misled.
func scenes(twists []standin.Twist) []scene {
	var all []scene
	passing := func(name string, how setting, f standin.Fault) {
		all = append(all, scene{name + ", twice", how, func(s *standin.Server) { s.Next(2, "", f) }, recovers})
	}
	lasting := func(name string, how setting, want end, f standin.Fault) {
		all = append(all, scene{name + ", for good", how, func(s *standin.Server) { s.Next(-1, "", f) }, want})
	}
	both := func(f standin.Fault) {
		passing(f.Name, setting{}, f)
		lasting(f.Name, setting{}, refuses, f)
	}
	usual := setting{}
	for _, hint := range []standin.Hint{standin.Silent, standin.Seconds, standin.Date, standin.Own} {
		both(standin.Fail(http.StatusTooManyRequests, hint, 95*time.Second))
	}
	both(standin.Fail(http.StatusServiceUnavailable, standin.Seconds, 95*time.Second))
	both(standin.Fail(http.StatusServiceUnavailable, standin.Silent, 0))
	both(standin.Fail(http.StatusInternalServerError, standin.Silent, 0))
	for _, ahead := range []time.Duration{5 * time.Hour, -5 * time.Hour} {
		passing("429 by a clock that is off by "+ahead.String(), setting{options: standin.Options{Skew: ahead}}, standin.Fail(http.StatusTooManyRequests, standin.Date, 95*time.Second))
	}
	for name, f := range map[string]standin.Fault{"stall": standin.Stall(0, nil), "stall in the body": standin.Stall(40, nil)} {
		passing(name, setting{impatient: true}, f)
		lasting(name, setting{impatient: true}, refuses, f)
	}
	passing("cut at once", usual, standin.Cut(0))
	lasting("cut at once", usual, refuses, standin.Cut(0))
	both(standin.Cut(40))
	both(standin.TruncatedGzip(40))
	both(standin.WrongType("image/png"))
	both(standin.HTMLPage())
	both(standin.HTMLAs())
	passing("redirect to the same host", usual, standin.Redirect(standin.SameHost))
	passing("redirect to another host", usual, standin.Redirect(standin.OtherHost))
	lasting("redirect to the same host", usual, refuses, standin.Redirect(standin.SameHost))

	lasting("short", usual, neverWrong, standin.Short(40))
	lasting("empty", usual, refuses, standin.Empty())
	lasting("latin-1", usual, neverWrong, standin.Latin1())
	lasting("utf-16", usual, refuses, standin.UTF16())
	for _, t := range twists {
		lasting(string(t), usual, neverWrong, standin.Twisted(t))
		all = append(all, scene{string(t) + ", from the second answer", usual, func(s *standin.Server) { s.At(2, standin.Twisted(t)) }, neverWrong})
	}
	for seed := range uint64(6) {
		all = append(all, scene{fmt.Sprint("a bad day ", seed), usual, func(s *standin.Server) {
			s.Often(0.1, seed, standin.Cut(60))
			s.Often(0.1, seed+100, standin.Fail(http.StatusServiceUnavailable, standin.Silent, 0))
			s.Often(0.1, seed+200, standin.Short(60))
			s.Often(0.1, seed+300, standin.Fail(http.StatusTooManyRequests, standin.Own, 20*time.Second))
			s.Often(0.1, seed+400, standin.HTMLAs())
		}, neverWrong})
	}
	for name, o := range map[string]standin.Options{
		"limits told in seconds": {Hint: standin.Seconds}, "limits told by date": {Hint: standin.Date}, "limits not told": {Hint: standin.Silent},
		"no validators": {NoETag: true, NoModified: true}, "not compressed": {NoGzip: true},
	} {
		all = append(all, scene{name, setting{options: o}, func(*standin.Server) {}, recovers})
	}
	slices.SortFunc(all, func(a, b scene) int { return strings.Compare(a.name, b.name) })
	return all
}

// play plays a scene: the fetch under the fault, and another one when it has passed.
func (s scene) play(t *testing.T, c Client, truth []string) {
	stage := newStage(t, c, s.setting)
	stage.each(s.fail)
	got := stage.fetch(t.Context())
	switch {
	case got.err == nil && got.nothing == 0 && !slices.Equal(got.rows, truth):
		t.Errorf("a wrong answer is accepted: %s", difference(truth, got.rows))
	case s.want == recovers && (got.err != nil || got.nothing > 0):
		t.Errorf("does not recover: %v, %d pieces said to be empty", got.err, got.nothing)
	case s.want == refuses && got.err == nil:
		t.Errorf("is not refused: %d pieces said to be empty", got.nothing)
	}
	isClear(t, got.err)
	stage.polite(t)
	if n := stage.requests(); n > 40*(1+len(c.pieces())) {
		t.Errorf("%d requests for %d pieces: it does not give up", n, len(c.pieces()))
	}

	stage.each((*standin.Server).Well)
	stage.clock.pass(2 * time.Hour)
	stage.forget()
	if again := stage.fetch(t.Context()); again.err != nil || !slices.Equal(again.rows, truth) {
		t.Errorf("when all is well again: %v; %s", again.err, difference(truth, again.rows))
	}
	stage.polite(t)
}

// isClear checks that an error is one for the person who must act.
func isClear(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var p *pipeline.Problem
	if !errors.As(err, &p) {
		t.Errorf("the error is no Problem: %T %v", err, err)
		return
	}
	if p.What == "" || p.File == "" {
		t.Errorf("the error does not say what is wrong where: %v", err)
	}
	t.Logf("told as: %v", err)
}
