package main

import (
	"context"
	"net/http"
	"strings"

	"samkraft/pipeline"
	"samkraft/sinks/download"
	"samkraft/sinks/explore"
	"samkraft/sinks/gate"
	"samkraft/sinks/portal"
)

// readable is what a server serves of its plans: pages, files of snapshots, and what
// readers ask of tables themselves. Tables are those of the snapshot whose pages readers
// see, and are ready when these are.
func (s *settings) readable(disk pipeline.Disk, report func(error)) (*portal.Handler, http.Handler) {
	snapshots := pipeline.Snapshots{Disk: disk}
	files := &download.Handler{
		Snapshots: snapshots, Report: report, May: may,
	}
	var tables *explore.Handler
	pages := s.pages(disk, report, func(ctx context.Context, plan, id string) {
		if err := tables.Prepare(ctx, plan, id); err != nil {
			report(err)
		}
	})
	tables = explore.New(explore.Site{Snapshots: snapshots, Styles: []string{portal.StyleAddress()}, Icon: portal.IconAddress, Who: who, Report: report,
		Shown: func(plan string) string { return pages.Shown(context.Background(), plan) }})
	return pages, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/snapshots/"):
			files.ServeHTTP(w, r)
		case explore.Serves(r.URL.Path):
			tables.ServeHTTP(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

// may reports whether who asks may read a plan.
func may(r *http.Request, plan string) bool { return gate.From(r.Context()).May(plan) }

// who is whose turn a question takes: a name's, or an address's where nobody has a name.
func who(r *http.Request) string {
	reader := gate.From(r.Context())
	if reader.Name != "" {
		return "name " + reader.Name
	}
	return reader.Client
}

// planOf is the plan that an address is about.
func planOf(address string) string {
	if address == explore.StyleAddress {
		return ""
	}
	return portal.PlanOf(address)
}

// besides are the entries of a plan's navigation that lead to what readers ask
// themselves.
func besides() []portal.Link {
	return []portal.Link{{Titles: explore.Titles("explore"), Address: "explore/"}, {Titles: explore.Titles("query"), Address: "query"}}
}
