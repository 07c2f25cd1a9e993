package chart

import "html/template"

// Series is one row of figures, by category or by time. A value less than there are
// categories is not known.
type Series struct {
	Name   string
	Values []Value
	Colour int // 1 to 8, see chart.css; 0: by its place among the series
}

// at is the value of a category.
func (s Series) at(i int) Value {
	if i < len(s.Values) {
		return s.Values[i]
	}
	return Value{}
}

// Bars compares categories, of one or several series.
type Bars struct {
	Title, Desc string // for screen readers; the page shows a caption
	Unit        string // of the numbers; empty where Format writes it
	Head        string // heading of the categories in the table
	Categories  []string
	Series      []Series
	Stacked     bool // series on top of each other, negative ones below zero
	Horizontal  bool // also chosen by itself where names do not fit below the bars
	Format      Format
	Words       Words
}

var _ Chart = Bars{}

// Grid has a row per category and a column per series.
func (b Bars) Grid() Grid {
	return seriesGrid(b.Head, b.Unit, b.Categories, b.Series, b.Format, b.Words)
}

// seriesGrid is a table of series side by side.
func seriesGrid(head, unit string, rows []string, series []Series, format Format, words Words) Grid {
	var names []string
	for _, s := range series {
		names = append(names, headed(s.Name, unit))
	}
	t := newTable(format, words.withDefaults(), head, names...)
	for i, row := range rows {
		var values []Value
		for _, s := range series {
			values = append(values, s.at(i))
		}
		t.row(row, values...)
	}
	return t.grid
}

// SVG draws upright bars where the names fit below them, else bars in rows.
func (b Bars) SVG() template.HTML {
	d := newDrawing("bars", b.Title, b.Desc, b.Grid(), b.Words.withDefaults())
	s := b.span()
	if !s.some {
		return d.nothing(b.Title, b.Desc)
	}
	keys, paints := d.seriesKeys(b.Series)
	upright := !b.Horizontal && b.fitUpright()
	if len(b.Series) == 1 {
		keys = nil
	}
	if upright && b.gone() {
		keys = append(keys, d.goneKey()) // rows say it in words
	}
	top := d.legend(keys, 0)
	if upright {
		return d.done(b.Title, b.Desc, b.upright(d, paints, s, top))
	}
	return d.done(b.Title, b.Desc, b.rows(d, paints, s, top))
}

// gone says whether a value is not known.
func (b Bars) gone() bool {
	for i := range b.Categories {
		for _, s := range b.Series {
			if _, known := s.at(i).number(); !known {
				return true
			}
		}
	}
	return false
}

// span is what the scale must hold: zero, and every bar or stack of bars.
func (b Bars) span() span {
	var s span
	for i := range b.Categories {
		up, down := 0.0, 0.0
		for _, series := range b.Series {
			number, known := series.at(i).number()
			if !known {
				continue
			}
			s.add(0)
			s.add(number)
			up, down = up+max(number, 0), down+min(number, 0)
		}
		if b.Stacked && s.some {
			s.add(up)
			s.add(down)
		}
	}
	return s
}
