package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// headlineChanges compares the gains that two snapshots state. An agreement that
// one of them does not have has no figure there.
func headlineChanges(ctx context.Context, before, after string) ([]headlineChange, error) {
	type gain struct {
		Agreement string   `json:"agreement_id"`
		Gain      *float64 `json:"gain_eur"`
	}
	var gains [2][]gain
	for i, folder := range []string{before, after} {
		snapshot, err := openSession(ctx, folder)
		if err != nil {
			return nil, err
		}
		err = ask(ctx, snapshot, &gains[i], "SELECT agreement_id, gain_eur FROM joint_savings ORDER BY agreement_id <> 'ALL', agreement_id")
		if err := errors.Join(err, snapshot.Close()); err != nil {
			return nil, err
		}
	}
	all := []headlineChange{}
	at := map[string]int{}
	for i, list := range gains {
		for _, g := range list {
			if _, there := at[g.Agreement]; !there {
				at[g.Agreement] = len(all)
				all = append(all, headlineChange{Agreement: g.Agreement})
			}
			if c := &all[at[g.Agreement]]; i == 0 {
				c.Old = g.Gain
			} else {
				c.New = g.Gain
			}
		}
	}
	return all, nil
}

// tellDifference writes a comparison for people.
func (s *settings) tellDifference(d difference) {
	t := summaryTexts[s.lang].diff
	fmt.Fprintf(s.out, "%s %s → %s\n", d.Plan, d.Old, d.New)
	s.tellChanges(d)
	if len(d.Tables) > 0 {
		fmt.Fprintf(s.out, "\n%s:\n", t.tables)
	}
	for _, table := range d.Tables {
		s.tellTable(table.Table, table)
	}
	for _, text := range d.Skipped {
		fmt.Fprintf(s.out, "  ! %s\n", text)
	}
}

// tellChanges writes the headline and the publishers' figures of a comparison.
func (s *settings) tellChanges(d difference) {
	t := summaryTexts[s.lang].diff
	if d.Method {
		fmt.Fprintf(s.out, "  %s\n", t.method)
	}
	if d.PlanFile {
		fmt.Fprintf(s.out, "  %s\n", t.planFile)
	}
	for _, h := range d.Headline {
		name := h.Agreement
		if name == "ALL" {
			name = t.all
		}
		fmt.Fprintf(s.out, "  %s, %s: %s → %s\n", t.gain, name, euro(h.Old), euro(h.New))
	}
	if len(d.Figures) == 0 {
		fmt.Fprintf(s.out, "  %s\n", t.noFigures)
		return
	}
	fmt.Fprintf(s.out, "\n%s:\n", t.figures)
	for _, f := range d.Figures {
		s.tellTable(f.Source+" "+f.DataSet, f.tableDifference)
	}
}

// tellTable writes what differs in a table.
func (s *settings) tellTable(name string, d tableDifference) {
	fmt.Fprintf(s.out, "  %s: "+summaryTexts[s.lang].diff.counts+"\n", name, d.Changed, d.Added, d.Removed)
	for _, c := range d.Largest {
		fmt.Fprintf(s.out, "    %s: %s %s → %s", keyText(d.KeyColumns, c.Key), c.Column, valueText(c.Old), valueText(c.New))
		if c.Delta != nil {
			fmt.Fprintf(s.out, " (%s)", strings.TrimSuffix(signed(*c.Delta)+" "+c.Unit, " 1"))
		}
		fmt.Fprintln(s.out)
	}
	if more := int(d.Cells) - len(d.Largest); more > 0 {
		fmt.Fprintf(s.out, "    "+summaryTexts[s.lang].more+"\n", more)
	}
}

// rows lists every cell of a comparison that is shown.
func (d difference) rows() [][]string {
	var rows [][]string
	add := func(t tableDifference) {
		for _, c := range t.Largest {
			delta := ""
			if c.Delta != nil {
				delta = signed(*c.Delta)
			}
			rows = append(rows, []string{t.Table, keyText(t.KeyColumns, c.Key), c.Column, valueText(c.Old), valueText(c.New), delta, c.Unit})
		}
	}
	for _, f := range d.Figures {
		add(f.tableDifference)
	}
	for _, t := range d.Tables {
		add(t)
	}
	return rows
}

func keyText(names, key []string) string {
	var all []string
	for i, k := range key {
		if names[i] != "country" && names[i] != "plan" && k != "" {
			all = append(all, k)
		}
	}
	return strings.Join(all, " ")
}

func valueText(v *string) string {
	if v == nil {
		return "-"
	}
	return *v
}

func euro(v *float64) string {
	if v == nil {
		return "-"
	}
	return strconv.FormatFloat(*v, 'f', 0, 64) + " EUR"
}

// signed writes a change with its sign, to six digits.
func signed(v float64) string {
	text := strconv.FormatFloat(v, 'g', 6, 64)
	if v > 0 {
		text = "+" + text
	}
	return text
}
