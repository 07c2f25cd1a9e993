package chart

// rows lays out a chart with a row per name: names in a column at the left, wrapped.
type rows struct {
	names  [][]string
	column float64 // width of the names
	y      float64 // where the next row begins
	bare   bool    // numbers are too long to stand beside their bars
}

const (
	nameColumn = 140.0 // the widest column of names
	rowGap     = 8.0
	leastPlot  = 60.0 // what bars have at least
)

func newRows(d *drawing, names []string, top float64, unit string) *rows {
	r := &rows{y: top}
	for _, name := range names {
		lines := wrap(name, nameColumn)
		r.names = append(r.names, lines)
		r.column = max(r.column, widest(lines))
	}
	r.y += d.heading(unit, r.y) + rowGap/2
	return r
}

// frame is the area right of the names in which numbers from s.low to s.high stand,
// with room for texts before and behind.
func (r *rows) frame(s span, before, behind float64) frame {
	if s.low == s.high {
		s.high++
	}
	f := frame{left: r.column + 10 + before, right: across - behind, low: s.low, high: s.high}
	if f.right-f.left < leastPlot {
		f.left, f.right, r.bare = r.column+10, across-2*goneSize, true
	}
	return f
}

// number writes a number at the end of a bar, unless such are too long.
func (r *rows) number(d *drawing, x, y float64, at anchor, class, text string) {
	if !r.bare {
		d.text(x, y, at, class, text)
	}
}

// begin writes the name of a row, draws its piece of the axis at x, and gives the top
// of its bars, which are tall.
func (r *rows) begin(d *drawing, i int, tall float64, class string, x float64) float64 {
	lines := r.names[i]
	height := lineHeight * float64(len(lines))
	full := max(height, tall)
	d.texts(0, r.y+(full-height)/2+ascent, start, "ink", lines)
	at := r.y + (full-tall)/2
	d.stroke(class, x, r.y-rowGap/2, x, r.y+full+rowGap/2)
	r.y += full + rowGap
	return at
}
