package chart

import (
	"html/template"
	"slices"
)

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
	LowName, MiddleName, HighName, CentralName string // headings of the four figures; without MiddleName there are no medians
	Rows                                       []Range
	Format                                     Format
	Words                                      Words
}

var _ Chart = Ranges{}

// Grid has a row per figure.
func (r Ranges) Grid() Grid {
	names := []string{headed(r.LowName, r.Unit), headed(r.MiddleName, r.Unit), headed(r.HighName, r.Unit), headed(r.CentralName, r.Unit)}
	if r.MiddleName == "" {
		names = slices.Delete(names, 1, 2)
	}
	t := newTable(r.Format, r.Words.withDefaults(), r.Head, names...)
	for _, row := range r.Rows {
		if r.MiddleName == "" {
			t.row(row.Name, row.Low, row.High, row.Central)
		} else {
			t.row(row.Name, row.Low, row.Middle, row.High, row.Central)
		}
	}
	return t.grid
}

// SVG draws, for each row, a bar from low to high with their numbers at its ends, a
// line across it at the median, and a point at the central figure with its number
// above. The scale has zero on it.
func (r Ranges) SVG() template.HTML {
	words := r.Words.withDefaults()
	d := newDrawing("ranges", r.Title, r.Desc, r.Grid(), words)
	var s span
	var names []string
	var texts []endText
	for _, row := range r.Rows {
		names = append(names, row.Name)
		if r.MiddleName == "" {
			row.Middle = Value{}
		}
		for _, v := range []Value{row.Low, row.Middle, row.High, row.Central} {
			if number, known := v.number(); known {
				s.add(0)
				s.add(number)
			}
		}
		texts = append(texts, r.texts(row)...)
	}
	if !s.some {
		return d.nothing(r.Title, r.Desc)
	}
	lay := newRows(d, names, d.legend(r.keys(d), 0), r.Unit)
	f := lay.frame(s, texts)
	for i, row := range r.Rows {
		r.row(d, lay, f, lay.begin(d, i, 2*lineHeight, "axis", f.x(0)), row)
	}
	return d.done(r.Title, r.Desc, lay.y)
}

// texts are what stands beside the bar of a row.
func (r Ranges) texts(row Range) []endText {
	var texts []endText
	central, hasCentral := row.Central.number()
	if hasCentral { // the point itself
		texts = append(texts, endText{central, 6, false}, endText{central, 6, true})
	}
	low, hasLow := row.Low.number()
	high, hasHigh := row.High.number()
	if hasLow && hasHigh {
		return append(texts,
			endText{min(low, high), width(r.Format.write(min(low, high))) + 8, false},
			endText{max(low, high), width(r.Format.write(max(low, high))) + 8, true})
	}
	return append(texts, endText{max(central, 0), width(r.Words.withDefaults().Unknown) + goneSize + 12, true})
}

func (r Ranges) keys(d *drawing) []key {
	keys := []key{
		d.filled(r.LowName+" – "+r.HighName, paint{}),
		{r.MiddleName, func(x, y float64) { d.stroke("mid", x+swatch/2, y, x+swatch/2, y+swatch) }},
		{r.CentralName, func(x, y float64) { d.plainShape("circle", d.dot(x+swatch/2, y+swatch/2, 5)) }},
	}
	if r.MiddleName == "" {
		return slices.Delete(keys, 1, 2)
	}
	return keys
}

// row draws one row whose two lines begin at y.
func (r Ranges) row(d *drawing, lay *rows, f frame, y float64, row Range) {
	says := func(name string, v Value) mark {
		return mark{row.Name + ", " + name + ": " + r.Format.full(v, r.Unit, d.words), v}
	}
	base := y + lineHeight
	low, hasLow := row.Low.number()
	high, hasHigh := row.High.number()
	median, hasMiddle := row.Middle.number()
	central, hasCentral := row.Central.number()
	l := lane{from: base + 2, thick: lineHeight - 4, place: f.x}
	if hasLow && hasHigh {
		// The bar says the high end, and its first half, drawn on it again, the low end.
		d.shape("rect", d.fill(paint{})+" "+l.box(low, high), says(r.HighName, row.High))
		d.shape("rect", d.fill(paint{})+" "+l.box(low, (low+high)/2), says(r.LowName, row.Low))
		lay.numberOver(d, f.x(0), f.x(min(low, high))-7, base+ascent, end, "soft over", r.Format.write(min(low, high)))
		lay.numberOver(d, f.x(0), f.x(max(low, high))+7, base+ascent, start, "soft over", r.Format.write(max(low, high)))
	} else {
		v := row.Low
		if hasLow {
			v = row.High
		}
		at := f.x(0)
		if hasCentral {
			at = max(at, f.x(central)+6)
		}
		l.place = func(float64) float64 { return at }
		d.gone(l, 0, says(r.LowName+" – "+r.HighName, v))
		lay.numberOver(d, f.x(0), at+goneSize+5, base+ascent, start, "soft over", d.words.Unknown)
	}
	if hasMiddle && r.MiddleName != "" {
		x := f.x(median)
		d.shape("line", lineAttributes("mid", x, base, x, base+lineHeight)+` stroke-width="2"`, says(r.MiddleName, row.Middle))
	}
	if hasCentral {
		x := f.x(central)
		d.shape("circle", d.dot(x, base+lineHeight/2, 5), says(r.CentralName, row.Central))
		text := r.Format.write(central)
		lay.numberOver(d, f.x(0), lay.clear(x, width(text)), base-descent, middle, "ink over", text)
	}
}
