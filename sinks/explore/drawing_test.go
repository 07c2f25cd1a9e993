package explore_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const outlook = "/south/en/explore/outlook"

// drawnAs is what a page draws: the kind of chart, by what only such have, and the table
// below it.
func drawnAs(d *goquery.Document) (kind, table string) {
	svg := d.Find("main figure svg")
	switch {
	case svg.Length() == 0:
		return "none", ""
	case svg.Find("path.l1").Length() > 0:
		kind = "lines"
	case svg.Find("circle.dot").Length() > 0:
		kind = "ranges"
	case svg.Find("rect").Length() > 0:
		kind = "bars"
	}
	return kind, gridOf(d.Find("main figure table"))
}

// TestCharts draws what fits and what is chosen, with the figures of the rows.
func TestCharts(t *testing.T) {
	server, _ := served(t)
	for _, c := range []struct{ query, kind, table string }{
		{"", "lines", "Year|Greve (EUR)|Solrød (EUR)\n2020|100|7\n2021|110|not known: no row has it\n2022|120|not known"},
		{"sort=-gain_eur", "lines", "Year|Greve (EUR)|Solrød (EUR)\n2020|100|7\n2021|110|not known: no row has it\n2022|120|not known"},
		{"is.year=2020", "ranges", "Municipality|low_eur (EUR)|high_eur (EUR)|gain_eur (EUR)\nGreve|80|130|100\nSolrød|5|not known|7"},
		{"is.year=2020&chart=bars", "bars", "Municipality|gain_eur (EUR)\nGreve|100\nSolrød|7"},
		{"is.year=2020&of=high_eur", "bars", "Municipality|high_eur (EUR)\nGreve|130\nSolrød|not known"},
		{"chart=none", "none", ""},
		{"chart=bars&known.gain_eur=yes", "bars", "Municipality|2020 (EUR)|2021 (EUR)|2022 (EUR)\nGreve|100|110|120\nSolrød|7|not known: no row has it|not known: no row has it"},
		{"by=hour_utc&how=max&of=gain_eur", "lines", "Hour (UTC)|Largest: gain_eur (EUR)\n2020-03-01 00:00 UTC|100\n2020-03-01 01:00 UTC|110\n2020-03-01 02:00 UTC|120"},
		{"by=stage&how=max&of=gain_eur&sort=-gain_eur", "lines", "stage|Largest: gain_eur (EUR)\n1|110\n2|120\n3|100"},
		{"by=muni_code&how=mean&of=gain_eur", "bars", "Municipality|Mean: gain_eur (EUR)\nGreve|110\nSolrød|7"},
		{"by=muni_code", "bars", "Municipality|Rows\nGreve|3\nSolrød|2"},
	} {
		kind, table := drawnAs(page(t, server, outlook+"?"+c.query))
		if kind != c.kind || table != c.table {
			t.Errorf("%s: %s of\n%s\nwant %s of\n%s", c.query, kind, table, c.kind, c.table)
		}
	}
}

// TestCannotBeDrawn says why what was chosen is not drawn, and shows the rows.
func TestCannotBeDrawn(t *testing.T) {
	server, _ := served(t)
	for address, want := range map[string]string{
		outlook + "?chart=lines&is.year=2020":                    "not drawn as lines",
		outlook + "?chart=ranges&of=high_eur":                    "no range beside",
		outlook + "?chart=bars&of=muni_code":                     "no figure to draw",
		outlook + "?chart=bars&is.year=1990":                     "no figure to draw",
		"/south/en/explore/hourly?chart=bars&max.n_hours=60":     "More than 40 rows",
		"/south/en/explore/energy_balance?chart=ranges&of=share": "no range beside",
	} {
		d := page(t, server, address)
		if note := d.Find("p.note[role=status]").Text(); !strings.Contains(note, want) || d.Find("main figure").Length() != 0 {
			t.Errorf("%s: %q", address, note)
		}
	}
}

// A line is drawn of all rows, not of a page of them, and above the first page alone.
func TestLongLine(t *testing.T) {
	server, _ := served(t)
	const address = "/south/en/explore/hourly?of=energy_mwh"
	d := page(t, server, address)
	if kind, table := drawnAs(d); kind != "lines" || strings.Count(table, "\n") != 1234 || !strings.HasSuffix(table, fmt.Sprintf("\n%s|%s", "1 233", "411")) {
		t.Errorf("%s with %d places", kind, strings.Count(table, "\n"))
	}
	if kind, _ := drawnAs(page(t, server, address+"&page=2")); kind != "none" {
		t.Errorf("the second page has %s", kind)
	}
}

// TestNothingThere leads on from a table or a snapshot that there is not.
func TestNothingThere(t *testing.T) {
	server, _ := served(t)
	answer, text := ask(t, server, "/south/da/explore/energi")
	if d := parse(t, text); answer.StatusCode != 404 || !strings.Contains(d.Find("[role=alert]").Text(), "energi") || d.Find("dl.tables dt").Length() != 9 {
		t.Errorf("no table: %s", answer.Status)
	}
	answer, text = ask(t, server, outlook+"?is.year=2020&snapshot=00000000000000bb")
	if d := parse(t, text); answer.StatusCode != 404 || d.Find("main a").AttrOr("href", "") != outlook+"?is.year=2020" {
		t.Errorf("no snapshot: %s %s", answer.Status, text)
	}
}
