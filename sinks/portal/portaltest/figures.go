package portaltest

import (
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// figures holds that what is marked as a table's is the table's.
func (c *check) figures(page *goquery.Document) {
	page.Find("data:not(.earlier)").Each(func(_ int, s *goquery.Selection) {
		value, err := strconv.ParseFloat(s.AttrOr("value", ""), 64)
		if err != nil {
			c.fault("the figure %q has the value %q", s.Text(), s.AttrOr("value", ""))
			return
		}
		want, ok := c.number(s)
		if !ok {
			return
		}
		w := c.writing(s)
		rate := 1.0
		if box := s.Closest("div[data-rate]"); box.Length() > 0 && strings.HasPrefix(w.unit, "EUR") {
			// What is drawn of money has the plan's currency for its value too.
			rate, w.currency = c.rate(box)
			w.rate = rate
		}
		if math.Abs(value-want*rate) > 1e-9*math.Abs(want*rate) {
			c.fault("the figure %q has the value %v, the table %v", s.Text(), value, want*rate)
		}
		for _, why := range w.faults(s, want) {
			c.fault("the figure %q of %v %s %s", s.Text(), want, w.unit, why)
		}
	})
	page.Find("span[data-table], time[data-table]").Each(func(_ int, s *goquery.Selection) {
		row, ok := c.rows(s)
		if !ok {
			return
		}
		want, got := plain(row[0], s.AttrOr("data-column", "")), s.Text()
		if goquery.NodeName(s) == "time" {
			got = s.AttrOr("datetime", "")
		}
		if _, said := s.Attr("data-said"); said && !sameNumbers(got, want) {
			c.fault("the text %q has other numbers than %q in the table", got, want)
		} else if !said && got != want {
			c.fault("the text %q is %q in the table", got, want)
		}
	})
	page.Find("[data-row] dd[data-column]").Each(func(_ int, s *goquery.Selection) {
		table, err := c.snapshot.Table(s.Closest("section[data-table]").AttrOr("data-table", ""))
		at, err2 := strconv.Atoi(s.Closest("[data-row]").AttrOr("data-row", ""))
		if err != nil || err2 != nil || at >= table.Rows {
			c.fault("a row has no place: %v %v", err, err2)
			return
		}
		row, column := table.Row(at), s.AttrOr("data-column", "")
		want, got := plain(row, column), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s.Text()), s.Find("span").Text()))
		if !row.Null(column) && got != strings.TrimSpace(want) {
			c.fault("%s of row %d reads %q, in the table %q", column, at, got, want)
		}
	})
	inText := map[string]bool{}
	page.Find("data").Each(func(_ int, s *goquery.Selection) { inText[s.AttrOr("value", "")] = true })
	page.Find("figure").Each(func(_ int, figure *goquery.Selection) {
		figure.Find("svg [data-value]").Each(func(_ int, s *goquery.Selection) {
			for _, value := range strings.Fields(s.AttrOr("data-value", "")) {
				if !inText[value] {
					c.fault("the drawing %q has the value %s, which the page does not say", figure.AttrOr("id", ""), value)
				}
			}
		})
	})
}

// rows finds the rows that an element is marked with.
func (c *check) rows(s *goquery.Selection) ([]tables.Row, bool) {
	name := s.AttrOr("data-table", "")
	table, err := c.snapshot.Table(name)
	column := strings.TrimPrefix(s.AttrOr("data-column", ""), "-")
	if err != nil || !table.Has(column) {
		c.fault("%q is said to be of %s, column %s, which there is not", s.Text(), name, column)
		return nil, false
	}
	var rows []tables.Row
	for _, text := range strings.Fields(s.AttrOr("data-row", "")) {
		at, err := strconv.Atoi(text)
		if err != nil || at < 0 || at >= table.Rows {
			c.fault("%q is said to be of row %s of %s, which there is not", s.Text(), text, name)
			return nil, false
		}
		rows = append(rows, table.Row(at))
	}
	if len(rows) == 0 {
		c.fault("%q is of no row", s.Text())
	}
	return rows, len(rows) > 0
}

// number is what the tables say of a figure: a cell, a sum of cells, or what is below
// zero the other way round.
func (c *check) number(s *goquery.Selection) (float64, bool) {
	rows, ok := c.rows(s)
	if !ok {
		return 0, false
	}
	column, turned := strings.CutPrefix(s.AttrOr("data-column", ""), "-")
	total := 0.0
	for _, r := range rows {
		v, there := r.Number(column)
		if !there {
			c.fault("the figure %q is not known in the table", s.Text())
			return 0, false
		}
		total += v
	}
	if turned {
		total = -total
	}
	return total, true
}

// unit is the unit of the column of a figure, or that of its row where rows have their
// own.
func (c *check) unit(s *goquery.Selection) string {
	table, err := c.snapshot.Table(s.AttrOr("data-table", ""))
	if err != nil {
		return ""
	}
	column := strings.TrimPrefix(s.AttrOr("data-column", ""), "-")
	i := slices.IndexFunc(table.Columns, func(one tables.Column) bool { return one.Name == column })
	if i < 0 {
		return ""
	}
	unit := table.Columns[i].Unit
	if first, _, _ := strings.Cut(s.AttrOr("data-row", ""), " "); table.Has(unit) { // as value_unit
		if at, err := strconv.Atoi(first); err == nil && at < table.Rows {
			return table.Row(at).Text(unit)
		}
	}
	return unit
}

// writing is how a figure is to be written.
func (c *check) writing(s *goquery.Selection) writing {
	w := writing{language: words.Language(language(c.name)), unit: c.unit(s), rate: 1, exact: path.Base(path.Dir(c.name)) == "how", drawn: s.Closest("figure").Length() > 0}
	if _, has := s.Attr("data-rate"); has {
		w.rate, w.currency = c.rate(s)
	}
	if cell := s.Closest("td"); cell.Length() > 0 {
		heading := cell.Closest("table").Find("thead th").Eq(cell.Index()).Text()
		if _, unit, found := strings.Cut(heading, "("); found {
			w.heading = strings.TrimSuffix(unit, ")")
		}
	}
	return w
}

// rate is what "table row column" says, and of which currency.
func (c *check) rate(s *goquery.Selection) (value float64, currency string) {
	parts := strings.Fields(s.AttrOr("data-rate", ""))
	if len(parts) == 3 {
		if table, err := c.snapshot.Table(parts[0]); err == nil {
			if at, err := strconv.Atoi(parts[1]); err == nil && at < table.Rows {
				if v, ok := table.Row(at).Number(parts[2]); ok {
					currency, _, _ = strings.Cut(table.Row(at).Text("factor_id"), "_")
					return v, strings.ToUpper(currency)
				}
			}
		}
	}
	c.fault("the rate %q is not there", s.AttrOr("data-rate", ""))
	return 1, ""
}

var numberInText = regexp.MustCompile(`[0-9]+(?:[.,\x{a0}][0-9]+)*`)

// sameNumbers reports whether a text has the numbers of another, in any order and with
// other marks between their digits.
func sameNumbers(text, other string) bool {
	numbers := func(text string) []string {
		found := numberInText.FindAllString(text, -1)
		for i, number := range found {
			found[i] = strings.NewReplacer(".", "", ",", "", "\u00a0", "").Replace(number)
		}
		slices.Sort(found)
		return found
	}
	return slices.Equal(numbers(text), numbers(other))
}

// plain is a cell as pages write it where they write it whole.
func plain(r tables.Row, column string) string {
	switch v := r.Value(column).(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.RFC3339)
	}
	v, ok := r.Number(column)
	if !ok {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// mayHaveDigits are the parts of a page whose digits are no figures of its own: drawn
// axes and names in charts, what definitions say, names of files, places in them, keys of rows, and the
// name of a snapshot.
const mayHaveDigits = "data, time, [data-table]:not(section), .record dt, dd[data-column], svg, style, .definition, .place, .extract, .key, code, figure tbody th"

// digits holds that no other text has a digit.
func (c *check) digits(page *goquery.Document) {
	body := page.Find("body").Clone()
	body.Find(mayHaveDigits).Remove()
	for _, node := range body.Nodes {
		c.walk(node)
	}
}

func (c *check) walk(node *html.Node) {
	if node.Type == html.TextNode && strings.ContainsAny(strings.ReplaceAll(node.Data, "CO2", ""), "0123456789") {
		c.fault("the text %q has a digit and no place in a table", strings.TrimSpace(node.Data))
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child)
	}
}
