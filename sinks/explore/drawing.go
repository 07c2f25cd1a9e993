package explore

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"samkraft/sinks/chart"
	"samkraft/sinks/query"
)

// What a reader can have drawn.
const (
	drawLines   = "lines"
	drawRanges  = "ranges"
	drawBars    = "bars"
	drawNothing = "none"
)

// Bounds of what can be told apart on a chart.
const (
	mostBars   = 40
	mostSeries = 8
	mostPlaces = 2000 // along a line
	leastLine  = 3    // places that make a line by itself
	mostNames  = 2    // columns that name a bar by itself
)

// picture is a result on its way to a chart.
type picture struct {
	*visit
	drawn
	s       selection
	columns []query.Column
	cells   [][]cell // as spoken
	varied  []int    // of the columns that tell rows apart, those that differ
	axis    []int    // of these the column along which a line goes: a time, a number, or year and month
}

// draw draws a selection, of which these rows are a page, all that there are if whole.
// Where what the reader chose cannot be drawn, the note says why.
func (v *visit) draw(p *tablePage, s selection, columns []query.Column, cells [][]cell, whole bool) error {
	d, ok := s.drawn(columns)
	if s.page > 0 {
		return nil // the chart is of all rows, and stands above the first
	}
	if s.chart == drawNothing || !ok || len(cells) == 0 {
		if s.chart != "" && s.chart != drawNothing {
			p.ChartNote = v.say("chart_no_figure")
		}
		return nil
	}
	pic := picture{visit: v, drawn: d, s: s, columns: columns, cells: cells}
	pic.vary()
	if !whole {
		all, err := v.table(s.sql(true), mostPlaces+1)
		if err != nil || all.More || len(all.Cells) > mostPlaces {
			if s.chart != "" {
				p.ChartNote = v.say("chart_large", "most", v.lang.Number(mostPlaces, 0))
			}
			return err
		}
		pic.cells = all.Cells
		for i, c := range columns {
			v.speak(s, c, i, pic.cells)
		}
		pic.vary()
	}
	kind := s.chart
	if kind == "" {
		kind = pic.byItself()
	}
	var made chart.Chart
	switch kind {
	case drawLines:
		if lines, ok := pic.lines(); ok {
			made = lines
		} else {
			p.ChartNote = v.say("chart_no_line", "series", mostSeries)
		}
	case drawRanges:
		switch {
		case pic.low < 0 || pic.high < 0:
			p.ChartNote = v.say("chart_no_range")
		case len(pic.cells) > mostBars:
			p.ChartNote = v.say("chart_many", "most", mostBars)
		default:
			made = pic.ranges()
		}
	case drawBars:
		if len(pic.cells) > mostBars {
			p.ChartNote = v.say("chart_many", "most", mostBars)
		} else {
			made = pic.bars()
		}
	}
	if made != nil {
		p.Chart = chart.Figure("chart", pic.caption(), made, v.say("chart_table"))
	}
	return nil
}

// vary finds the columns that differ, and the one along which a line can go: the first
// time, else the year, with its month, else the first number.
func (p *picture) vary() {
	p.varied, p.axis = nil, nil
	for _, i := range p.by {
		for _, row := range p.cells {
			if row[i] != p.cells[0][i] {
				p.varied = append(p.varied, i)
				break
			}
		}
	}
	named := func(name string) int {
		return slices.IndexFunc(p.varied, func(i int) bool { return p.columns[i].Name == name })
	}
	year, month := named("year"), named("month")
	moment := slices.IndexFunc(p.varied, func(i int) bool { return isTime(p.columns[i].Type) })
	number := slices.IndexFunc(p.varied, func(i int) bool { return isNumber(p.columns[i].Type) })
	switch {
	case moment >= 0:
		p.axis = []int{p.varied[moment]}
	case year >= 0 && month >= 0:
		p.axis = []int{p.varied[year], p.varied[month]}
	case year >= 0:
		p.axis = []int{p.varied[year]}
	case number >= 0:
		p.axis = []int{p.varied[number]}
	}
}

// byItself is the kind of chart that fits without being asked for.
func (p *picture) byItself() string {
	if lines, ok := p.lines(); ok && max(len(lines.Times), len(lines.Numbers)) >= leastLine {
		return drawLines
	}
	names := len(p.varied) <= mostNames && len(p.cells) > 1
	switch {
	case len(p.cells) > mostBars:
	case p.low >= 0 && p.high >= 0 && names && p.someRange():
		return drawRanges
	case p.s.grouped() && len(p.s.by) > 0, p.s.of != "" && !p.s.grouped(), names && !p.s.grouped() && len(p.s.rules) > 0:
		return drawBars
	}
	return drawNothing
}

// someRange reports whether a range is known.
func (p *picture) someRange() bool {
	return slices.ContainsFunc(p.cells, func(row []cell) bool { return !row[p.low].Null && !row[p.high].Null })
}

// at is the figure of a column of a row.
func (p *picture) at(row []cell, i int) chart.Value {
	number, err := strconv.ParseFloat(row[i].exact(), 64)
	if row[i].Null || err != nil {
		return chart.Unknown("")
	}
	return chart.Known(number)
}

// name names a row by some of its columns, and key tells it from others by them.
func (p *picture) name(row []cell, by []int) string {
	return joined(row, by, func(c cell) string { return c.Text })
}
func (p *picture) key(row []cell, by []int) string { return joined(row, by, cell.exact) }

func joined(row []cell, by []int, text func(cell) string) string {
	var parts []string
	for _, i := range by {
		parts = append(parts, text(row[i]))
	}
	return strings.Join(parts, ", ")
}

// matrix lays the figures of rows out by two names each: a row for each place, in the
// order in which they come, and for each series the figure at each place. It reports
// whether each figure has a place of its own and the series can be told apart.
func (p *picture) matrix(cells [][]cell, along, across []int) (places [][]cell, series []chart.Series, ok bool) {
	place, line := map[string]int{}, map[string]int{}
	for _, row := range cells {
		if at := p.key(row, along); !has(place, at) {
			place[at] = len(places)
			places = append(places, row)
		}
		if in := p.key(row, across); !has(line, in) {
			line[in] = len(series)
			series = append(series, chart.Series{Name: p.name(row, across)})
		}
	}
	if len(series) > mostSeries {
		return nil, nil, false
	}
	for i := range series {
		series[i].Values = slices.Repeat([]chart.Value{chart.Unknown(p.say("chart_no_row"))}, len(places))
	}
	taken := map[[2]int]bool{}
	for _, row := range cells {
		where := [2]int{line[p.key(row, across)], place[p.key(row, along)]}
		if taken[where] {
			return nil, nil, false
		}
		taken[where] = true
		series[where[0]].Values[where[1]] = p.at(row, p.value)
	}
	return places, series, true
}

func has(in map[string]int, key string) bool {
	_, ok := in[key]
	return ok
}

// lines are the figures along the axis. Rows that have no place on it are left out.
func (p *picture) lines() (chart.Lines, bool) {
	if len(p.axis) == 0 {
		return chart.Lines{}, false
	}
	across := slices.DeleteFunc(slices.Clone(p.varied), func(i int) bool { return slices.Contains(p.axis, i) })
	positions := map[string]float64{}
	cells := slices.DeleteFunc(slices.Clone(p.cells), func(row []cell) bool {
		at, ok := p.position(row)
		positions[p.key(row, p.axis)] = at
		return !ok
	})
	slices.SortStableFunc(cells, func(a, b []cell) int {
		return cmp.Compare(positions[p.key(a, p.axis)], positions[p.key(b, p.axis)])
	})
	places, series, ok := p.matrix(cells, p.axis, across)
	if !ok || len(places) < 2 {
		return chart.Lines{}, false
	}
	c := p.columns[p.axis[0]]
	l := chart.Lines{Title: p.caption(), Unit: p.unit(), Head: p.label(p.axis...), Series: series, Format: p.format, Words: p.words(),
		Month: func(t time.Time) string { return t.Format("2006-01") }, NumberFormat: func(n float64) string { return p.number(n, exactDigits) }}
	if len(across) == 0 {
		l.Series[0].Name = p.label(p.value)
	}
	texts := map[time.Time]string{}
	for _, row := range places {
		at := positions[p.key(row, p.axis)]
		if !isTime(c.Type) && c.Name != "year" {
			l.Numbers = append(l.Numbers, at)
			continue
		}
		moment := time.Unix(int64(at), 0).UTC()
		texts[moment] = p.name(row, p.axis)
		l.Times = append(l.Times, moment)
	}
	l.When = func(t time.Time) string { return texts[t] }
	return l, true
}

// position is where a row stands on the axis: seconds of a time, or a number. Without
// one it cannot be placed.
func (p *picture) position(row []cell) (float64, bool) {
	first := row[p.axis[0]]
	c := p.columns[p.axis[0]]
	switch {
	case first.Null:
		return 0, false
	case isTime(c.Type):
		for _, layout := range []string{time.DateOnly, time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
			if t, err := time.Parse(layout, first.exact()); err == nil {
				return float64(t.Unix()), true
			}
		}
		return 0, false
	}
	number, err := strconv.ParseFloat(first.exact(), 64)
	if c.Name != "year" {
		return number, err == nil
	}
	month := 1
	if len(p.axis) > 1 {
		month, _ = strconv.Atoi(row[p.axis[1]].exact())
	}
	return float64(time.Date(int(number), time.Month(max(month, 1)), 1, 0, 0, 0, 0, time.UTC).Unix()), err == nil && number >= 1 && number < 10000
}

// ranges are the figures with their ends.
func (p *picture) ranges() chart.Ranges {
	r := chart.Ranges{Title: p.caption(), Unit: p.unit(), Head: p.label(p.varied...), LowName: p.label(p.low), HighName: p.label(p.high), CentralName: p.label(p.value), Format: p.format, Words: p.words()}
	if p.middle >= 0 {
		r.MiddleName = p.label(p.middle)
	}
	for _, row := range p.cells {
		one := chart.Range{Name: p.name(row, p.varied), Low: p.at(row, p.low), High: p.at(row, p.high), Central: p.at(row, p.value)}
		if p.middle >= 0 {
			one.Middle = p.at(row, p.middle)
		}
		r.Rows = append(r.Rows, one)
	}
	return r
}

// bars are the figures side by side: by the first column that differs, with the others
// as series where there are few, else each by its whole name.
func (p *picture) bars() chart.Bars {
	b := chart.Bars{Title: p.caption(), Unit: p.unit(), Head: p.label(p.varied...), Format: p.format, Words: p.words()}
	along := p.varied
	if len(along) > 1 {
		if places, series, ok := p.matrix(p.cells, along[:1], along[1:]); ok && len(series) > 1 {
			for _, row := range places {
				b.Categories = append(b.Categories, p.name(row, along[:1]))
			}
			b.Head, b.Series, b.Horizontal = p.label(along[0]), series, len(p.cells) > 12
			return b
		}
	}
	one := chart.Series{Name: p.label(p.value)}
	for _, row := range p.cells {
		b.Categories = append(b.Categories, p.name(row, along))
		one.Values = append(one.Values, p.at(row, p.value))
	}
	b.Series, b.Horizontal = []chart.Series{one}, len(p.cells) > 6
	return b
}

// label is what columns are called.
func (p *picture) label(columns ...int) string {
	var all []string
	for _, i := range columns {
		all = append(all, p.head(p.s, p.columns[i]).Text)
	}
	return strings.Join(all, ", ")
}

func (p *picture) unit() string { return p.head(p.s, p.columns[p.value]).Unit }

// caption says what is drawn, by what.
func (p *picture) caption() string {
	if len(p.varied) == 0 {
		return p.label(p.value)
	}
	return p.say("chart_by", "figure", p.label(p.value), "by", p.label(p.varied...))
}

func (p *picture) format(n float64) string { return p.number(n, 3) }

func (p *picture) words() chart.Words {
	return chart.Words{Nothing: p.say("nothing"), Unknown: p.say("unknown")}
}
