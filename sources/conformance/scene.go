package conformance

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
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
	page    bool // a page comes where data are due
	moves   bool // the publisher may have more afterwards
	inShort bool // is in every short trial
}

// end is how a scene is to end.
type end int

const (
	recovers   end = iota // all rows, in spite of the fault
	refuses               // a clear error, and no rows
	neverWrong            // either of both
)

// scenes are all, each with a name of its own.
func scenes(twists []standin.Twist) []scene {
	return slices.Concat(passing(), spoilt(twists), badDays(), habits())
}

// twice is a fault that passes in a client's patience.
func twice(name string, how setting, f standin.Fault) scene {
	return scene{name: name + ", twice", setting: how, fail: func(s *standin.Server) { s.Next(2, "", f) }, want: recovers}
}

// forGood is a fault that outlasts it.
func forGood(name string, how setting, f standin.Fault, want end) scene {
	return scene{name: name + ", for good", setting: how, fail: func(s *standin.Server) { s.Next(-1, "", f) }, want: want}
}

// passing are faults of the exchange: they may pass while a client waits, and else
// are told.
func passing() []scene {
	var all []scene
	add := func(name string, how setting, f standin.Fault) {
		for _, s := range []scene{twice(name, how, f), forGood(name, how, f, refuses)} {
			s.page = f.Name == standin.HTMLPage().Name || f.Name == standin.HTMLAs().Name
			all = append(all, s)
		}
	}
	faults := []standin.Fault{
		standin.Fail(http.StatusServiceUnavailable, standin.Seconds, 95*time.Second),
		standin.Fail(http.StatusServiceUnavailable, standin.Silent, 0),
		standin.Fail(http.StatusInternalServerError, standin.Silent, 0),
		standin.Cut(40), standin.TruncatedGzip(40), standin.WrongType("image/png"), standin.HTMLPage(), standin.HTMLAs(),
	}
	for _, hint := range []standin.Hint{standin.Silent, standin.Seconds, standin.Date, standin.Own} {
		faults = append(faults, standin.Fail(http.StatusTooManyRequests, hint, 95*time.Second))
	}
	for _, f := range faults {
		add(f.Name, setting{}, f)
	}
	add("cut at once", setting{}, standin.Cut(0))
	add("stall", setting{impatient: true}, standin.Stall(0, nil))
	add("stall in the body", setting{impatient: true}, standin.Stall(40, nil))
	add("redirect to the same host", setting{}, standin.Redirect(standin.SameHost))
	all = append(all, twice("redirect to another host", setting{}, standin.Redirect(standin.OtherHost)))
	for _, ahead := range []time.Duration{5 * time.Hour, -5 * time.Hour} {
		how := setting{options: standin.Options{Skew: ahead}}
		all = append(all, twice("429 by a clock that is off by "+ahead.String(), how, standin.Fail(http.StatusTooManyRequests, standin.Date, 95*time.Second)))
	}
	return all
}

// spoilt are faults of contents, for the decoder: it refuses them, or is not misled.
func spoilt(twists []standin.Twist) []scene {
	all := []scene{
		forGood("short", setting{}, standin.Short(40), neverWrong),
		forGood("empty", setting{}, standin.Empty(), refuses),
		forGood("latin-1", setting{}, standin.Latin1(), neverWrong),
		forGood("utf-16", setting{}, standin.UTF16(), refuses),
	}
	for _, t := range twists {
		always := forGood(string(t), setting{}, standin.Twisted(t), neverWrong)
		second := scene{name: string(t) + ", in the second answer", fail: func(s *standin.Server) { s.At(2, standin.Twisted(t)) }, want: neverWrong}
		always.moves, second.moves = t == standin.MovingRows, t == standin.MovingRows
		always.inShort = true
		all = append(all, always, second)
	}
	return all
}

// badDays are faults of several kinds in turn.
func badDays() []scene {
	var all []scene
	for seed := range uint64(6) {
		all = append(all, scene{name: fmt.Sprint("a bad day ", seed), want: neverWrong, fail: func(s *standin.Server) {
			s.Often(0.1, seed, standin.Cut(60))
			s.Often(0.1, seed+100, standin.Fail(http.StatusServiceUnavailable, standin.Silent, 0))
			s.Often(0.1, seed+200, standin.Short(60))
			s.Often(0.1, seed+300, standin.Fail(http.StatusTooManyRequests, standin.Own, 20*time.Second))
			s.Often(0.1, seed+400, standin.HTMLAs())
		}})
	}
	return all
}

// habits are no faults: services differ in them.
func habits() []scene {
	all := []scene{
		{name: "limits told in seconds", setting: setting{options: standin.Options{Hint: standin.Seconds}}},
		{name: "limits told by date", setting: setting{options: standin.Options{Hint: standin.Date}}},
		{name: "limits not told", setting: setting{options: standin.Options{Hint: standin.Silent}}},
		{name: "no validators", setting: setting{options: standin.Options{NoETag: true, NoModified: true}}},
		{name: "not compressed", setting: setting{options: standin.Options{NoGzip: true}}},
	}
	for i := range all {
		all[i].fail = func(*standin.Server) {}
	}
	return all
}

// play plays a scene: the fetch under the fault, and another one when it has passed.
func (s scene) play(t testing.TB, c Client, truth outcome) {
	stage := newStage(t, c, s.setting)
	stage.each(s.fail)
	got := stage.fetch(t.Context())
	wrong := got.wrong(truth)
	if s.moves {
		truth = stage.truth(t)
		if wrong != "" {
			wrong = got.wrong(truth)
		}
	}
	if wrong != "" {
		t.Errorf("a wrong answer is accepted: %s", wrong)
	}
	lacks := got.lacks(truth)
	switch {
	case s.want == recovers && lacks != "":
		t.Errorf("does not recover: %s", lacks)
	case s.want == refuses && got.err == nil:
		t.Errorf("is not refused; %d pieces are said to be empty", got.nothing)
	}
	isClear(t, got.err)
	stage.polite(t)
	if n := stage.requests(); n > 40*(1+len(c.pieces())) {
		t.Errorf("%d requests for %d pieces: it does not give up", n, len(c.pieces()))
	}

	stage.each((*standin.Server).Well)
	stage.clock.pass(2 * time.Hour)
	stage.forget()
	if lacks := stage.fetch(t.Context()).lacks(truth); lacks != "" {
		t.Errorf("when all is well again: %s", lacks)
	}
	stage.polite(t)
}

// isClear checks that an error is one for the person who must act.
func isClear(t testing.TB, err error) {
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
