package main

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/transforms/suppression"
)

// attack plays a reader of a snapshot who wants to know secret figures of the
// Swedish final use. Of all figures that it prints as SCB does it makes tables
// again and asks what they say of the hidden ones: no cell may be known closer
// than the protection share, and what the snapshot says of hidden figures must be
// just that, so that nothing more can be learnt from it. It returns how many cells
// are hidden.
func attack(t *testing.T, workspace, plan string) int {
	t.Helper()
	share := number(t, answer(t, workspace, plan, "select value from factor where factor_id = 'suppression_protection_share'"))
	out := runSamkraft(t, pipeline.Done, "query", "--workspace", workspace, "--plan", plan, "--format", "csv", `
		SELECT muni_code, year, sector_id, carrier_id, energy_mwh, low_mwh, high_mwh, value_status, publishable FROM energy_balance
		WHERE flow = 'FINAL' AND source_id = 'scb' AND stated_by <> 'samkraft' ORDER BY muni_code, year, sector_id = 'TOTAL', sector_id, carrier_id = 'TOTAL', carrier_id`)
	lines, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for lines = lines[1:]; len(lines) > 0; {
		n := 1
		for n < len(lines) && lines[n][0] == lines[0][0] && lines[n][1] == lines[0][1] {
			n++
		}
		hidden += attackTable(t, lines[:n], share)
		lines = lines[n:]
	}
	return hidden
}

// attackTable attacks the figures of a municipality and year.
func attackTable(t *testing.T, figures [][]string, share float64) int {
	t.Helper()
	width := 1
	for figures[width][2] == figures[0][2] {
		width++
	}
	table := suppression.Table{Unit: 1000, Cells: [][]int64{}}
	for start := 0; start < len(figures); start += width {
		values := make([]int64, width)
		for j, f := range figures[start : start+width] {
			if values[j] = suppression.Hidden; f[7] == "observed" || f[7] == "zero" {
				values[j] = kwh(t, f[4])
			}
		}
		if start+width == len(figures) {
			table.ColumnTotals, table.Total = values[:width-1], values[width-1]
			break
		}
		table.Rows = append(table.Rows, figures[start][2])
		table.Cells = append(table.Cells, values[:width-1])
		table.RowTotals = append(table.RowTotals, values[width-1])
	}
	for _, f := range figures[:width-1] {
		table.Columns = append(table.Columns, f[3])
	}
	known, err := table.Bounds()
	if err != nil {
		t.Fatal(err)
	}
	exact, err := table.ExactBounds()
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for k, f := range figures {
		i, j := k/width, k%width
		cell := i < len(table.Rows) && j < len(table.Columns)
		if i == len(table.Rows) {
			i = suppression.All
		}
		if j == len(table.Columns) {
			j = suppression.All
		}
		if table.At(i, j) != suppression.Hidden {
			continue
		}
		if cell {
			hidden++
			if exact.At(i, j).Narrow(share) {
				t.Errorf("%v: the figures around it say that it lies within %v", f, exact.At(i, j))
			}
		}
		if f[8] == "false" {
			if f[4]+f[5]+f[6] != "" {
				t.Errorf("%v: something is said of a figure that may not be published", f)
			}
			continue
		}
		if said := (suppression.Range{Low: kwh(t, f[5]), High: kwh(t, f[6])}); said != known.At(i, j) {
			t.Errorf("%v: it tells other bounds than the printed figures do, %v", f, known.At(i, j))
		}
	}
	return hidden
}

func kwh(t *testing.T, mwh string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(strings.Replace(mwh, ".", "", 1), 10, 64)
	if err != nil || len(mwh)-strings.IndexByte(mwh, '.') != 4 {
		t.Fatalf("%q is no figure with three decimals", mwh)
	}
	return n
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestSecretSample: the sample has cells that are estimated, one that is protected,
// a total that is withheld for its sake, and cells that nothing bounds.
func TestSecretSample(t *testing.T) {
	workspace := sampleWorkspace(t)
	if hidden := attack(t, workspace, "goda-grannar"); hidden != 39 {
		t.Errorf("%d hidden cells, want 39", hidden)
	}
	got := answer(t, workspace, "goda-grannar", `select value_status, method_id, is_total, count(*), count(energy_mwh), count(low_mwh) from energy_balance
		where flow = 'FINAL' and stated_by <> 'samkraft' and value_status in ('estimated', 'suppressed') group by all order by all`)
	if want := "estimated,kre_ipf,false,31,31,31"; !strings.HasPrefix(got, want) || !strings.Contains(got, " suppressed,kre,false,3,0,0 ") || !strings.Contains(got, " suppressed,kre_withheld,false,1,0,0 ") || !strings.Contains(got, " suppressed,kre_withheld,true,") {
		t.Errorf("the sample's secret figures: %s", got)
	}
}
