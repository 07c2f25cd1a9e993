package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/sinks/compare"
	"samkraft/sources/catalogue"
	"samkraft/sources/own"
)

// difference is what differs between two snapshots of a plan, and in the
// publishers' figures behind them.
type difference struct {
	Plan     string             `json:"plan"`
	Old      string             `json:"old"`
	New      string             `json:"new"`
	Method   bool               `json:"method_changed"` // the program's models or coefficients
	PlanFile bool               `json:"plan_changed"`   // what the plan says
	Headline []headlineChange   `json:"headline"`
	Figures  []figureDifference `json:"figures"` // of publishers, and of the plan's own data
	Tables   []tableDifference  `json:"tables"`
	Skipped  []string           `json:"skipped,omitempty"` // what could not be compared, and why
}

// headlineChange is the gain of an agreement, or of all of them, before and after.
type headlineChange struct {
	Agreement string   `json:"agreement"`
	Old       *float64 `json:"old_eur"`
	New       *float64 `json:"new_eur"`
}

// figureDifference is how a data set differs.
type figureDifference struct {
	Source  string `json:"source"`
	DataSet string `json:"dataset"`
	tableDifference
}

// tableDifference is how a table differs, with the names of its key.
type tableDifference struct {
	compare.Difference
	KeyColumns []string `json:"key_columns"`
}

func newDiff(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use:   "diff PLAN/ID PLAN/ID",
		Short: "Tell what differs between two snapshots of a plan: figures, results, headline",
		Long: `Compares two snapshots of a plan, the older one first: which figures of publishers were changed,
came or went, for which member and by how much; which rows of the tables differ; and what that did to
the joint savings. PLAN/latest is the newest. Nothing of a comparison is kept: it is computed from the
snapshots and the archive.`,
		Example: "  samkraft diff kobenhavn-syd/0a1b2c3d4e5f6071 kobenhavn-syd/latest",
		Args:    cobra.ExactArgs(2),
	}
	format := c.Flags().String("format", "text", "text, json, or table: a line for each cell that differs")
	most := c.Flags().Int("most", 20, "how many cells to show of a table, the largest changes first")
	c.RunE = func(c *cobra.Command, args []string) error {
		if !slices.Contains([]string{"text", "json", "table"}, *format) || *most < 1 {
			return fmt.Errorf("--format %s --most %d: expected text, json or table, and a number from 1 on", *format, *most)
		}
		var plans, ids [2]string
		for i, arg := range args {
			plan, id, found := strings.Cut(arg, "/")
			if !found {
				return fmt.Errorf("%q: expected PLAN/ID, such as kobenhavn-syd/latest; 'samkraft snapshots' lists them", arg)
			}
			var err error
			if plans[i], ids[i], err = s.findSnapshot(plan, id); err != nil {
				return err
			}
		}
		if plans[0] != plans[1] {
			return fmt.Errorf("%s and %s are two plans: expected two snapshots of one", plans[0], plans[1])
		}
		d, err := s.diff(c.Context(), s.disk(false), plans[0], ids[0], ids[1], *most)
		if err != nil {
			return fails(err)
		}
		switch *format {
		case "json":
			e := json.NewEncoder(s.out)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			return e.Encode(d)
		case "table":
			return s.list("table", nil, []string{"TABLE", "KEY", "COLUMN", "OLD", "NEW", "CHANGE", "UNIT"}, d.rows())
		}
		s.tellDifference(d)
		return nil
	}
	return c
}

// diff compares two snapshots of a plan.
func (s *settings) diff(ctx context.Context, disk pipeline.Disk, plan, before, after string, most int) (difference, error) {
	return s.compare(ctx, disk, plan, before, after, most, true)
}

// changes is diff without the rows of tables, of which there may be millions: what a
// summary tells.
func (s *settings) changes(ctx context.Context, disk pipeline.Disk, plan, before, after string, most int) (difference, error) {
	return s.compare(ctx, disk, plan, before, after, most, false)
}

func (s *settings) compare(ctx context.Context, disk pipeline.Disk, plan, before, after string, most int, tables bool) (difference, error) {
	snapshots := pipeline.Snapshots{Disk: disk}
	d := difference{Plan: plan, Old: before, New: after, Headline: []headlineChange{}, Figures: []figureDifference{}, Tables: []tableDifference{}}
	old, err := snapshots.Manifest(plan, before)
	if err != nil {
		return d, err
	}
	now, err := snapshots.Manifest(plan, after)
	if err != nil {
		return d, err
	}
	d.Method, d.PlanFile = old.Models != now.Models, old.Plan != now.Plan
	spill, err := os.MkdirTemp("", "samkraft-diff-")
	if err != nil {
		return d, err
	}
	defer os.RemoveAll(spill)
	engine, err := compare.Open(s.threads, s.memory, spill)
	if err != nil {
		return d, err
	}
	defer engine.Close()
	folders := [2]string{snapshots.Folder(plan, before), snapshots.Folder(plan, after)}
	if d.Headline, err = headlineChanges(ctx, disk.Path(folders[0]), disk.Path(folders[1])); err != nil {
		return d, err
	}
	if err := d.figures(ctx, engine, disk, old, now, most); err != nil {
		return d, err
	}
	if !tables {
		return d, nil
	}
	return d, d.tables(ctx, engine, disk, folders, old, now, most)
}

// figures compares the extracts that the two snapshots do not share.
func (d *difference) figures(ctx context.Context, engine *compare.Engine, disk pipeline.FS, old, now pipeline.Manifest, most int) error {
	for _, source := range append(catalogue.Sources(), own.Source{}) {
		publisher := source.Publisher()
		for _, set := range publisher.DataSets {
			before, after := extractsOf(old, publisher.ID, set.ID), extractsOf(now, publisher.ID, set.ID)
			if slices.Equal(before, after) {
				continue
			}
			var states [2]map[string]compare.State
			var err error
			for i, list := range [][]string{before, after} {
				shared := [][]string{after, before}[i]
				if states[i], err = stagedStates(ctx, disk, source, set, list, shared); err != nil {
					break
				}
			}
			if err != nil {
				d.Skipped = append(d.Skipped, fmt.Sprintf("%s %s: %v", publisher.ID, set.ID, err))
				continue
			}
			for _, t := range set.Tables {
				spec := compare.Table{Name: t.Name, Key: t.Key}
				for _, c := range t.Columns {
					if !slices.Contains(t.Key, c.Name) {
						spec.Columns = append(spec.Columns, compare.Column{Name: c.Name, Unit: c.Unit})
					}
				}
				found, err := engine.Compare(ctx, spec, states[0][t.Name], states[1][t.Name], most)
				if err != nil {
					return err
				}
				if found.Any() {
					d.Figures = append(d.Figures, figureDifference{publisher.ID, set.ID, tableDifference{found, t.Key}})
				}
			}
		}
	}
	return nil
}

// extractsOf lists a data set's extracts in a manifest.
func extractsOf(m pipeline.Manifest, source, dataSet string) []string {
	var all []string
	for _, in := range m.Inputs {
		if in.Source == source && in.DataSet == dataSet {
			all = append(all, in.Extract)
		}
	}
	return all
}

// stagedStates finds the rows of a data set's extracts, by table. What the other
// state shares is Rest.
func stagedStates(ctx context.Context, disk pipeline.FS, source pipeline.Source, set pipeline.DataSet, extracts, other []string) (map[string]compare.State, error) {
	type staged struct {
		pipeline.Staged
		shared bool
	}
	var all []staged
	for _, sha := range extracts {
		x, err := (pipeline.Archive{Disk: disk}).Extract(source.Publisher().ID, set.ID, sha)
		if err != nil {
			return nil, err
		}
		rows, err := (pipeline.Stage{Disk: disk}).Decode(ctx, source, set, x)
		if err != nil {
			return nil, err
		}
		all = append(all, staged{rows, slices.Contains(other, sha)})
	}
	slices.SortStableFunc(all, func(a, b staged) int {
		return strings.Compare(a.AsOf+a.Extract.SHA256, b.AsOf+b.Extract.SHA256)
	})
	states := map[string]compare.State{}
	for _, one := range all {
		for table, file := range one.Files {
			state := states[table]
			if one.shared && set.Mode == pipeline.Upsert {
				state.Rest = append(state.Rest, disk.Path(file))
			} else {
				state.Now = append(state.Now, disk.Path(file))
			}
			states[table] = state
		}
	}
	return states, nil
}

// tables compares the published tables that do not have the same bytes.
func (d *difference) tables(ctx context.Context, engine *compare.Engine, disk pipeline.FS, folders [2]string, old, now pipeline.Manifest, most int) error {
	var described [2]map[string]described
	for i, folder := range folders {
		var err error
		if described[i], err = describedTables(disk, folder); err != nil {
			return err
		}
	}
	sums := map[string]string{}
	for _, t := range old.Tables {
		sums[t.Name] = t.SHA256
	}
	for _, t := range now.Tables {
		was, there := sums[t.Name]
		delete(sums, t.Name)
		a, b := described[0][t.Name], described[1][t.Name]
		switch {
		case was == t.SHA256 || t.Name == "lineage": // the figures above are where they differ
			continue
		case !there:
			d.Skipped = append(d.Skipped, "the table "+t.Name+" is new")
			continue
		case !slices.Equal(a.key, b.key):
			d.Skipped = append(d.Skipped, "the table "+t.Name+" has another key now")
			continue
		}
		spec := compare.Table{Name: t.Name, Key: b.key}
		for _, c := range b.columns {
			if slices.ContainsFunc(a.columns, func(o compare.Column) bool { return o.Name == c.Name }) {
				spec.Columns = append(spec.Columns, c)
			}
		}
		var states [2]compare.State
		for i, folder := range folders {
			states[i].Now = []string{disk.Path(folder + "/" + t.Name + ".parquet")}
		}
		found, err := engine.Compare(ctx, spec, states[0], states[1], most)
		if err != nil {
			return err
		}
		if found.Any() {
			d.Tables = append(d.Tables, tableDifference{found, b.key})
		}
	}
	for _, t := range old.Tables {
		if _, gone := sums[t.Name]; gone {
			d.Skipped = append(d.Skipped, "the table "+t.Name+" is no longer there")
		}
	}
	return nil
}

// described is what the data package says of a table.
type described struct {
	key     []string
	columns []compare.Column // besides the key
}

func describedTables(disk pipeline.FS, folder string) (map[string]described, error) {
	text, err := pipeline.ReadFile(disk, folder+"/datapackage.json")
	if err != nil {
		return nil, err
	}
	var p struct {
		Resources []struct {
			Name   string `json:"name"`
			Schema struct {
				Fields []struct {
					Name string `json:"name"`
					Unit string `json:"unit"`
				} `json:"fields"`
				Key []string `json:"primaryKey"`
			} `json:"schema"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, errors.Join(fmt.Errorf("%s/datapackage.json", folder), err)
	}
	all := map[string]described{}
	for _, r := range p.Resources {
		d := described{key: r.Schema.Key}
		for _, f := range r.Schema.Fields {
			if !slices.Contains(d.key, f.Name) {
				d.columns = append(d.columns, compare.Column{Name: f.Name, Unit: f.Unit})
			}
		}
		all[r.Name] = d
	}
	return all, nil
}
