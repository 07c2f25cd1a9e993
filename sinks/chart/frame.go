package chart

// frame is the area of a drawing in which figures stand against a scale.
type frame struct {
	left, top, right, bottom float64
	low, high                float64 // what its ends stand for
}

// y is the height of a number on an upright scale, x its place on a level one.
func (f frame) y(number float64) float64 {
	return f.bottom - (number-f.low)/(f.high-f.low)*(f.bottom-f.top)
}
func (f frame) x(number float64) float64 {
	return f.left + (number-f.low)/(f.high-f.low)*(f.right-f.left)
}

// upright draws a scale at the left with its unit above, and gives the frame right of
// it, which begins below top and is tall.
func (d *drawing) upright(s span, unit string, format Format, top, tall float64) frame {
	a, labels := labelled(s.low, s.high, 6, format, func([]string) bool { return true })
	f := frame{left: widest(labels) + 8, top: top + ascent + 4, right: across - 4, low: a.low(), high: a.high()}
	if unit != "" {
		lines := wrap(unit, across)
		d.texts(0, top+ascent, start, "soft", lines)
		f.top += lineHeight * float64(len(lines))
	}
	f.left = min(f.left, across/2)
	f.bottom = f.top + tall
	for i, at := range a.ticks() {
		y := f.y(at)
		d.stroke("grid", f.left, y, f.right, y)
		d.text(f.left-6, y+4.5, end, "soft", labels[i])
	}
	return f
}
