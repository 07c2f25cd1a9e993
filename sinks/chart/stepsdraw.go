package chart

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
)

// SVG draws the blocks side by side, as wide as what they give and as high as what it
// costs, below the zero line where it earns. The widest have a number and are told
// below.
func (s Steps) SVG() template.HTML {
	d := newDrawing("steps", s.Title, s.Desc, s.Grid(), s.Words.withDefaults())
	blocks, high, total := s.placed()
	if len(blocks) == 0 {
		return d.nothing(s.Title, s.Desc)
	}
	top := d.legend(s.keys(d, blocks), 0)
	f := d.upright(high, headed(s.HeightName, s.Unit), s.Format, top, tallest+20, lineHeight)
	along := frame{left: f.left, right: f.right - 20, bottom: f.bottom, high: total}
	numbered := s.numberBlocks(blocks, along)
	for i, b := range blocks {
		s.block(d, f, along, b, slices.Index(numbered, i)+1)
	}
	d.stroke("axis", f.left, f.y(0), f.right, f.y(0))
	for _, run := range s.cutRuns(blocks) {
		x := (along.x(run.low) + along.x(run.high)) / 2
		d.plainShape("path", arrow(x, f.y(s.Highest)-3))
	}
	s.lines(d, f, along)
	d.level(along, s.WidthFormat)
	y := f.bottom + lineHeight + 8
	lines := wrap(headed(s.WidthName, s.WidthUnit), f.right-f.left)
	d.texts(f.right, y+ascent, end, "soft", lines)
	y += lineHeight*float64(len(lines)) + 6
	for n, i := range numbered {
		b := blocks[i]
		lines := wrap(s.says(b), f.right-24)
		d.text(0, y+ascent, start, "ink", strconv.Itoa(n+1))
		d.texts(24, y+ascent, start, "ink", lines)
		y += lineHeight*float64(len(lines)) + 3
	}
	return d.done(s.Title, s.Desc, y+2)
}

// placedBlock is a block that has a place on the curve, from what those before it give.
type placedBlock struct {
	Block
	from, wide, height float64
}

// placed are the blocks on the curve, the heights that it needs, and its length.
func (s Steps) placed() (blocks []placedBlock, high span, total float64) {
	for _, b := range s.Blocks {
		wide, known := b.Width.number()
		height, priced := b.Height.number()
		if !known || !priced || wide <= 0 {
			continue
		}
		blocks = append(blocks, placedBlock{b, total, wide, height})
		total += wide
		high.add(0)
		high.add(s.shown(height))
	}
	for _, m := range s.Markers {
		if at, known := m.At.number(); known && high.some && !m.Upright {
			high.add(at)
		} else if known && m.Upright {
			total = max(total, at)
		}
	}
	return blocks, high, total
}

// shown is how high a block is drawn.
func (s Steps) shown(height float64) float64 {
	if s.Highest > 0 {
		return min(height, s.Highest)
	}
	return height
}

// numberBlocks chooses the widest blocks that have room for their number, in their
// order on the curve.
func (s Steps) numberBlocks(blocks []placedBlock, f frame) []int {
	const most = 6
	var chosen []int
	for i, b := range blocks {
		if f.x(b.wide)-f.left >= width("0")+4 && s.shown(b.height) == b.height {
			chosen = append(chosen, i)
		}
	}
	slices.SortStableFunc(chosen, func(a, b int) int { return cmp.Compare(blocks[b].wide, blocks[a].wide) })
	chosen = chosen[:min(most, len(chosen))]
	slices.Sort(chosen)
	return chosen
}

// says is a block in words.
func (s Steps) says(b placedBlock) string {
	name := b.Name
	if who := s.member(b.Member).Name; who != "" {
		name += ", " + who
	}
	return name + ": " + s.WidthFormat.full(b.Width, s.WidthUnit, Words{}) + ", " + s.Format.full(b.Height, s.Unit, Words{})
}

func (s Steps) paint(member int) paint {
	return paintOf(s.member(member).Colour, max(member, 0))
}

// block draws a block, with its number if it has one.
func (s Steps) block(d *drawing, f, along frame, b placedBlock, number int) {
	l := lane{upright: true, from: along.x(b.from), thick: along.x(b.from+b.wide) - along.x(b.from), place: f.y}
	d.shape("rect", d.fill(s.paint(b.Member))+" "+l.box(0, s.shown(b.height)), mark{s.says(b), b.Height})
	if number > 0 {
		d.text(l.from+l.thick/2, f.y(max(b.height, 0))-4, middle, "ink over", strconv.Itoa(number))
	}
}

// cutRuns are the pieces of the curve with blocks that cost more than is shown.
func (s Steps) cutRuns(blocks []placedBlock) []span {
	var runs []span
	before := false
	for _, b := range blocks {
		is := s.shown(b.height) < b.height
		if is && !before {
			runs = append(runs, span{low: b.from})
		}
		if is {
			runs[len(runs)-1].high = b.from + b.wide
		}
		before = is
	}
	return runs
}

// arrow points up, from the middle of its foot.
func arrow(x, y float64) string {
	return fmt.Sprintf(`class="dot" fill="%s" d="M%s %[3]sL%[4]s %[3]sL%[5]s %[6]sZ"`,
		inks["ink"], coordinate(x-5), coordinate(y), coordinate(x+5), coordinate(x), coordinate(y-9))
}

// keys are the members that have a block, and the lines.
func (s Steps) keys(d *drawing, blocks []placedBlock) []key {
	var keys []key
	for i, m := range s.Members {
		if slices.ContainsFunc(blocks, func(b placedBlock) bool { return b.Member == i }) {
			keys = append(keys, d.filled(m.Name, s.paint(i)))
		}
	}
	if name := s.cutName(blocks); name != "" {
		keys = append(keys, key{name, func(x, y float64) { d.plainShape("path", arrow(x+swatch/2, y+swatch-2)) }})
	}
	for i, m := range s.Markers {
		if !m.drawn() {
			continue
		}
		keys = append(keys, key{s.marker(m), func(x, y float64) {
			if m.Upright {
				d.plainShape("line", lineAttributes("mid", x+swatch/2, y, x+swatch/2, y+swatch)+` stroke-width="1.5"`+dash(i))
			} else {
				d.plainShape("line", lineAttributes("mid", x, y+swatch/2, x+swatch, y+swatch/2)+` stroke-width="1.5"`+dash(i))
			}
		}})
	}
	return keys
}

// cutName says what the blocks cost that are cut; it is empty if none is.
func (s Steps) cutName(blocks []placedBlock) string {
	var cut span
	for _, b := range blocks {
		if s.shown(b.height) < b.height {
			cut.add(b.height)
		}
	}
	if !cut.some {
		return ""
	}
	costs := s.Format.full(Known(cut.high), s.Unit, Words{})
	if cut.low < cut.high {
		costs = s.Format.write(cut.low) + " – " + costs
	}
	return s.HigherName + ": " + costs
}

// drawn says whether a marker has a place on the chart.
func (m Marker) drawn() bool {
	at, known := m.At.number()
	return known && (at >= 0 || !m.Upright)
}

// marker is a line in words.
func (s Steps) marker(m Marker) string {
	if m.Upright {
		return m.Name + ": " + s.WidthFormat.full(m.At, s.WidthUnit, Words{})
	}
	return m.Name + ": " + s.Format.full(m.At, s.Unit, Words{})
}

// lines draws the markers.
func (s Steps) lines(d *drawing, f, along frame) {
	for i, m := range s.Markers {
		if !m.drawn() {
			continue
		}
		at, _ := m.At.number()
		attributes := lineAttributes("mid", f.left, f.y(at), f.right, f.y(at))
		if m.Upright {
			attributes = lineAttributes("mid", along.x(at), f.top-lineHeight, along.x(at), f.bottom)
		}
		d.shape("line", attributes+` stroke-width="1.5"`+dash(i), mark{s.marker(m), m.At})
	}
}
