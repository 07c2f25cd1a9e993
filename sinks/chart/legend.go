package chart

import "fmt"

// key is an entry of a legend: a name, and how its sign is drawn in a square of swatch.
type key struct {
	name string
	sign func(x, y float64)
}

const swatch = 13.0

// legend writes keys in rows from top, and gives the height that they took.
func (d *drawing) legend(keys []key, top float64) float64 {
	x, y, tall := 0.0, top, 0.0
	for _, k := range keys {
		lines := wrap(k.name, across-swatch-6)
		wide := swatch + 6 + widest(lines)
		if x > 0 && x+wide > across {
			x, y, tall = 0, y+tall, 0
		}
		k.sign(x, y+1.5)
		d.texts(x+swatch+6, y+ascent, start, "ink", lines)
		x, tall = x+wide+16, lineHeight*float64(len(lines))+4
	}
	return y + tall - top
}

// filled is a key whose sign is a square of paint.
func (d *drawing) filled(name string, p paint) key {
	return key{name, func(x, y float64) { d.plainShape("rect", d.fill(p)+" "+box(x, y, swatch, swatch)) }}
}

// goneKey is the key of the box that stands where a value is not known.
func (d *drawing) goneKey() key {
	return key{d.words.Unknown, func(x, y float64) {
		d.plainShape("rect", goneAttributes(x+(swatch-goneSize)/2, y+(swatch-goneSize)/2, goneSize))
	}}
}

// seriesKeys are the keys of series that are filled, and their paints.
func (d *drawing) seriesKeys(series []Series) (keys []key, paints []paint) {
	for i, s := range series {
		p := paintOf(s.Colour, i)
		keys, paints = append(keys, d.filled(s.Name, p)), append(paints, p)
	}
	return keys, paints
}

// dot draws a filled circle that stands out from what is below it.
func (d *drawing) dot(x, y, radius float64) string {
	return fmt.Sprintf(`class="dot" fill="%s" stroke="#ffffff" cx="%s" cy="%s" r="%s"`,
		inks["ink"], coordinate(x), coordinate(y), coordinate(radius))
}
