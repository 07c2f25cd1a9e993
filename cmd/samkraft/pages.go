package main

import (
	"context"
	"time"

	"samkraft/pipeline"
	"samkraft/sinks/compare"
	"samkraft/sinks/portal"
)

// mostShown is how many cells of a table the page of changes shows.
const mostShown = 10

// pages returns the pages of the plans of a workspace. Beside is portal.Site's.
func (s *settings) pages(disk pipeline.Disk, report func(error), beside func(ctx context.Context, plan, id string)) *portal.Handler {
	return portal.New(portal.Site{
		Snapshots: pipeline.Snapshots{Disk: disk}, Clock: s.clock, Zone: time.Local, Report: report, More: besides(), Rows: "explore/", May: may, Beside: beside,
		Compare: func(ctx context.Context, plan, before, after string) (portal.Changes, error) {
			d, err := s.diff(ctx, disk, plan, before, after, mostShown)
			return d.changes(), err
		},
	})
}

// changes are a comparison as pages show it.
func (d difference) changes() portal.Changes {
	c := portal.Changes{Method: d.Method, PlanFile: d.PlanFile, Skipped: d.Skipped}
	for _, h := range d.Headline {
		c.Gains = append(c.Gains, portal.GainChange{Agreement: h.Agreement, Old: h.Old, New: h.New})
	}
	for _, f := range d.Figures {
		c.Figures = append(c.Figures, tableChange(f.Source, f.DataSet, f.Difference))
	}
	for _, t := range d.Tables {
		c.Tables = append(c.Tables, tableChange("", "", t.Difference))
	}
	return c
}

func tableChange(source, dataSet string, d compare.Difference) portal.TableChange {
	t := portal.TableChange{Source: source, DataSet: dataSet, Table: d.Table, Changed: d.Changed, Added: d.Added, Removed: d.Removed}
	for _, c := range d.Largest {
		t.Largest = append(t.Largest, portal.CellChange{Key: c.Key, Column: c.Column, Unit: c.Unit, Old: c.Old, New: c.New})
	}
	return t
}
