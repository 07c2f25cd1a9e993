package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"samkraft/pipeline"
	"samkraft/sinks/query"
)

// summarise tells a planner what a run came to: per plan the headline, who gets
// what, what rests on examples and assumptions, what is missing, and where the
// files are.
func (s *settings) summarise(ctx context.Context, disk pipeline.Disk, order pipeline.Order, outcome pipeline.Outcome) error {
	t := summaryTexts[s.lang]
	for i, p := range outcome.Plans {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		name := p.Plan
		for _, plan := range order.Plans {
			if plan.ID == p.Plan {
				name = map[string]string{"da": plan.Name.DA, "sv": plan.Name.SV, "en": plan.Name.EN}[s.lang]
			}
		}
		switch {
		case p.New:
			fmt.Fprintf(s.out, "%s: "+t.published+"\n", name, p.Snapshot)
		case p.Withheld != "":
			fmt.Fprintf(s.out, "%s: "+t.withheld+"\n", name, disk.Path(p.Withheld))
		case len(p.Problems) > 0:
			fmt.Fprintf(s.out, "%s: "+t.failed+"\n", name)
		default:
			fmt.Fprintf(s.out, "%s: "+t.unchanged+"\n", name, p.Snapshot)
		}
		for _, problem := range p.Problems {
			fmt.Fprintf(s.out, "  ! %s\n", problem)
		}
		for _, c := range p.Checks {
			if c.Severity == "error" || p.Code == pipeline.Withheld {
				fmt.Fprintf(s.out, "  ! %s %s: %d\n", c.ID, c.Severity, c.Offences)
				for _, m := range c.Messages {
					fmt.Fprintf(s.out, "      %s\n", m)
				}
			}
		}
		if p.Held != "" && p.Held != p.Snapshot {
			fmt.Fprintf(s.out, "  ! "+t.held+"\n", p.Held, p.Plan)
		}
		for _, text := range p.Stale {
			fmt.Fprintf(s.out, "  ! %s: %s\n", t.stale, text)
		}
		if !p.New && (p.Code != pipeline.Done && p.Code != pipeline.Stale || p.Snapshot == "") {
			if p.Snapshot != "" {
				fmt.Fprintf(s.out, "  "+t.stands+"\n", p.Snapshot)
			}
			continue
		}
		folder := disk.Path((pipeline.Snapshots{Disk: disk}).Folder(p.Plan, p.Snapshot))
		if err := s.headline(ctx, folder, p.New, t); err != nil {
			return err
		}
		if p.Previous != "" {
			if err := s.revision(ctx, disk, p, t); err != nil {
				return err
			}
		}
		var warnings []string
		for _, c := range p.Checks {
			warnings = append(warnings, fmt.Sprintf("%s (%d)", c.ID, c.Offences))
		}
		if len(warnings) > 0 {
			fmt.Fprintf(s.out, "  %s: %s\n", t.warnings, strings.Join(warnings, ", "))
		}
		if order.Origin == pipeline.FromSample {
			fmt.Fprintf(s.out, "  %s\n", t.sample)
		}
		fmt.Fprintf(s.out, "  %s: %s\n", t.files, folder)
	}
	s.fetched(outcome, t)
	s.leftovers(order, outcome, t)
	return nil
}

// revision tells what a new snapshot changed: which figures of publishers moved, and
// what that did to the headline.
func (s *settings) revision(ctx context.Context, disk pipeline.Disk, p pipeline.PlanOutcome, t texts) error {
	const shown = 5
	d, err := s.changes(ctx, disk, p.Plan, p.Previous, p.Snapshot, shown)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "\n  "+t.newlySince+"\n", p.Previous)
	s.tellChanges(d)
	return nil
}

// fetched tells what was asked of publishers.
func (s *settings) fetched(outcome pipeline.Outcome, t texts) {
	if outcome.Fetched == nil {
		return
	}
	var all pipeline.FetchReport
	changed := 0
	for _, f := range outcome.Fetched {
		all.Requests += f.Requests
		all.Asked += f.Asked
		all.Nothing += f.Nothing
		all.Waiting += f.Waiting
		changed += len(f.Changed)
	}
	fmt.Fprintf(s.out, "\n"+t.fetching+"\n", all.Requests, all.Asked, changed, all.Nothing, all.Waiting)
	for _, f := range outcome.Fetched {
		if f.Waiting > 0 {
			fmt.Fprintf(s.out, "  %s %s: %d\n", f.Source, f.DataSet, f.Waiting)
		}
	}
}

// leftovers lists the files that were not used.
func (s *settings) leftovers(order pipeline.Order, outcome pipeline.Outcome, t texts) {
	if len(outcome.SetAside) > 0 {
		fmt.Fprintf(s.out, "\n%s:\n", t.aside)
		for _, text := range outcome.SetAside {
			fmt.Fprintf(s.out, "  %s\n", text)
		}
	}
	if len(outcome.Unrecognised) == 0 || order.Origin == pipeline.FromSample {
		return
	}
	fmt.Fprintf(s.out, "\n%s:\n", t.unrecognised)
	var folders []string
	names := map[string][]string{}
	for _, file := range outcome.Unrecognised {
		folder := path.Dir(file)
		if names[folder] == nil {
			folders = append(folders, folder)
		}
		names[folder] = append(names[folder], path.Base(file))
	}
	const shown = 4
	for _, folder := range folders {
		list := names[folder]
		more := ""
		if len(list) > shown {
			more = fmt.Sprintf(" "+t.more, len(list)-shown)
			list = list[:shown]
		}
		fmt.Fprintf(s.out, "  %s: %s%s\n", folder, strings.Join(list, ", "), more)
	}
}

// gaps tells of figures of other years than the base year, of targets that could
// not be corrected for weather as they ask, and of what is missing.
func (s *settings) gaps(ctx context.Context, snapshot *query.Session, t texts) error {
	type other struct {
		Stock string `json:"stock"`
		Years string `json:"years"`
		Base  int    `json:"base_year"`
	}
	var others []other
	err := ask(ctx, snapshot, &others, `SELECT stock, string_agg(DISTINCT year::VARCHAR, ', ' ORDER BY year::VARCHAR) AS years, p.base_year
		FROM end_use CROSS JOIN plan p WHERE year <> p.base_year GROUP BY stock, p.base_year ORDER BY stock`)
	if err != nil {
		return err
	}
	var list []string
	for _, o := range others {
		list = append(list, o.Stock+" "+o.Years)
	}
	if len(list) > 0 {
		fmt.Fprintf(s.out, "  "+t.otherYear+"\n", others[0].Base, strings.Join(list, "; "))
	}
	type uncorrected struct {
		Names string `json:"names"`
	}
	var raw []uncorrected
	err = ask(ctx, snapshot, &raw, `SELECT string_agg(m.name, ', ' ORDER BY m.bit) AS names FROM member m WHERE EXISTS (FROM target t WHERE t.country = m.country AND t.muni_code = m.muni_code AND t.basis <> t.basis_wanted) HAVING count(*) > 0`)
	if err != nil {
		return err
	}
	if len(raw) > 0 {
		fmt.Fprintf(s.out, "  "+t.uncorrected+"\n", raw[0].Names)
	}
	type missing struct {
		What string `json:"what"`
	}
	var gone []missing
	err = ask(ctx, snapshot, &gone, `SELECT DISTINCT if(source_id = 'samkraft', 'table ', source_id || ' ') || dataset AS what FROM completeness WHERE state = 'missing' ORDER BY 1`)
	if err != nil {
		return err
	}
	list = nil
	for _, g := range gone {
		list = append(list, g.What)
	}
	if len(list) > 0 {
		fmt.Fprintf(s.out, "  %s: %s\n", t.missing, strings.Join(list, ", "))
	}
	return nil
}

// openSession opens a snapshot for several questions.
func openSession(ctx context.Context, folder string) (*query.Session, error) {
	snapshot, err := query.Open(folder, query.Default())
	if err != nil {
		return nil, err
	}
	return snapshot.Session(ctx)
}

// ask runs a query and reads its rows into a slice of structs.
func ask[T any](ctx context.Context, snapshot *query.Session, rows *[]T, sql string) error {
	result, err := snapshot.Query(ctx, sql, query.Default().Rows)
	if err != nil {
		return err
	}
	defer result.Close()
	var text bytes.Buffer
	if err := query.Write(&text, result, "json"); err != nil {
		return err
	}
	return json.Unmarshal(text.Bytes(), rows)
}
