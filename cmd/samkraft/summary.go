package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
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
		if !p.New {
			if p.Snapshot != "" && p.Code != pipeline.Done {
				fmt.Fprintf(s.out, "  "+t.stands+"\n", p.Snapshot)
			}
			continue
		}
		folder := disk.Path((pipeline.Snapshots{Disk: disk}).Folder(p.Plan, p.Snapshot))
		if err := s.headline(ctx, folder, t); err != nil {
			return err
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
	s.leftovers(order, outcome, t)
	return nil
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

// headline tells what a snapshot says of the joint savings: all agreements
// together and what they promise each member, then each agreement.
func (s *settings) headline(ctx context.Context, folder string, t texts) error {
	snapshot, err := query.Open(folder, query.Default())
	if err != nil {
		return err
	}
	type agreement struct {
		ID       string  `json:"agreement_id"`
		Sentence string  `json:"sentence"`
		Rule     *string `json:"recommended_rule"`
	}
	var agreements []agreement
	err = ask(ctx, snapshot, &agreements, fmt.Sprintf(`SELECT agreement_id, sentence_%s AS sentence, recommended_rule
		FROM joint_savings ORDER BY agreement_id <> 'ALL', agreement_id`, s.lang))
	if err != nil {
		return err
	}
	for _, a := range agreements {
		fmt.Fprintf(s.out, "  %s\n", a.Sentence)
		if a.ID == "ALL" {
			if err := s.promise(ctx, snapshot, t); err != nil {
				return err
			}
			continue
		}
		if a.Rule != nil {
			if err := s.split(ctx, snapshot, a.ID, *a.Rule, t); err != nil {
				return err
			}
		}
	}
	return s.gaps(ctx, snapshot, t)
}

// promise tells what all agreements together give each member under the keys that
// were agreed.
func (s *settings) promise(ctx context.Context, snapshot *query.Snapshot, t texts) error {
	type member struct {
		Name     string   `json:"name"`
		Gain     *float64 `json:"gain_eur"`
		Low      *float64 `json:"low_eur"`
		High     *float64 `json:"high_eur"`
		Head     *float64 `json:"head_eur"`
		Currency string   `json:"currency"`
		Rate     *float64 `json:"rate"`
	}
	var members []member
	// The newest rate of the plan's currency; money is computed in euro.
	err := ask(ctx, snapshot, &members, `SELECT m.name, i.gain_eur, i.low_eur, i.high_eur,
			i.gain_eur / (SELECT arg_max(p.population, p.date) FROM population p WHERE p.country = m.country AND p.muni_code = m.muni_code) AS head_eur, plan.currency,
			(SELECT arg_max(value, year) FROM factor f WHERE f.factor_id = lower(plan.currency) || '_per_eur') AS rate
		FROM agreement_incidence i JOIN member m USING (country, muni_code) CROSS JOIN plan
		WHERE i.agreement_id = 'ALL' AND i.gain_eur IS NOT NULL ORDER BY m.bit`)
	if err != nil || len(members) == 0 {
		return err
	}
	fmt.Fprintf(s.out, "  %s:\n", t.promise)
	for _, m := range members {
		line := fmt.Sprintf("    %-14s %12s EUR", m.Name, grouped(*m.Gain))
		if m.Rate != nil && m.Currency != "EUR" {
			line += fmt.Sprintf("  %12s %s", grouped(*m.Gain**m.Rate), m.Currency)
		}
		if m.Head != nil {
			line += fmt.Sprintf("  %8.2f %s", *m.Head, t.head)
		}
		if m.Low != nil && m.High != nil {
			line += fmt.Sprintf("  "+t.likely, grouped(*m.Low), grouped(*m.High))
		}
		fmt.Fprintln(s.out, line)
	}
	if one := members[0]; one.Rate != nil && one.Currency != "EUR" {
		fmt.Fprintf(s.out, "    "+t.rate+"\n", one.Currency, *one.Rate)
	}
	return nil
}

// split tells the recommended way of sharing an agreement's gain, and who could do
// better alone under the agreed key.
func (s *settings) split(ctx context.Context, snapshot *query.Snapshot, agreement, rule string, t texts) error {
	type share struct {
		Name string  `json:"name"`
		Gain float64 `json:"gain_eur"`
		Core bool    `json:"in_core"`
	}
	var shares []share
	err := ask(ctx, snapshot, &shares, fmt.Sprintf(`SELECT m.name, a.gain_eur, a.in_core FROM allocation a JOIN member m USING (country, muni_code)
		WHERE a.agreement_id = '%s' AND a.rule = '%s' AND EXISTS (SELECT 1 FROM joint_savings j WHERE j.agreement_id = a.agreement_id AND j.gain_eur <> 0) ORDER BY m.bit`, agreement, rule))
	if err != nil || len(shares) == 0 {
		return err
	}
	stable := t.unstable
	if shares[0].Core {
		stable = t.stable
	}
	var parts []string
	for _, one := range shares {
		parts = append(parts, one.Name+" "+grouped(one.Gain))
	}
	fmt.Fprintf(s.out, "    "+t.split+"\n", rule, stable, strings.Join(parts, ", "))
	type complaint struct {
		Excess float64 `json:"max_excess_eur"`
		Group  string  `json:"blocking_members"`
	}
	var complaints []complaint
	err = ask(ctx, snapshot, &complaints, fmt.Sprintf(`SELECT max_excess_eur, blocking_members FROM stability
		WHERE agreement_id = '%s' AND game = 'eur' AND rule = 'agreed_key' AND NOT in_core`, agreement))
	for _, c := range complaints {
		fmt.Fprintf(s.out, "    "+t.complaint+"\n", c.Group, grouped(c.Excess))
	}
	return err
}

// gaps tells of figures of other years than the base year, of targets that could
// not be corrected for weather as they ask, and of what is missing.
func (s *settings) gaps(ctx context.Context, snapshot *query.Snapshot, t texts) error {
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

// ask runs a query and reads its rows into a slice of structs.
func ask[T any](ctx context.Context, snapshot *query.Snapshot, rows *[]T, sql string) error {
	result, err := snapshot.Query(ctx, sql)
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

// grouped writes a sum of money in whole units with blanks between thousands.
func grouped(f float64) string {
	text := fmt.Sprintf("%.0f", math.Abs(f))
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + " " + text[i:]
	}
	if f < 0 && text != "0" {
		text = "-" + text
	}
	return text
}
