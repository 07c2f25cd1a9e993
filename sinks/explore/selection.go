package explore

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"samkraft/sinks/query"
	"samkraft/sinks/tables"
)

// selection is what the address says of a table: which rows, in which order, and how
// they are put together. All of its columns are columns of the table.
type selection struct {
	table tables.Heading
	rules []rule
	sorts []order
	by    []string // columns to group by
	how   string   // "sum", "mean", "min", "max"; "": rows are not put together
	of    string   // the column that is, or that is drawn; "" counts rows
	chart string   // one of charts; "": what fits
	page  int      // from 0 on
}

// rule is a filter of the rows.
type rule struct {
	column      tables.Column
	kind, value string // as the address has them
	sql         string
}

// order is a column to sort by.
type order struct {
	column string
	down   bool
}

// written is an order as the address has it: largest first begins with a minus.
func (o order) written() string {
	if o.down {
		return "-" + o.column
	}
	return o.column
}

// fault is something in an address that does not agree with the table.
type fault struct {
	key   string // text of the catalogue
	pairs []any
}

// most bounds of an address.
const (
	mostGroups = 6
	mostSorts  = 3
	mostPage   = 10_000
	longest    = 500 // a value to compare with, in bytes
)

// hows are the ways to put figures together, and charts what a reader can have drawn.
var (
	hows   = []string{"sum", "mean", "min", "max"}
	charts = []string{drawLines, drawRanges, drawBars, drawNothing}
)

// read reads a selection from an address. What it does not know it does not pass over:
// a filter that is misspelt would give other rows than its writer thinks.
func read(table tables.Heading, form url.Values) (s selection, faults []fault) {
	s.table = table
	wrong := func(key string, pairs ...any) { faults = append(faults, fault{key, pairs}) }
	for _, key := range sortedKeys(form) {
		value := form.Get(key)
		kind, name, filter := strings.Cut(key, ".")
		switch {
		case len(value) > longest || !utf8.ValidString(value) || strings.ContainsRune(value, 0):
			wrong("bad_value", "name", key)
		case filter && value != "":
			c, ok := column(table, name)
			if !ok {
				wrong("bad_column", "name", name)
				continue
			}
			sql, ok := ruleOf(c, kind, value)
			if !ok {
				wrong("bad_filter", "name", name, "value", value)
				continue
			}
			s.rules = append(s.rules, rule{c, kind, value, sql})
		}
	}
	known := func(name string) bool {
		_, ok := column(table, name)
		if !ok && name != "" {
			wrong("bad_column", "name", name)
		}
		return ok
	}
	for _, name := range form["by"] {
		if known(name) && !slices.Contains(s.by, name) && len(s.by) < mostGroups {
			s.by = append(s.by, name)
		}
	}
	if how := form.Get("how"); slices.Contains(hows, how) {
		s.how = how
	}
	if of := form.Get("of"); known(of) {
		s.of = of
	}
	for _, sort := range form["sort"] {
		name, down := strings.CutPrefix(sort, "-")
		again := slices.ContainsFunc(s.sorts, func(o order) bool { return o.column == name })
		if known(name) && !again && len(s.sorts) < mostSorts {
			s.sorts = append(s.sorts, order{name, down})
		}
	}
	if chart := form.Get("chart"); slices.Contains(charts, chart) {
		s.chart = chart
	}
	if n, err := strconv.Atoi(form.Get("page")); err == nil {
		s.page = min(max(n-1, 0), mostPage)
	}
	if f, bad := s.checkGroups(); bad {
		faults = append(faults, f)
	}
	return s, faults
}

// grouped reports whether rows are put together.
func (s selection) grouped() bool { return len(s.by) > 0 || s.how != "" && s.of != "" }

// checkGroups refuses to put together what does not add up.
func (s selection) checkGroups() (fault, bool) {
	if !s.grouped() || s.how == "" || s.of == "" {
		return fault{}, false
	}
	c, _ := column(s.table, s.of)
	switch {
	case !isNumber(c.Type):
		return fault{"no_number", []any{"name", s.of}}, true
	case ofItsRow(c):
		return fault{"unit_of_row", []any{"name", s.of}}, true
	case s.how == "sum" && !addsUp(c):
		return fault{"no_sum", []any{"name", s.of}}, true
	case s.how == "sum" && s.mixesTotals():
		return fault{"total_and_parts", nil}, true
	}
	return fault{}, false
}

// totalColumn marks the rows of a table that are a total of others.
const totalColumn = "is_total"

// mixesTotals reports whether totals would be added to their parts.
func (s selection) mixesTotals() bool {
	_, has := column(s.table, totalColumn)
	chosen := slices.ContainsFunc(s.rules, func(r rule) bool { return r.column.Name == totalColumn && r.kind == "is" })
	return has && !chosen && !slices.Contains(s.by, totalColumn)
}

// amounts are units of what can be added. Shares, prices, years, temperatures and the
// like cannot.
var amounts = []string{"EUR", "MWh", "MW", "t", "ha", "km2", "m2", "byte", "persons"}

// counts are columns without unit that count things.
var counts = []string{"persons", "dwellings", "installations", "turbines", "buildings"}

// addsUp reports whether the values of a column can be summed. The ends of a range
// cannot: not everything is at its lowest at once.
func addsUp(c tables.Column) bool {
	for _, end := range []string{"low_", "high_", "median_"} {
		if strings.HasPrefix(c.Name, end) {
			return false
		}
	}
	if c.Unit == "1" {
		return isWhole(c.Type) && (slices.Contains(counts, c.Name) || strings.HasPrefix(c.Name, "n_"))
	}
	return slices.Contains(amounts, c.Unit)
}

// ofItsRow reports whether the unit of a column is another one in each row.
func ofItsRow(c tables.Column) bool {
	return c.Unit == "value_unit" || strings.HasPrefix(c.Unit, "currency")
}

func isWhole(kind string) bool { return strings.HasSuffix(kind, "INT") || kind == "INTEGER" }
func isNumber(kind string) bool {
	return isWhole(kind) || kind == "DOUBLE" || kind == "FLOAT" || strings.HasPrefix(kind, "DECIMAL(")
}
func isTime(kind string) bool { return kind == "DATE" || strings.HasPrefix(kind, "TIMESTAMP") }

// ruleOf writes a filter as SQL: "is" compares with a value, "min" and "max" with the
// ends of a range, both of which belong to it, and "known" asks whether there is a value
// at all. A value is written as what it was read as, so that nothing of an address
// stands in SQL unread.
func ruleOf(c tables.Column, kind, value string) (string, bool) {
	name := query.Identifier(c.Name)
	switch {
	case kind == "known" && value == "yes":
		return name + " IS NOT NULL", true
	case kind == "known" && value == "no":
		return name + " IS NULL", true
	}
	written, ok := written(c, kind, value)
	if !ok {
		return "", false
	}
	switch kind {
	case "is":
		return name + " = " + written, true
	case "min":
		return name + " >= " + written, c.Type != "BOOLEAN"
	case "max":
		return name + " <= " + written, c.Type != "BOOLEAN"
	}
	return "", false
}

func written(c tables.Column, kind, value string) (string, bool) {
	switch {
	case isNumber(c.Type):
		n, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		if err != nil || n != n || n > 1e300 || n < -1e300 {
			return "", false
		}
		return strconv.FormatFloat(n, 'e', -1, 64), true
	case c.Type == "BOOLEAN":
		return value, value == "true" || value == "false"
	case isTime(c.Type):
		day, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return "", false
		}
		if kind == "max" && c.Type != "DATE" { // the whole of the day
			return "TIMESTAMP '" + day.Format(time.DateOnly) + " 23:59:59.999999'", true
		}
		return "DATE '" + day.Format(time.DateOnly) + "'", true
	case c.Type == "VARCHAR":
		return query.Literal(value), true
	}
	return "", false
}

func column(table tables.Heading, name string) (tables.Column, bool) {
	i := slices.IndexFunc(table.Columns, func(c tables.Column) bool { return c.Name == name })
	if i < 0 {
		return tables.Column{}, false
	}
	return table.Columns[i], true
}

func sortedKeys(form url.Values) []string {
	var keys []string
	for k := range form {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
