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

// Grid has a row for the central result, and one per factor.
func (t Tornado) Grid() Grid {
	g := newTable(t.Format, t.Words.withDefaults(), t.Head, headed(t.LowName, t.Unit), headed(t.HighName, t.Unit))
	if len(t.Rows) > 0 {
		g.row(t.CentralName, t.Central, t.Central)
	}
	for _, row := range t.Rows {
		g.row(row.Name, row.Low, row.High)
		texts := g.grid.Rows[len(g.grid.Rows)-1]
		texts[1], texts[2] = noted(texts[1], row.LowNote), noted(texts[2], row.HighNote)
	}
	return g.grid
}

func noted(text, note string) string {
	if note == "" {
		return text
	}
	return text + " (" + note + ")"
}

// SVG draws a row per factor: bars from the central result to what it is at the
// factor's two ends.
func (t Tornado) SVG() template.HTML {
	words := t.Words.withDefaults()
	d := newDrawing("tornado", t.Title, t.Desc, t.Grid(), words)
	central, known := t.Central.number()
	var s span
	var names []string
	var texts []endText
	for _, row := range t.Rows {
		names = append(names, row.Name)
		for _, v := range []Value{row.Low, row.High} {
			number, known := v.number()
			if !known {
				texts = append(texts, endText{central, width(words.Unknown) + goneSize + 7, true})
				continue
			}
			texts = append(texts, endText{number, width(t.Format.write(number)) + 5, number >= central})
			s.add(number)
		}
	}
	if !known || !s.some {
		return d.nothing(t.Title, t.Desc)
	}
	s.add(central)
	low, high := paintOf(1, 0), paintOf(2, 1)
	top := d.legend([]key{d.filled(t.LowName, low), d.filled(t.HighName, high)}, 0)
	lay := newRows(d, names, top, t.Unit)
	f := lay.frame(s, texts)
	x := f.x(central)
	text := noted(t.Format.write(central), t.CentralName)
	half := width(text) / 2
	d.text(min(max(x, half), across-half), lay.y+ascent, middle, "ink", text)
	lay.y += lineHeight + rowGap
	d.shape("line", lineAttributes("mid", x, lay.y-rowGap, x, lay.y), mark{t.CentralName + ": " + t.Format.full(t.Central, t.Unit, words), t.Central})
	for i, row := range t.Rows {
		ends := []swingEnd{{row.Low, t.LowName, row.LowNote, low}, {row.High, t.HighName, row.HighNote, high}}
		lines := 1
		if !ends[0].opposite(ends[1], central) {
			lines = 2
		}
		y := lay.begin(d, i, float64(lines)*lineHeight, "mid", x)
		for _, e := range ends {
			t.swing(d, lay, f, y, row.Name, e)
			y += lineHeight * float64(lines-1)
		}
	}
	return d.done(t.Title, t.Desc, lay.y)
}

// swingEnd is one of the two bars of a factor.
type swingEnd struct {
	value      Value
	name, note string
	paint      paint
}

// opposite says whether two ends lie on different sides of the central result, so that
// their bars share a line.
func (e swingEnd) opposite(other swingEnd, central float64) bool {
	a, knownA := e.value.number()
	b, knownB := other.value.number()
	return knownA && knownB && (a < central) != (b < central)
}

// swing draws one bar, with its number at its end.
func (t Tornado) swing(d *drawing, lay *rows, f frame, y float64, factor string, e swingEnd) {
	central, _ := t.Central.number()
	m := mark{factor + ", " + noted(e.name, e.note) + ": " + t.Format.full(e.value, t.Unit, d.words), e.value}
	l := lane{from: y + 1.5, thick: lineHeight - 3, place: f.x}
	number, known := e.value.number()
	switch {
	case !known:
		d.gone(l, central, m)
		lay.number(d, f.x(central)+goneSize+6, y+ascent, start, "soft", d.words.Unknown)
	case number < central:
		d.shape("rect", d.fill(e.paint)+" "+l.box(central, number), m)
		lay.number(d, f.x(number)-4, y+ascent, end, "ink", t.Format.write(number))
	default:
		d.shape("rect", d.fill(e.paint)+" "+l.box(central, number), m)
		lay.number(d, f.x(number)+4, y+ascent, start, "ink", t.Format.write(number))
	}
}
