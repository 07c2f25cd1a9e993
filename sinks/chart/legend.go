package chart

// legend writes what paints stand for, in rows from top, and gives the height it took.
func (d *drawing) legend(names []string, paints []paint, top float64) float64 {
	const swatch, gap = 13.0, 16.0
	x, y := 0.0, top
	for i, name := range names {
		lines := wrap(name, across-swatch-6)
		wide := swatch + 6 + widest(lines)
		if x > 0 && x+wide > across {
			x, y = 0, y+lineHeight+4
		}
		d.plainShape("rect", d.fill(paints[i])+" "+box(x, y+1.5, swatch, swatch))
		d.texts(x+swatch+6, y+ascent, start, "ink", lines)
		if len(lines) > 1 {
			x, y = 0, y+lineHeight*float64(len(lines))+4
			continue
		}
		x += wide + gap
	}
	if x > 0 {
		y += lineHeight + 4
	}
	return y - top
}
