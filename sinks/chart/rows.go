package chart

import "fmt"

// rows lays out a chart with a row per name: names in a column at the left, or, where
// that leaves too little room for bars and their numbers, above each row.
type rows struct {
	names  []string
	lines  [][]string // of the names
	column float64    // width of the names
	above  bool       // names stand above their rows
	bare   bool       // numbers are too long to stand beside their bars
	y      float64    // where the next row begins
}

const (
	nameColumn = 140.0 // the widest column of names
	rowGap     = 8.0
	aboveGap   = 4.0   // more between rows where names stand above them
	goodPlot   = 140.0 // what bars should have
	leastPlot  = 60.0  // what they have at least
)

func newRows(d *drawing, names []string, top float64, unit string) *rows {
	r := &rows{names: names}
	r.wrap(nameColumn)
	r.y = top + d.heading(unit, top) + rowGap/2
	return r
}

func (r *rows) wrap(room float64) {
	r.lines = nil
	for _, name := range r.names {
		lines := wrap(name, room)
		r.lines = append(r.lines, lines)
		r.column = max(r.column, widest(lines))
	}
}

// endText is a text that stands before or behind the end of a bar at a number.
type endText struct {
	at     float64
	wide   float64 // with the space between
	behind bool
}

// frame is the area in which numbers from s.low to s.high stand, as wide as the texts
// leave it.
func (r *rows) frame(s span, texts []endText) frame {
	if s.low == s.high {
		s.high++
	}
	f := widestFrame(s, texts, r.column+10, across)
	if f.right-f.left < goodPlot {
		r.above = true
		r.wrap(across)
		f = widestFrame(s, texts, 0, across)
	}
	if f.right-f.left < leastPlot {
		r.bare = true
		f = frame{left: goneSize, right: across - 2*goneSize, low: s.low, high: s.high}
	}
	return f
}

// widestFrame is the widest scale between two places with which all texts stand between
// them, too. What they take in all is convex in the scale's width, so that from none at
// all, where they fit, to the widest nothing is skipped by halving. Where they do not
// fit beside each other without a scale, the frame is empty.
func widestFrame(s span, texts []endText, left, right float64) frame {
	f := frame{low: s.low, high: s.high}
	few, many := 0.0, right-left
	for range 40 {
		wide := (few + many) / 2
		before, behind := 0.0, wide
		for _, text := range texts {
			at := (text.at - s.low) / (s.high - s.low) * wide
			if text.behind {
				behind = max(behind, at+text.wide)
			} else {
				before = max(before, text.wide-at)
			}
		}
		if before+behind > right-left {
			many = wide
			continue
		}
		few = wide
		f.left, f.right = left+before, left+before+wide
	}
	return f
}

// number writes a number at the end of a bar, unless such are too long.
func (r *rows) number(d *drawing, x, y float64, at anchor, class, text string) {
	if !r.bare {
		d.text(x, y, at, class, text)
	}
}

// numberOver is number where the axis, at zero, may stand behind the text: paper lies
// between them, so that the line does not strike the digits through.
func (r *rows) numberOver(d *drawing, zero, x, y float64, at anchor, class, text string) {
	wide := width(text)
	left := x
	switch at {
	case middle:
		left -= wide / 2
	case end:
		left -= wide
	}
	if !r.bare && left-1 < zero && zero < left+wide+1 {
		d.plainShape("rect", fmt.Sprintf(`class="back" fill="%s" %s`, inks["cut"], box(zero-1, y-ascent+1, 2, ascent+1)))
	}
	r.number(d, x, y, at, class, text)
}

// clear is where the middle of a text stands that would be at x, so that it keeps clear
// of the names and of the edge.
func (r *rows) clear(x, wide float64) float64 {
	left := r.column + 10
	if r.above {
		left = 0
	}
	return min(max(x, left+wide/2), across-wide/2)
}

// begin writes the name of a row, draws its piece of the axis at x, and gives the top
// of its bars, which are tall.
func (r *rows) begin(d *drawing, i int, tall float64, class string, x float64) float64 {
	height := lineHeight * float64(len(r.lines[i]))
	name, full := r.y, max(height, tall)
	var at float64
	top, bottom := r.y-rowGap/2, r.y+full+rowGap/2
	if r.above {
		at, full = r.y+height+1, height+1+tall
		top, bottom = at-1, at+tall+1
	} else {
		name, at = r.y+(full-height)/2, r.y+(full-tall)/2
	}
	d.texts(0, name+ascent, start, "ink", r.lines[i])
	d.stroke(class, x, top, x, bottom)
	r.y += full + rowGap
	if r.above {
		r.y += aboveGap
	}
	return at
}
