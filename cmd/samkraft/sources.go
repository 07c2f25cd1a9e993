package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/pipeline/fetch"
	"samkraft/sources/catalogue"
	"samkraft/transforms"
)

func publishers() []pipeline.Publisher {
	var all []pipeline.Publisher
	for _, source := range catalogue.Sources() {
		all = append(all, source.Publisher())
	}
	return all
}

// sourceInfo is a data set as 'sources --format json' lists it.
type sourceInfo struct {
	Source          string   `json:"source"`
	DataSet         string   `json:"dataset"`
	Title           string   `json:"title"`
	Publisher       string   `json:"publisher"`
	Countries       []string `json:"countries"`
	Licence         string   `json:"licence"`
	Attribution     string   `json:"attribution"`
	Redistributable bool     `json:"redistributable"`
	Address         string   `json:"address"`
	Tables          []string `json:"tables"`
	Decoder         int      `json:"decoder"`
	Extracts        int      `json:"extracts"`  // in the workspace
	LastSeen        string   `json:"last_seen"` // when their set last changed; empty: never

	Used     bool       `json:"used"` // a table or a check is made of it
	Live     bool       `json:"live"` // is asked of the publisher, for the plans
	Services []string   `json:"services,omitempty"`
	Pieces   int        `json:"pieces,omitempty"` // that the plans want of it
	Have     int        `json:"have,omitempty"`   // of them that serve
	Due      int        `json:"due,omitempty"`    // that the next run asks for
	Asked    *time.Time `json:"asked,omitempty"`  // the last answer
	Requests int        `json:"requests"`         // that were ever sent
	Next     *time.Time `json:"next,omitempty"`   // when one is due; with Due above zero it is now
	Faults   []string   `json:"faults,omitempty"` // pieces that could not be fetched or read the last time, with why
}

func newSources(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "sources [PLAN...]", Short: "List publishers and data sets, what the workspace has of them, and what is fetched next",
		Long: `Lists every data set with its licence, what the workspace has of it, when that last changed, how many
requests it took, and when it is asked for next so that the plans (all built-in ones, when none is named)
have what they want. FETCHED is the pieces that are there of those wanted; NEXT is now where some are
missing or may have been revised. A data set without NEXT cannot be asked for: its files are handed in. Of
one that is unused no table is made, and it is asked for only where a plan names it in its data list.`,
	}
	format := formatFlag(c)
	c.RunE = func(_ *cobra.Command, names []string) error {
		plans, err := choosePlans(names)
		if err != nil {
			return err
		}
		disk, err := s.reading()
		if err != nil {
			return err
		}
		log := pipeline.FetchLog{Disk: disk}
		warehouse, err := transforms.New(disk, declared(), s.threads, s.memory)
		if err != nil {
			return fails(err)
		}
		var all []sourceInfo
		var rows [][]string
		for _, source := range catalogue.Sources() {
			p := source.Publisher()
			for _, d := range p.DataSets {
				state, err := log.State(p.ID, d.ID)
				if err != nil {
					return fails(err)
				}
				info := sourceInfo{Source: p.ID, DataSet: d.ID, Title: d.Title, Publisher: p.Name, Countries: d.Countries, Licence: p.Licence,
					Attribution: p.Attribution, Redistributable: p.Redistributable, Address: p.Address, Decoder: d.Version,
					Extracts: len(state.Serving()), Used: warehouse.Reads(p.ID, d.ID)}
				for _, t := range d.Tables {
					info.Tables = append(info.Tables, t.Name)
				}
				if !state.Last.IsZero() {
					info.LastSeen = state.Last.Format(time.DateOnly)
				}
				fetched, next := "", ""
				if live, ok := source.(pipeline.Live); ok {
					fetched, next = info.look(live, d, warehouse.Reads, plans, state, s.clock().UTC())
				}
				all = append(all, info)
				rows = append(rows, []string{p.ID, d.ID, strings.Join(d.Countries, " "), fmt.Sprint(info.Extracts), info.LastSeen, fetched, fmt.Sprint(info.Requests), next, p.Licence, d.Title})
				for _, fault := range info.Faults {
					rows = append(rows, []string{"", "  ! " + fault})
				}
			}
		}
		return s.list(*format, all, []string{"SOURCE", "DATASET", "COUNTRY", "EXTRACTS", "CHANGED", "FETCHED", "REQUESTS", "NEXT", "LICENCE", "CONTENT"}, rows)
	}
	return c
}

// look fills in what is known of fetching a data set, and returns two cells of the
// listing.
func (i *sourceInfo) look(live pipeline.Live, set pipeline.DataSet, used fetch.Used, plans []pipeline.Plan, state pipeline.FetchState, now time.Time) (fetched, next string) {
	for _, s := range live.Services() {
		i.Services = append(i.Services, s.ID+": "+s.Address)
	}
	i.Requests = state.Requests
	if !state.Asked.IsZero() {
		i.Asked = &state.Asked
	}
	keys := slices.Sorted(maps.Keys(state.Pieces))
	for _, key := range keys {
		if fault := state.Pieces[key].Fault; fault != "" {
			i.Faults = append(i.Faults, key+": "+fault)
		}
	}
	o, wanted := fetch.Look(live, set, used, plans, state, now)
	if i.Live = wanted; !wanted {
		if !i.Used {
			return "", "unused"
		}
		return "", ""
	}
	i.Pieces, i.Have, i.Due = o.Pieces, o.Have, o.Due
	fetched = fmt.Sprintf("%d/%d", o.Have, o.Pieces)
	switch {
	case o.Due > 0:
		return fetched, fmt.Sprintf("now (%d)", o.Due)
	case !o.Next.IsZero():
		i.Next = &o.Next
		return fetched, o.Next.Format("2006-01-02 15:04Z")
	}
	return fetched, "never"
}
