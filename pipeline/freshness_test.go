package pipeline_test

import (
	"testing"
	"time"

	"samkraft/pipeline"
)

// What one member's service still answers must not hide that another's is silent, and
// old pieces that nobody asks for again must not make a data set old.
func TestGood(t *testing.T) {
	greve, stevns, hylte := pipeline.Member{Country: "DK", Code: "253"}, pipeline.Member{Country: "DK", Code: "336"}, pipeline.Member{Country: "SE", Code: "1315"}
	day := func(n int) time.Time { return time.Date(2026, 3, n, 5, 0, 0, 0, time.UTC) }
	piece := func(at time.Time, members ...pipeline.Member) pipeline.PieceState {
		return pipeline.PieceState{Members: members, Asked: at, Extract: "x"}
	}
	pieces := map[string]pipeline.PieceState{
		"253/2026-01": piece(day(1), greve), "253/2026-02": piece(day(20), greve),
		"336/2026-02": piece(day(9), stevns), "336/2026-03": {Members: []pipeline.Member{stevns}, Fault: "no answer"},
	}
	both := []pipeline.Member{greve, stevns}
	for _, c := range []struct {
		name    string
		state   pipeline.FetchState
		members []pipeline.Member
		want    time.Time
	}{
		{"the member that was answered longest ago", pipeline.FetchState{Pieces: pieces, Complete: true}, both, day(9)},
		{"others do not count", pipeline.FetchState{Pieces: pieces, Complete: true}, []pipeline.Member{greve, hylte}, day(20)},
		{"about nobody by name", pipeline.FetchState{Pieces: map[string]pipeline.PieceState{"a": piece(day(2)), "b": piece(day(7))}, Complete: true}, both, day(7)},
		{"files serve until all was fetched", pipeline.FetchState{Files: []string{"f"}, Last: day(3), Pieces: pieces}, both, day(3)},
		{"nothing ever came", pipeline.FetchState{Pieces: map[string]pipeline.PieceState{"a": {Fault: "no answer"}}}, both, time.Time{}},
		{"nothing was asked", pipeline.FetchState{}, both, time.Time{}},
	} {
		if got := c.state.Good(c.members); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// What a plan says of a data set counts more than what it says of the publisher.
func TestMaxAge(t *testing.T) {
	p := pipeline.Plan{Data: []pipeline.DataRef{{Source: "p", DataSet: "a", MaxAge: "1d"}, {Source: "p", MaxAge: "7d"}, {Source: "p", DataSet: "b"}, {Source: "q", DataSet: "a", MaxAge: "3d"}}}
	for set, want := range map[string]string{"a": "1d", "b": "", "c": "7d"} {
		if got := p.MaxAge("p", set); got != want {
			t.Errorf("%s: %q, want %q", set, got, want)
		}
	}
	if got := p.MaxAge("q", "c"); got != "" {
		t.Errorf("of a data set that is not named: %q", got)
	}
}
