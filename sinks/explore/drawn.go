package explore

import (
	"slices"
	"strings"

	"samkraft/sinks/query"
	"samkraft/sinks/tables"
)

// drawn are the columns of a result that a chart is made of, by their places in it.
type drawn struct {
	value             int
	low, middle, high int   // the ends of its range and the median; -1: there is none
	by                []int // columns that tell rows apart
}

// drawn finds what can be drawn of a selection, in a result with these columns. It
// reports whether there is something.
func (s selection) drawn(columns []query.Column) (drawn, bool) {
	at := func(name string) int {
		return slices.IndexFunc(columns, func(c query.Column) bool { return c.Name == name })
	}
	d := drawn{value: -1, low: -1, middle: -1, high: -1}
	names := s.by
	switch {
	case !s.grouped():
		names = s.table.Key
		c, ok := s.drawnColumn()
		if !ok {
			return d, false
		}
		d.value = at(c.Name)
		e := endsOf(s.table, c.Name)
		d.low, d.middle, d.high = at(e.low), at(e.middle), at(e.high)
	case s.how != "" && s.of != "":
		d.value = at(s.figure())
	default:
		d.value = at(rowsColumn)
	}
	for _, name := range names {
		// A municipality's code says its country.
		if muni, is := strings.CutSuffix(name, "country"); is && slices.Contains(names, muni+"muni_code") {
			continue
		}
		// The number of a group is the sum of its members' bits: their names say more.
		if i := at("members"); name == "coalition_mask" && i >= 0 {
			d.by = append(d.by, i)
			continue
		}
		d.by = append(d.by, at(name))
	}
	return d, d.value >= 0 && !slices.Contains(d.by, -1)
}

// drawnColumn is the column that is drawn of rows that are not put together: the one
// that was chosen, or the first figure of the table that has a range, or else the first
// amount.
func (s selection) drawnColumn() (tables.Column, bool) {
	if c, ok := column(s.table, s.of); ok {
		return c, isNumber(c.Type) && !ofItsRow(c)
	}
	for _, fits := range []func(tables.Column) bool{
		func(c tables.Column) bool { return endsOf(s.table, c.Name) != ends{} },
		addsUp,
		func(c tables.Column) bool { return strings.Contains(c.Unit, "/") || c.Unit == "degC" },
	} {
		for _, c := range s.table.Columns {
			if isNumber(c.Type) && !ofItsRow(c) && c.Unit != "year" && !slices.Contains(s.table.Key, c.Name) && fits(c) {
				return c, true
			}
		}
	}
	return tables.Column{}, false
}

// ends name the columns of the range of a figure; without a median middle is empty.
type ends struct{ low, middle, high string }

// endsOf finds the range of a figure by the names of the columns beside it: gain_eur has
// low_gain_eur and high_gain_eur, or gain_p10_eur and gain_p90_eur, or low_eur and
// high_eur where it is the first figure in eur.
func endsOf(table tables.Heading, name string) ends {
	cut := strings.LastIndex(name, "_") + 1
	what, unit := name[:cut], name[cut:]
	first := slices.IndexFunc(table.Columns, func(c tables.Column) bool { return strings.HasSuffix(c.Name, "_"+unit) })
	for _, e := range []ends{
		{"low_" + name, "median_" + name, "high_" + name},
		{what + "p10_" + unit, what + "p50_" + unit, what + "p90_" + unit},
		{what + "low_" + unit, what + "median_" + unit, what + "high_" + unit},
		{"low_" + unit, "median_" + unit, "high_" + unit},
	} {
		if e.low == "low_"+unit && (first < 0 || table.Columns[first].Name != name) {
			continue
		}
		_, low := column(table, e.low)
		_, high := column(table, e.high)
		if !low || !high {
			continue
		}
		if _, ok := column(table, e.middle); !ok {
			e.middle = ""
		}
		return e
	}
	return ends{}
}
