package portaltest

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"samkraft/sinks/tables"
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
		rate := 1.0
		if box := s.Closest("div[data-rate]"); box.Length() > 0 && strings.Contains(s.AttrOr("data-column", ""), "eur") {
			rate = c.rate(box)
			if euro := strings.TrimPrefix(s.Find("small").Text(), "("); !reads(euro, want) {
				c.fault("the figure %q has %q beside it, the table %v", s.Text(), euro, want)
			}
			want *= rate
		}
		if math.Abs(value-want) > 1e-9*math.Abs(want) {
			c.fault("the figure %q has the value %v, the table %v", s.Text(), value, want)
		}
		shown := value
		if _, has := s.Attr("data-rate"); has {
			shown *= c.rate(s)
		}
		if !reads(s.Text(), shown) {
			c.fault("the figure of %v reads %q", shown, s.Text())
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

// rate is what "table row column" says.
func (c *check) rate(s *goquery.Selection) float64 {
	parts := strings.Fields(s.AttrOr("data-rate", ""))
	if len(parts) == 3 {
		if table, err := c.snapshot.Table(parts[0]); err == nil {
			if at, err := strconv.Atoi(parts[1]); err == nil && at < table.Rows {
				if v, ok := table.Row(at).Number(parts[2]); ok {
					return v
				}
			}
		}
	}
	c.fault("the rate %q is not there", s.AttrOr("data-rate", ""))
	return 1
}

// leading is the number with which a text begins.
var leading = regexp.MustCompile(`^−?[0-9]+(?:[.,\x{a0}\x{202f}][0-9]+)*`)

// reads reports whether a text begins with a number whose digits are those of a value,
// whole or rounded to three or more of them, in any language and scale.
func reads(text string, value float64) bool {
	switch {
	case strings.HasPrefix(text, "<\u00a0"):
		return value > 0 && value < 0.01
	case strings.HasPrefix(text, ">\u00a0"):
		return value < 1 && value > 0.99
	}
	found := leading.FindString(strings.TrimSpace(text))
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, found)
	digits = strings.Trim(digits, "0")
	if digits == "" {
		// Parts of a euro are written as nothing, and a share may round to it.
		return found != "" && math.Abs(value) < 20
	}
	if strings.HasPrefix(found, "−") != (value < 0) {
		return false
	}
	for len(digits) < 3 && math.Abs(value) > 1 {
		digits += "0" // of 12 000 three digits are said to be right
	}
	said, err := strconv.ParseFloat(digits, 64)
	size := math.Pow10(len(digits) - 1 - int(math.Floor(math.Log10(math.Abs(value)))))
	off := math.Abs(math.Abs(value)*size - said)
	// What is rounded up to a power of ten has one digit more than it.
	return err == nil && (off <= 0.5000001 || math.Abs(math.Abs(value)*size-10*said) <= 0.5000001 && strings.Trim(digits, "0") == "1")
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
