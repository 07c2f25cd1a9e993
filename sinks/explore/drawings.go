package explore

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"samkraft/sinks/chart"
)

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
		return number, err == nil && !math.IsNaN(number) && !math.IsInf(number, 0)
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
