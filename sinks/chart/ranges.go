package chart

import "html/template"

// Range is how sure a figure is: 10th percentile, median and 90th percentile of its
// draws, and its central figure, computed from central values.
type Range struct {
	Name                       string
	Low, Middle, High, Central Value
}

// Ranges shows how sure figures are, one row each.
type Ranges struct {
	Title, Desc, Unit                          string
	Head                                       string // heading of the names in the table
	LowName, MiddleName, HighName, CentralName string // headings of the four figures
	Rows                                       []Range
	Format                                     Format
	Words                                      Words
}

var _ Chart = Ranges{}

// Grid has a row per figure.
func (r Ranges) Grid() Grid {
	t := newTable(r.Format, r.Words.withDefaults(), r.Head,
		headed(r.LowName, r.Unit), headed(r.MiddleName, r.Unit), headed(r.HighName, r.Unit), headed(r.CentralName, r.Unit))
	for _, row := range r.Rows {
		t.row(row.Name, row.Low, row.Middle, row.High, row.Central)
	}
	return t.grid
}

// SVG draws a bar from low to high, a line across it at the median and a point at the
// central figure.
func (r Ranges) SVG() template.HTML {
	d := newDrawing("ranges", r.Title, r.Desc, r.Grid(), r.Words.withDefaults())
	return d.nothing(r.Title, r.Desc)
}
