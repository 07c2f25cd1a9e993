package chart

import "math"

// lane is a strip of a drawing in which bars lie or stand: place gives where a number
// is along it.
type lane struct {
	upright     bool
	from, thick float64 // across the strip
	place       func(float64) float64
}

// box are the attributes of a rectangle between two numbers.
func (l lane) box(a, b float64) string {
	at, long := min(l.place(a), l.place(b)), math.Abs(l.place(a)-l.place(b))
	if l.upright {
		return box(l.from, at, l.thick, long)
	}
	return box(at, l.from, long, l.thick)
}

// bar draws a number from zero.
func (d *drawing) bar(l lane, p paint, number float64, m mark) {
	d.shape("rect", d.fill(p)+" "+l.box(0, number), m)
}

// stack draws what is known of some values on top of each other, negative ones to the
// other side of zero, and gives the upper end.
func (d *drawing) stack(l lane, paints []paint, marks []mark) float64 {
	up, down := 0.0, 0.0
	for i, m := range marks {
		number, known := m.value.number()
		switch {
		case !known || number == 0:
			continue
		case number > 0:
			d.shape("rect", d.fill(paints[i])+" "+l.box(up, up+number), m)
			d.cut(l, up)
			up += number
		default:
			d.shape("rect", d.fill(paints[i])+" "+l.box(down, down+number), m)
			d.cut(l, down)
			down += number
		}
	}
	return up
}

// cut parts two figures of a stack by a thin line of paper.
func (d *drawing) cut(l lane, number float64) {
	at := l.place(number)
	switch {
	case number == 0: // the axis is there
	case l.upright:
		d.stroke("cut", l.from, at, l.from+l.thick, at)
	default:
		d.stroke("cut", at, l.from, at, l.from+l.thick)
	}
}

// goneSize is the size of the open box that stands where a value is not known.
const goneSize = 8.0

// gone marks a value that is not known, beside a place on the scale.
func (d *drawing) gone(l lane, number float64, m mark) {
	at, across := l.place(number), l.from+(l.thick-goneSize)/2
	x, y := at+2, across
	if l.upright {
		x, y = across, at-2-goneSize
	}
	d.goneBox(x, y, goneSize, m)
}

func (d *drawing) goneBox(x, y, wide float64, m mark) {
	d.shape("rect", goneAttributes(x, y, wide), m)
}

func goneAttributes(x, y, wide float64) string {
	return `class="gone" fill="none" stroke="` + inks["soft"] + `" stroke-dasharray="2 2" ` + box(x, y, wide, goneSize)
}
