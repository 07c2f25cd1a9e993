package transforms

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samkraft/transforms/suppression"
)

// newUse makes tables of final use of texts: a head of area, year and carriers,
// then a line per sector, all ending with the total, in MWh; ".." is secret.
func newUse(t *testing.T, texts ...string) *use {
	t.Helper()
	u := &use{areas: map[string][]*useTable{}, share: 0.1, widthC: 0.2, widthD: 1}
	for _, text := range texts {
		lines := strings.Split(strings.TrimSpace(text), "\n")
		head := strings.Fields(lines[0])
		year, err := strconv.ParseInt(head[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		table := &useTable{country: "SE", code: head[0], year: year, member: len(head[0]) == 4, scb: map[figureOf]int64{}}
		table.Unit = scbUnit
		table.Columns = head[2 : len(head)-1]
		for _, line := range lines[1:] {
			words := strings.Fields(line)
			if words[0] != useTotal {
				table.Rows = append(table.Rows, words[0])
			}
			for j, word := range words[1:] {
				value := suppression.Hidden
				if word != ".." {
					n, err := strconv.ParseInt(word, 10, 64)
					if err != nil {
						t.Fatal(err)
					}
					value = n * 1000
					table.negative = table.negative || n < 0
				} else {
					table.hidden++
				}
				table.scb[figureOf{words[0], head[2+j]}] = value
			}
		}
		table.lay()
		u.tables = append(u.tables, table)
		u.areas[table.code] = append(u.areas[table.code], table)
	}
	return u
}

// said protects all tables and returns what is said of the hidden figures of the
// members', as lines of muni_code, year, carrier, sector, energy, low, high,
// value_status, grade, publishable, method_id.
func said(t *testing.T, u *use) []string {
	t.Helper()
	for _, table := range u.tables {
		if err := table.protect(u.share); err != nil {
			t.Fatal(err)
		}
	}
	var lines []string
	for _, table := range u.tables {
		if !table.secret() {
			continue
		}
		rows, err := u.say(table)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			lines = append(lines, strings.NewReplacer("::DOUBLE", "", "'", "").Replace(strings.Join(row[1:], " ")))
		}
	}
	return lines
}

const (
	// What IND uses of A follows from its total; what it uses of B and C does not.
	halmstad = `1380 2020 A B C TOTAL
		IND   .. ..  ..  500
		SERV  30 100 20  150
		TOTAL 50 ..  ..  650`
	halmstadBefore = `1380 2018 A B C TOTAL
		IND   15 100 285 400
		SERV  30 100 20  150
		TOTAL 45 200 305 550`
	// Nothing is known of HOUS here but that it is not negative.
	hylte = `1315 2020 A B TOTAL
		HOUS  .. 7  ..
		SERV  30 10 40
		TOTAL .. 17 ..`
	// The total is secret, but not what it is made of; C fits in between.
	laholm = `1381 2020 A B TOTAL
		HOUS  20 7  ..
		IND   .. .. 90
		SERV  .. .. 60
		TOTAL 75 102 177`
)

func TestSecretUse(t *testing.T) {
	for _, c := range []struct {
		name   string
		tables []string
		want   []string
	}{
		// 500 by the shares of 2018: 15 to 100 to 285.
		{"a cell that follows from others, and two that do not, with the same member before", []string{halmstad, halmstadBefore}, []string{
			"1380 2020 A TOTAL NULL NULL NULL suppressed B false kre_withheld NULL",
			"1380 2020 B TOTAL 225 99.5 601 estimated E true kre_ipf NULL",
			"1380 2020 C TOTAL 376.25 19.5 521 estimated E true kre_ipf NULL",
			"1380 2020 A IND NULL NULL NULL suppressed B false kre_withheld NULL",
			"1380 2020 B IND 125 0 500.5 estimated E true kre_ipf NULL",
			"1380 2020 C IND 356.25 0 500.5 estimated E true kre_ipf NULL",
		}},
		{"a cell that nothing bounds", []string{hylte}, []string{
			"1315 2020 TOTAL TOTAL NULL NULL NULL suppressed B false kre NULL",
			"1315 2020 A TOTAL NULL NULL NULL suppressed B false kre NULL",
			"1315 2020 TOTAL HOUS NULL NULL NULL suppressed B false kre NULL",
			"1315 2020 A HOUS NULL NULL NULL suppressed B false kre NULL",
		}},
		{"a total that is what its parts are, and bounds without a seed", []string{laholm}, []string{
			"1381 2020 TOTAL HOUS NULL NULL NULL suppressed B false kre NULL",
			"1381 2020 A IND NULL 0 56 suppressed B true kre_bounds NULL",
			"1381 2020 B IND NULL 33.5 90.5 suppressed B true kre_bounds NULL",
			"1381 2020 A SERV NULL 0 56 suppressed B true kre_bounds NULL",
			"1381 2020 B SERV NULL 3.5 60.5 suppressed B true kre_bounds NULL",
		}},
		{"figures that contradict each other: nothing is said, and no total stays", []string{strings.Replace(laholm, "75 102 177", "75 112 187", 1)}, []string{
			"1381 2020 TOTAL TOTAL NULL NULL NULL suppressed B false kre_withheld row HOUS, the totals of the rows",
			"1381 2020 A TOTAL NULL NULL NULL suppressed B false kre_withheld row HOUS, the totals of the rows",
			"1381 2020 B TOTAL NULL NULL NULL suppressed B false kre_withheld row HOUS, the totals of the rows",
			"1381 2020 TOTAL HOUS NULL NULL NULL suppressed B false kre row HOUS, the totals of the rows",
			"1381 2020 TOTAL IND NULL NULL NULL suppressed B false kre_withheld row HOUS, the totals of the rows",
			"1381 2020 A IND NULL NULL NULL suppressed B false kre row HOUS, the totals of the rows",
			"1381 2020 B IND NULL NULL NULL suppressed B false kre row HOUS, the totals of the rows",
			"1381 2020 TOTAL SERV NULL NULL NULL suppressed B false kre_withheld row HOUS, the totals of the rows",
			"1381 2020 A SERV NULL NULL NULL suppressed B false kre row HOUS, the totals of the rows",
			"1381 2020 B SERV NULL NULL NULL suppressed B false kre row HOUS, the totals of the rows",
		}},
		{"a figure below zero", []string{strings.Replace(laholm, "20 7", "-20 7", 1)}, nil},
	} {
		got := said(t, newUse(t, c.tables...))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// TestSeed: a seed comes from the same member in the nearest year that prints the
// cell and has any of it, then from the county, then from the nation, each scaled
// by the trend of the sector.
func TestSeed(t *testing.T) {
	const (
		hidden  = "1380 2015 A B TOTAL\n IND .. .. 200\n SERV 10 10 20\n TOTAL .. .. 220"
		earlier = "1380 2013 A B TOTAL\n IND 30 70 100\n SERV 10 10 20\n TOTAL 40 80 120"
		later   = "1380 2017 A B TOTAL\n IND 40 60 100\n SERV 10 10 20\n TOTAL 50 70 120"
		nearer  = "1380 2014 A B TOTAL\n IND 0 .. ..\n SERV 10 10 20\n TOTAL 10 .. .."
		county  = "13 2015 A B TOTAL\n IND 900 100 1000\n SERV 10 10 20\n TOTAL 910 110 1020"
		nation  = "00 2015 A B TOTAL\n IND 4000 .. ..\n SERV 100 100 200\n TOTAL 4100 .. .."
	)
	for _, c := range []struct {
		name   string
		tables []string
		want   string
	}{
		{"the earlier of two equally near", []string{hidden, later, earlier, county, nation}, "60000 140000"},
		{"a zero and a secret cell are passed over", []string{nearer, hidden, later}, "80000 120000"},
		{"the county", []string{hidden, nearer, county, nation}, "180000 20000"},
		{"no place prints B", []string{hidden, nation}, "none"},
		// Of the nation's IND no total is printed, nor a cell that is printed here: the
		// trend is that of SERV.
		{"the nation for A, the county for B", []string{hidden, nation, strings.Replace(county, "900", "0", 1)}, "400000 20000"},
	} {
		u := newUse(t, c.tables...)
		for _, table := range u.areas["1380"] {
			if table.year != 2015 {
				continue
			}
			got := "none"
			if seed, found := u.seed(table); found {
				got = fmt.Sprintf("%.0f %.0f", seed[0][0], seed[0][1])
			}
			if got != c.want {
				t.Errorf("%s: seed %s, want %s", c.name, got, c.want)
			}
		}
	}
}

// TestNothingOfTheWithheld: what is said of a member, in any year, is the same
// whatever the figures are that may not be published.
func TestNothingOfTheWithheld(t *testing.T) {
	after := strings.NewReplacer("2020", "2021", "500", "510", "650", "660").Replace(halmstad)
	one := said(t, newUse(t, halmstadBefore, halmstad, after))
	// The secret cell of 2020 has 40 in place of 20; its column's total tells.
	other := said(t, newUse(t, halmstadBefore, strings.Replace(halmstad, "TOTAL 50", "TOTAL 70", 1), after))
	if !slices.Equal(one, other) {
		t.Errorf("another secret figure, and other things are said:\n%s\n\n%s", strings.Join(one, "\n"), strings.Join(other, "\n"))
	}
	if len(one) != 12 {
		t.Errorf("%d figures are hidden, want 12", len(one))
	}
}

// TestSecretUseStated: what the plan states of hidden figures may be the truth, so
// nothing may follow from it either.
func TestSecretUseStated(t *testing.T) {
	for _, c := range []struct {
		name, table string
		own         map[figureOf]int64
		want        []string
	}{
		{"a cell beside others: their bounds are what it leaves; one that is protected stays so", halmstad, map[figureOf]int64{{"IND", "A"}: 20_000, {"IND", "B"}: 125_000}, []string{
			"1380 2020 A TOTAL NULL NULL NULL suppressed B false kre_withheld NULL",
			"1380 2020 B TOTAL NULL NULL NULL suppressed B false kre NULL",
			"1380 2020 C TOTAL NULL 19.5 396.5 suppressed B true kre_bounds NULL",
			"1380 2020 A IND NULL NULL NULL suppressed B false kre_withheld NULL",
			"1380 2020 C IND NULL 0 376 suppressed B true kre_bounds NULL",
		}},
		{"a cell from which all others follow", laholm, map[figureOf]int64{{"HOUS", "TOTAL"}: 27_000, {"IND", "A"}: 30_000}, []string{
			"1381 2020 TOTAL TOTAL NULL NULL NULL suppressed B false kre_withheld NULL",
			"1381 2020 A TOTAL NULL NULL NULL suppressed B false kre_withheld NULL",
			"1381 2020 B TOTAL NULL NULL NULL suppressed B false kre_withheld NULL",
			"1381 2020 TOTAL IND NULL NULL NULL suppressed B false kre_withheld NULL",
			"1381 2020 B IND NULL NULL NULL suppressed B false kre_withheld NULL",
			"1381 2020 A SERV NULL NULL NULL suppressed B false kre_withheld NULL",
			"1381 2020 B SERV NULL NULL NULL suppressed B false kre_withheld NULL",
		}},
		{"a total from which its part follows", hylte, map[figureOf]int64{{"HOUS", "TOTAL"}: 20_000}, []string{
			"1315 2020 TOTAL TOTAL NULL NULL NULL suppressed B false kre NULL",
			"1315 2020 A TOTAL NULL NULL NULL suppressed B false kre_withheld NULL",
			"1315 2020 TOTAL HOUS NULL NULL NULL suppressed B false kre_withheld NULL",
			"1315 2020 A HOUS NULL NULL NULL suppressed B false kre_withheld NULL",
		}},
		{"more than the sums leave", laholm, map[figureOf]int64{{"IND", "A"}: 80_000}, []string{
			"1381 2020 TOTAL TOTAL NULL NULL NULL suppressed B false kre_withheld column A",
			"1381 2020 A TOTAL NULL NULL NULL suppressed B false kre_withheld column A",
			"1381 2020 B TOTAL NULL NULL NULL suppressed B false kre_withheld column A",
			"1381 2020 TOTAL HOUS NULL NULL NULL suppressed B false kre column A",
			"1381 2020 TOTAL IND NULL NULL NULL suppressed B false kre_withheld column A",
			"1381 2020 B IND NULL NULL NULL suppressed B false kre column A",
			"1381 2020 TOTAL SERV NULL NULL NULL suppressed B false kre_withheld column A",
			"1381 2020 A SERV NULL NULL NULL suppressed B false kre column A",
			"1381 2020 B SERV NULL NULL NULL suppressed B false kre column A",
		}},
	} {
		u := newUse(t, c.table)
		u.tables[0].own = c.own
		got := said(t, u)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
