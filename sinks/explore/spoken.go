package explore

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"samkraft/sinks/query"
	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// head is the head of a column of the result.
func (v *visit) head(s selection, c query.Column) headCell {
	h := headCell{Name: c.Name, Number: c.IsNumber()}
	about, ok := column(s.table, c.Name)
	sort := c.Name
	switch {
	case c.Name == rowsColumn:
		h.Text = v.say("rows")
	case c.Name == unknownColumn:
		h.Text = v.say("unknown_rows")
	case c.Name == "muni_code": // its name stands below
		h.Text = v.say("municipality")
	case ok:
		h.Text, _ = v.lang.Column(s.table.Name, c.Name)
		h.Unit = v.unit(about)
	default: // the figure
		label, _ := v.lang.Column(s.table.Name, s.of)
		h.Text = v.say("how_"+s.how) + ": " + label
		h.Unit, sort = v.lang.Unit(s.units()[c.Name]), s.of
	}
	if slices.Contains(s.sortable(), sort) && c.Name != rowsColumn && c.Name != unknownColumn {
		h.Sort, h.Order = v.sorted(s, sort)
	}
	return h
}

// unit is the unit of a column, where its label does not say it.
func (v *visit) unit(c tables.Column) string {
	if c.Unit == "year" && isWhole(c.Type) {
		return "" // the number of a year, not of years
	}
	return v.lang.Unit(c.Unit)
}

// sorted is the address of the page sorted by a column first and then as it was, and how
// it is sorted by it now. Asked for again, it is the other way round.
func (v *visit) sorted(s selection, name string) (address, now string) {
	first := order{column: name}
	sorts := []string{""}
	for i, o := range s.sorts {
		switch {
		case o.column != name:
			sorts = append(sorts, o.written())
		case i == 0:
			now, first.down = "ascending", !o.down
			if o.down {
				now = "descending"
			}
		}
	}
	sorts[0] = first.written()
	form := v.formWithout("page")
	form["sort"] = sorts[:min(len(sorts), mostSorts)]
	return "?" + form.Encode(), now
}

// exactDigits are the digits of a number on a page; the exact one stands beside it in
// the markup.
const exactDigits = 6

// mostDecimals is as many as a number on a page has.
const mostDecimals = 12

// number writes a number with so many digits, without zeros at its end.
func (v *visit) number(n float64, digits int) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', digits, 64), 64)
	if err != nil {
		rounded = n
	}
	_, decimals, _ := strings.Cut(strconv.FormatFloat(rounded, 'f', -1, 64), ".")
	if len(decimals) > mostDecimals {
		return strings.Replace(strconv.FormatFloat(n, 'g', digits, 64), "e-0", "e-", 1)
	}
	return v.lang.Number(rounded, len(decimals))
}

// speak writes the cells of a column in the reader's language.
func (v *visit) speak(s selection, c query.Column, i int, cells [][]cell) {
	about, _ := column(s.table, c.Name)
	for _, row := range cells {
		row[i] = v.spoken(row[i], about)
	}
}

// spoken writes a cell in the reader's language.
func (v *visit) spoken(c cell, about tables.Column) cell {
	switch {
	case c.Null:
		c.Text = v.say("unknown")
	case c.Number && about.Unit != "year" && about.Name != "year":
		number, err := strconv.ParseFloat(c.Text, 64)
		if err != nil {
			break
		}
		c.Exact = c.Text
		if number == float64(int64(number)) {
			c.Text = v.lang.Number(number, 0)
		} else {
			c.Text = v.number(number, exactDigits)
		}
	case about.Type == "BOOLEAN":
		c.Exact = c.Text
		c.Text = v.say("no")
		if c.Exact == "true" {
			c.Text = v.say("yes")
		}
	case strings.HasPrefix(about.Type, "TIMESTAMP"):
		if t, err := time.Parse(time.RFC3339Nano, c.Text); err == nil && t.Nanosecond() == 0 && t.Second() == 0 {
			c.Exact, c.Text = c.Text, t.UTC().Format("2006-01-02 15:04 UTC")
		}
	case about.Type == "VARCHAR":
		if said := v.meaning(about.Name, c.Text); said != c.Text {
			c.Text, c.Exact = said, c.Text
		}
	}
	return c
}

// meaning is what a code of a column means, or the code.
func (v *visit) meaning(column, code string) string {
	switch title := v.asked.titles[v.lang][code]; {
	case column == "agreement_id" && title != "":
		return title
	case strings.HasSuffix(column, "muni_code"):
		return words.Municipality(code)
	case isReason(column):
		said, _ := v.lang.Reason(code)
		return said
	}
	return v.lang.Code(column, code)
}

// isReason reports whether a column holds sentences of the program.
func isReason(column string) bool {
	return column == "reason" || column == "message" || column == "expected"
}

// named is a code with what it means; of a sentence that is all.
func (v *visit) named(column, code string) string {
	said := v.meaning(column, code)
	if said == code || isReason(column) {
		return said
	}
	return said + " (" + code + ")"
}

// formWithout is what the address says, without some of it.
func (v *visit) formWithout(keys ...string) url.Values {
	form := url.Values{}
	for key, values := range v.form {
		if !slices.Contains(keys, key) {
			form[key] = values
		}
	}
	return form
}

// exact is a cell as the table has it.
func (c cell) exact() string {
	if c.Exact != "" {
		return c.Exact
	}
	return c.Text
}

// longText is from how many bytes on a text takes a wide column.
const longText = 60

// Long reports whether the text takes a wide column.
func (c cell) Long() bool { return len(c.Text) > longText }

// Of a text of more bytes than hugeText a page shows the beginning, and the rest to be
// opened.
const hugeText, beginning = 400, 80

// Begin is the beginning of a text that is too long to be shown at once, or "".
func (c cell) Begin() string {
	if len(c.Text) <= hugeText {
		return ""
	}
	return strings.ToValidUTF8(c.Text[:beginning], "") + "…"
}
