package chart

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
)

const (
	mapTall     = 420.0
	sideColumn  = 140.0 // labels beside the map
	mostLeaders = 20    // of areas too small for their label: the largest
)

// mapped is an area with its place on the drawing.
type mapped struct {
	Area
	outline outline
	label   []string
	at      point // middle of the label, or where its leader begins
	led     bool  // it has a leader
}

// SVG draws the areas with north up. An area has its label on it, or beside the map
// with a line to it.
func (m Map) SVG() template.HTML {
	d := newDrawing("map", m.Title, m.Desc, m.Grid(), m.Words.withDefaults())
	areas, tall := m.placed(across)
	if len(areas) == 0 {
		return d.nothing(m.Title, m.Desc)
	}
	leaders := slices.ContainsFunc(areas, func(a mapped) bool { return a.led })
	if leaders {
		areas, tall = m.placed(across - sideColumn - 24)
	}
	classes := m.classes()
	top := 0.0
	if !m.Plain {
		top = d.heading(headed(m.ValueHead, m.Unit), 0)
		top += d.legend(m.keys(d, classes), top)
	}
	for _, a := range areas {
		d.shape("path", m.shade(classes, a.Value)+fmt.Sprintf(` fill-rule="evenodd" d="%s"`, a.outline.path(top)), m.mark(a.Area))
	}
	bottom := top + tall
	if leaders {
		bottom = max(bottom, m.leaders(d, areas, top))
	}
	for _, a := range areas {
		if !a.led {
			y := top + a.at.y - lineHeight*float64(len(a.label))/2
			d.texts(a.at.x, y+ascent, middle, "ink over", a.label)
		}
	}
	return d.done(m.Title, m.Desc, bottom)
}

func (m Map) mark(a Area) mark {
	if m.Plain {
		return mark{says: a.Name}
	}
	return mark{a.Name + ": " + m.Format.full(a.Value, m.Unit, m.Words.withDefaults()), a.Value}
}

// placed are the areas with an outline, on a map of a width, and its height.
func (m Map) placed(wide float64) ([]mapped, float64) {
	var areas []mapped
	var outlines []outline
	for _, a := range m.Areas {
		if o := readOutline(a.GeoJSON); len(o) > 0 {
			areas, outlines = append(areas, mapped{Area: a}), append(outlines, o)
		}
	}
	flat, tall := project(outlines, wide, mapTall)
	for i := range areas {
		a := &areas[i]
		a.outline = flat[i]
		a.label = wrap(a.Name, sideColumn)
		if !m.Plain {
			text := m.Words.withDefaults().Unknown
			if number, known := a.Value.number(); known {
				text = m.Format.write(number)
			}
			a.label = append(a.label, wrap(text, sideColumn)...)
		}
	}
	var taken []rectangle
	for i := range areas { // first those that have room, then those that need some beside them
		a := &areas[i]
		at, fits := a.outline.room(a.size())
		a.at, a.led = at, !fits
		if fits {
			taken = append(taken, around(at, a.size()))
		}
	}
	for i := range areas {
		if a := &areas[i]; a.led {
			a.beside(flat, taken, wide, tall)
			if !a.led {
				taken = append(taken, around(a.at, a.size()))
			}
		}
	}
	return areas, tall
}

// size is that of the label.
func (a mapped) size() point { return point{widest(a.label), lineHeight * float64(len(a.label))} }

// rectangle is between two corners.
type rectangle struct{ low, high point }

func around(middle, size point) rectangle {
	return rectangle{point{middle.x - size.x/2, middle.y - size.y/2}, point{middle.x + size.x/2, middle.y + size.y/2}}
}

func (r rectangle) meets(o rectangle) bool {
	return r.low.x < o.high.x && o.low.x < r.high.x && r.low.y < o.high.y && o.low.y < r.high.y
}

// beside puts the label of a small area to the left of it, to the right, above or
// below, where the map has room outside of all areas; else it needs a leader.
func (a *mapped) beside(all []outline, taken []rectangle, wide, tall float64) {
	low, high := bounds([]outline{a.outline})
	size, middle := a.size(), point{(low.x + high.x) / 2, (low.y + high.y) / 2}
	for _, at := range []point{
		{low.x - size.x/2 - 4, middle.y}, {high.x + size.x/2 + 4, middle.y},
		{middle.x, low.y - size.y/2 - 2}, {middle.x, high.y + size.y/2 + 2},
	} {
		r := around(at, size)
		free := r.low.x >= 0 && r.high.x <= wide && r.low.y >= 0 && r.high.y <= tall && !slices.ContainsFunc(taken, r.meets)
		if free && !slices.ContainsFunc(all, r.touches) {
			a.at, a.led = at, false
			return
		}
	}
	a.at = a.outline.inner()
}

// touches says whether an area reaches into the rectangle.
func (r rectangle) touches(o outline) bool {
	for _, ring := range o {
		for i, p := range ring {
			// Points along the border, close enough that none crosses the rectangle unseen.
			q := ring[(i+1)%len(ring)]
			pieces := 1 + int(math.Hypot(q.x-p.x, q.y-p.y)/4)
			for k := range pieces {
				along := float64(k) / float64(pieces)
				if at := (point{p.x + (q.x-p.x)*along, p.y + (q.y-p.y)*along}); r.meets(rectangle{at, at}) {
					return true
				}
			}
		}
	}
	return o.inside(r.low)
}

// leaders writes the labels of areas that are too small for them beside the map, from
// north to south, and gives where they end.
func (m Map) leaders(d *drawing, areas []mapped, top float64) float64 {
	var beside []mapped
	for _, a := range areas {
		if a.led {
			beside = append(beside, a)
		}
	}
	slices.SortStableFunc(beside, func(a, b mapped) int { return cmp.Compare(b.extent(), a.extent()) })
	beside = beside[:min(mostLeaders, len(beside))]
	slices.SortStableFunc(beside, func(a, b mapped) int { return cmp.Compare(a.at.y, b.at.y) })
	x, y := across-sideColumn, top
	for _, a := range beside {
		tall := lineHeight * float64(len(a.label))
		y = max(y, top+a.at.y-tall/2)
		d.stroke("axis", a.at.x, top+a.at.y, x-4, y+tall/2)
		d.plainShape("circle", d.dot(a.at.x, top+a.at.y, 2.5))
		d.texts(x, y+ascent, start, "ink", a.label)
		y += tall + 4
	}
	return y
}

// extent is the size of the area's bounds.
func (a mapped) extent() float64 {
	low, high := bounds([]outline{a.outline})
	return (high.x - low.x) * (high.y - low.y)
}

// classes are the bounds between shades: round numbers.
func (m Map) classes() []float64 {
	var s span
	for _, a := range m.Areas {
		if number, known := a.Value.number(); known {
			s.add(number)
		}
	}
	if m.Plain || !s.some {
		return nil
	}
	axis, _ := labelled(s.low, s.high, 5, m.Format, func(axis, []string) bool { return true })
	return axis.ticks()
}

// shade are the attributes of an area: the darker, the further from zero; another colour
// and texture below zero.
func (m Map) shade(classes []float64, v Value) string {
	edge := fmt.Sprintf(` stroke="%s" stroke-width="1"`, inks["soft"])
	number, known := v.number()
	switch {
	case m.Plain:
		return `class="c1 area" fill="` + hues[0] + `" fill-opacity="0.25"` + edge
	case !known:
		return `class="gone area" fill="none" stroke-dasharray="3 3"` + edge
	}
	i, _ := slices.BinarySearch(classes, number)
	if i < len(classes) && classes[i] == number {
		i++
	}
	i = min(max(i, 1), len(classes)-1)
	between := (classes[i-1] + classes[i]) / 2
	most := max(math.Abs(classes[0]), math.Abs(classes[len(classes)-1]))
	colour := 0
	if between < 0 {
		colour = 1
	}
	return fmt.Sprintf(`class="c%d area" fill="%s" fill-opacity="%s"`, colour+1, hues[colour],
		coordinate(0.1+0.7*math.Abs(between)/most)) + edge
}

// keys are the shades, and what an area without a value looks like.
func (m Map) keys(d *drawing, classes []float64) []key {
	var keys []key
	for i := 1; i < len(classes); i++ {
		name := m.Format.write(classes[i-1]) + " – " + m.Format.write(classes[i])
		between := Known((classes[i-1] + classes[i]) / 2)
		keys = append(keys, key{name, func(x, y float64) {
			d.plainShape("rect", m.shade(classes, between)+" "+box(x, y, swatch, swatch))
		}})
	}
	unknown := func(a Area) bool { _, known := a.Value.number(); return !known }
	if slices.ContainsFunc(m.Areas, unknown) {
		keys = append(keys, key{d.words.Unknown, func(x, y float64) {
			d.plainShape("rect", m.shade(classes, Value{})+" "+box(x, y, swatch, swatch))
		}})
	}
	return keys
}
