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

// upright draws a scale at the left with what it shows above, and gives the frame right
// of it, which begins below top and is tall. Some room above the scale stays free.
func (d *drawing) upright(s span, name string, format Format, top, tall, above float64) frame {
	a, labels := labelled(s.low, s.high, 6, format, func(axis, []string) bool { return true })
	left := widest(labels) + 8
	if left > across/3 { // no room for numbers as long as these: the marks have them
		labels, left = make([]string, len(labels)), 8
	}
	f := frame{left: left, right: across - 4, low: a.low(), high: a.high()}
	f.top = top + d.heading(name, top) + ascent/2 + above
	f.bottom = f.top + tall
	for i, at := range a.ticks() {
		y := f.y(at)
		d.stroke("grid", f.left, y, f.right, y)
		d.text(f.left-6, y+4.5, end, "soft", labels[i])
	}
	return f
}

// heading writes what a scale shows, and gives the height that it took.
func (d *drawing) heading(name string, top float64) float64 {
	if name == "" {
		return 0
	}
	lines := wrap(name, across)
	d.texts(0, top+ascent, start, "soft", lines)
	return lineHeight*float64(len(lines)) + 2
}

// level draws the ticks and labels of a scale below a frame, as many as fit.
func (d *drawing) level(f frame, format Format) {
	a, labels := labelled(f.low, f.high, 6, format, func(a axis, labels []string) bool {
		return widest(labels)+10 <= f.x(a.tick(a.first+1))-f.x(a.tick(a.first))
	})
	free := 0.0 // where the text before ends
	for i, at := range a.ticks() {
		if at < f.low || at > f.high {
			continue
		}
		x := f.x(at)
		d.stroke("axis", x, f.bottom, x, f.bottom+4)
		half := width(labels[i]) / 2
		if x-half >= free && x+half <= across {
			d.text(x, f.bottom+lineHeight+2, middle, "soft", labels[i])
			free = x + half + 4
		}
	}
}
