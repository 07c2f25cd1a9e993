package chart

import "strings"

const (
	tallest    = 220.0 // the length of an upright scale
	leastBar   = 10.0  // the narrowest upright bar
	barsOfSlot = 0.75  // how much of a category's room its bars take
	mostLines  = 3     // of a name below a bar
)

// mark is what a bar says of itself.
func (b Bars) mark(series, category int) mark {
	v := b.Series[series].at(category)
	says := b.Categories[category] + ": " + b.Format.full(v, b.Unit, b.Words.withDefaults())
	if len(b.Series) > 1 {
		says = b.Series[series].Name + ", " + says
	}
	if sum, known := b.sum(category); b.Stacked && known {
		says += " (" + b.Words.withDefaults().Total + ": " + b.Format.full(Known(sum), b.Unit, b.Words) + ")"
	}
	return mark{says, v}
}

// sum is what a stack adds up to, if all of it is known.
func (b Bars) sum(category int) (float64, bool) {
	sum := 0.0
	for _, s := range b.Series {
		number, known := s.at(category).number()
		if !known {
			return 0, false
		}
		sum += number
	}
	return sum, true
}

func (b Bars) marks(category int) []mark {
	marks := make([]mark, len(b.Series))
	for j := range b.Series {
		marks[j] = b.mark(j, category)
	}
	return marks
}

// side is how many bars stand side by side.
func (b Bars) side() int {
	if b.Stacked {
		return 1
	}
	return len(b.Series)
}

// fitUpright says whether bars are wide enough to stand, and names fit below them
// without a word broken.
func (b Bars) fitUpright() bool {
	slot := (across - 90) / float64(len(b.Categories))
	if slot*barsOfSlot/float64(b.side()) < leastBar {
		return false
	}
	for _, name := range b.Categories {
		if widest(strings.Fields(name)) > slot-6 || len(wrap(name, slot-6)) > mostLines {
			return false
		}
	}
	return true
}

// upright draws bars that stand, and gives the height of the drawing.
func (b Bars) upright(d *drawing, paints []paint, s span, top float64) float64 {
	f := d.upright(s, b.Unit, b.Format, top, tallest, 0)
	slot := (f.right - f.left) / float64(len(b.Categories))
	lines := 1
	for i, name := range b.Categories {
		l := lane{upright: true, from: f.left + slot*(float64(i)+(1-barsOfSlot)/2), thick: slot * barsOfSlot / float64(b.side()), place: f.y}
		b.category(d, l, i, paints, l.thick)
		wrapped := wrap(name, slot-6)
		d.texts(f.left+slot*(float64(i)+0.5), f.bottom+lineHeight+2, middle, "ink", wrapped)
		lines = max(lines, len(wrapped))
	}
	d.stroke("axis", f.left, f.y(0), f.right, f.y(0))
	return f.bottom + lineHeight*float64(lines) + 10
}

// category draws the bars of a category, or its stack; each further bar is step from the
// one before.
func (b Bars) category(d *drawing, l lane, category int, paints []paint, step float64) {
	marks := b.marks(category)
	if b.Stacked {
		b.goneOf(d, l, category, d.stack(l, paints, marks))
		return
	}
	for j, m := range marks {
		if number, known := m.value.number(); known {
			d.bar(l, paints[j], number, m)
		} else {
			d.gone(l, 0, m)
		}
		l.from += step
	}
}

// goneOf marks, at the end of a stack, the values that are not known.
func (b Bars) goneOf(d *drawing, l lane, category int, end float64) {
	var says []string
	var first Value
	for _, m := range b.marks(category) {
		if _, known := m.value.number(); !known {
			if len(says) == 0 {
				first = m.value
			}
			says = append(says, m.says)
		}
	}
	if len(says) > 0 {
		d.gone(l, end, mark{strings.Join(says, "; "), first})
	}
}

// rows draws bars that lie, a row per category with its name before it and its number
// behind, and gives the height of the drawing.
func (b Bars) rows(d *drawing, paints []paint, s span, top float64) float64 {
	r := newRows(d, b.Categories, top, b.Unit)
	var texts []endText
	for i := range b.Categories {
		for _, e := range b.ends(i) {
			texts = append(texts, endText{e.at, width(e.text) + e.shift + 5, e.behind})
		}
	}
	f := r.frame(s, texts)
	for i := range b.Categories {
		y := r.begin(d, i, float64(b.side())*lineHeight, "axis", f.x(0))
		b.category(d, lane{from: y + 1.5, thick: lineHeight - 3, place: f.x}, i, paints, lineHeight)
		for _, e := range b.ends(i) {
			if e.behind {
				r.number(d, f.x(e.at)+4+e.shift, y+ascent, start, e.class, e.text)
			} else {
				r.number(d, f.x(e.at)-4, y+ascent, end, e.class, e.text)
			}
			y += lineHeight
		}
	}
	return r.y
}

// rowEnd is the number that stands at the end of a lying bar.
type rowEnd struct {
	at     float64
	text   string
	class  string
	behind bool
	shift  float64 // room for the sign of what is not known
}

// ends are the numbers of a category's bars: of a stack its sum, which a value that is
// not known leaves open.
func (b Bars) ends(category int) []rowEnd {
	words := b.Words.withDefaults()
	if b.Stacked {
		up, sum, gone, known := 0.0, 0.0, false, false
		for _, m := range b.marks(category) {
			number, is := m.value.number()
			up, sum, gone, known = up+max(number, 0), sum+number, gone || !is, known || is
		}
		e := rowEnd{at: up, text: b.Format.write(sum), class: "ink", behind: true}
		switch {
		case !known:
			e.text, e.class, e.shift = words.Unknown, "soft", goneSize+2
		case gone:
			e.text, e.shift = e.text+" + ?", goneSize+2
		}
		return []rowEnd{e}
	}
	var ends []rowEnd
	for _, m := range b.marks(category) {
		if number, known := m.value.number(); known {
			ends = append(ends, rowEnd{at: number, text: b.Format.write(number), class: "ink", behind: number >= 0})
		} else {
			ends = append(ends, rowEnd{text: words.Unknown, class: "soft", behind: true, shift: goneSize + 2})
		}
	}
	return ends
}
