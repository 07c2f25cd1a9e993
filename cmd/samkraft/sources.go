package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/sources/catalogue"
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
}

func newSources(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "sources", Short: "List publishers and data sets, and what the workspace has of them",
		Args: cobra.NoArgs,
	}
	format := formatFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		log := pipeline.FetchLog{Disk: s.disk(false)}
		var all []sourceInfo
		var rows [][]string
		for _, p := range publishers() {
			for _, d := range p.DataSets {
				info := sourceInfo{Source: p.ID, DataSet: d.ID, Title: d.Title, Publisher: p.Name, Countries: d.Countries, Licence: p.Licence,
					Attribution: p.Attribution, Redistributable: p.Redistributable, Address: p.Address, Decoder: d.Version}
				for _, t := range d.Tables {
					info.Tables = append(info.Tables, t.Name)
				}
				state, err := log.State(p.ID, d.ID)
				if err != nil {
					return fails(err)
				}
				if info.Extracts = len(state.Serving()); !state.Last.IsZero() {
					info.LastSeen = state.Last.Format("2006-01-02")
				}
				all = append(all, info)
				rows = append(rows, []string{p.ID, d.ID, strings.Join(d.Countries, " "), fmt.Sprint(info.Extracts), info.LastSeen, d.Title})
			}
		}
		return s.list(*format, all, []string{"SOURCE", "DATASET", "COUNTRY", "FILES", "CHANGED", "CONTENT"}, rows)
	}
	return c
}
