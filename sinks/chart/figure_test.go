package chart_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"samkraft/sinks/chart"
)

// wellFormed fails unless a text is well-formed XML.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
	}
}

func TestFigure(t *testing.T) {
	bars := chart.Bars{
		Title: "Use <of> energy", Unit: "MWh", Head: "Member",
		Categories: []string{"Køge", "Stevns & Co"},
		Series: []chart.Series{{Name: "Heat", Values: []chart.Value{
			chart.Known(12.5).At(chart.Cell{Table: "balance", Row: "DK|259", Column: "energy_mwh", Href: "how/balance.html#DK|259"}),
			chart.Unknown("secret"),
		}}},
	}
	bars.Series[0].Values[0].Beside = "45 GJ"
	got := string(chart.Figure("use", `What "they" use`, bars, "As a table"))
	wellFormed(t, got)
	for _, want := range []string{
		`<figure class="chart" id="use">`, `<figcaption>What &#34;they&#34; use</figcaption>`, `<summary>As a table</summary>`,
		`<title id="`, `Use &lt;of&gt; energy</title>`, `<th scope="col" class="number">Heat (MWh)</th>`,
		`<a href="how/balance.html#DK%7c259"><data value="12.5" data-table="balance" data-row="DK|259" data-column="energy_mwh">12.5 <small>(45 GJ)</small></data></a>`,
		`<td class="number">not known: secret</td>`, `Stevns &amp; Co: not known: secret</title>`,
		`data-value="12.5" data-table="balance" data-row="DK|259" data-column="energy_mwh"><title>Køge: 12.5`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}
