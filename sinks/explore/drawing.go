package explore

import (
	"slices"
	"strconv"
	"strings"

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
	switch {
	case !whole && s.chart == "" && !s.grouped() && len(s.rules) == 0 && s.table.Rows > mostPlaces:
		return nil // it is known without asking
	case !whole:
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
	}
	pic.vary()
	kind := s.chart
	if kind == "" {
		kind = pic.byItself()
	}
	made, note := pic.made(kind)
	p.ChartNote = note
	if made != nil {
		p.Chart = chart.Figure("chart", pic.caption(), made, v.say("chart_table"))
	}
	return nil
}

// made is the chart of a kind, or why there is none.
func (p *picture) made(kind string) (made chart.Chart, note string) {
	switch many := len(p.cells) > mostBars; {
	case kind == drawLines:
		lines, ok := p.lines()
		if !ok {
			return nil, p.say("chart_no_line", "series", mostSeries)
		}
		return lines, ""
	case kind == drawRanges && (p.low < 0 || p.high < 0):
		return nil, p.say("chart_no_range")
	case kind == drawNothing:
		return nil, ""
	case many:
		return nil, p.say("chart_many", "most", mostBars)
	case kind == drawRanges:
		return p.ranges(), ""
	}
	return p.bars(), ""
}

// vary finds the columns that differ, and the one along which a line can go: the first
// time, else the year, with its month, else the first number.
func (p *picture) vary() {
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
