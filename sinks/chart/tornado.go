package chart

import "html/template"

// Swing is what a result is with one factor at its low and at its high end, and all
// others at their central values.
type Swing struct {
	Name              string
	Low, High         Value
	LowNote, HighNote string // the factor's own low and high value, as text; may be empty
}

// Tornado shows which factors move a result most, in the order given.
type Tornado struct {
	Title, Desc, Unit              string
	Head                           string // heading of the factors in the table
	LowName, HighName, CentralName string
	Central                        Value // the result with all factors at central values
	Rows                           []Swing
	Format                         Format
	Words                          Words
}

var _ Chart = Tornado{}

// Grid has a row per factor.
func (t Tornado) Grid() Grid {
	g := newTable(t.Format, t.Words.withDefaults(), t.Head, headed(t.LowName, t.Unit), headed(t.HighName, t.Unit))
	for _, row := range t.Rows {
		g.row(row.Name, row.Low, row.High)
	}
	return g.grid
}

// SVG draws a row per factor, around the central result.
func (t Tornado) SVG() template.HTML {
	d := newDrawing("tornado", t.Title, t.Desc, t.Grid(), t.Words.withDefaults())
	return d.nothing(t.Title, t.Desc)
}
