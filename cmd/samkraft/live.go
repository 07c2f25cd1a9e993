package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/fetch"
	"samkraft/sources/web"
)

// fetcher asks publishers in the name of plans, for what is used. What it may not
// know of (a key, a proxy) it finds in the environment.
func (s *settings) fetcher(disk pipeline.FS, sources []pipeline.Source, used fetch.Used, plans []pipeline.Plan, report pipeline.Reporter) (pipeline.Fetcher, error) {
	var contacts []string
	for _, p := range plans {
		if p.Contact != "" && !slices.Contains(contacts, p.Contact) {
			contacts = append(contacts, p.Contact)
		}
	}
	clock := s.waits
	if clock == nil {
		clock = web.NewClock(s.clock)
	}
	earlier, err := lastAsked(disk, sources, clock.Now())
	if err != nil {
		return nil, err
	}
	client, err := web.New(web.Options{
		Clock: clock, Random: rand.Float64, Version: version, Contact: strings.Join(contacts, "; "), Earlier: earlier,
		Secret: web.Secrets(func(name string) (string, bool) {
			value := s.getenv(name)
			return value, value != ""
		}),
		Authorities: s.getenv("SAMKRAFT_CA_FILE"),
		Notice:      report.Note,
	})
	if err != nil {
		return nil, err
	}
	return fetch.Fetcher{Disk: disk, Clock: clock.Now, Sources: sources, Web: client, Used: used}, nil
}

// lastAsked is when any publisher was asked last: its limits go on from then. That is
// not after now: where a clock was ahead, nobody is to wait until it would be right.
func lastAsked(disk pipeline.FS, sources []pipeline.Source, now time.Time) (time.Time, error) {
	var last time.Time
	for _, source := range sources {
		for _, set := range source.Publisher().DataSets {
			state, err := (pipeline.FetchLog{Disk: disk}).State(source.Publisher().ID, set.ID)
			if err != nil {
				return last, err
			}
			if state.Asked.After(last) {
				last = state.Asked
			}
		}
	}
	if last.After(now) {
		return now, nil
	}
	return last, nil
}
