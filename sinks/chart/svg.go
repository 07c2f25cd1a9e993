package chart

import (
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"html/template"
	"strconv"
	"strings"
)

// across is the width of a drawing. Heights are as needed.
const across = 440.0

// drawing is an SVG in the making.
type drawing struct {
	body     strings.Builder
	id       string
	patterns map[paint]bool // textured paints used so far
	words    Words
	wide     float64
}

// newDrawing begins the drawing of a chart. Its id, by which its title and textures
// are found in a page, comes from what the chart says.
func newDrawing(kind, title, desc string, grid Grid, words Words) *drawing {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %q %q %q %q", kind, title, desc, grid.Head, grid.Rows)
	return &drawing{id: "chart-" + strconv.FormatUint(h.Sum64(), 36), patterns: map[paint]bool{}, words: words, wide: across}
}

// done is the whole element.
func (d *drawing) done(title, desc string, height float64) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%[1]s" height="%[2]s"`,
		coordinate(d.wide), coordinate(height))
	fmt.Fprintf(&b, ` font-family="sans-serif" font-size="%s" role="img" aria-labelledby="%s-t %[2]s-d">`, coordinate(fontSize), d.id)
	fmt.Fprintf(&b, "\n"+`<title id="%s-t">%s</title>`+"\n"+`<desc id="%[1]s-d">%[3]s</desc>`+"\n", d.id, escape(title), escape(desc))
	b.WriteString(d.defs())
	b.WriteString(d.body.String())
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// nothing is a drawing that says that there is nothing to show.
func (d *drawing) nothing(title, desc string) template.HTML {
	lines := wrap(d.words.Nothing, across-20)
	for i, line := range lines {
		d.text(10, 20+lineHeight*float64(i), start, "soft", line)
	}
	return d.done(title, desc, 28+lineHeight*float64(len(lines)-1))
}

// coordinate writes a place with two decimals at most.
func coordinate(at float64) string {
	text := strconv.FormatFloat(at, 'f', 2, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// escape makes a text safe between tags and in quotes, and its characters such as XML
// permits.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(plain(text))) // a Builder does not fail
	return b.String()
}

// mark is what a figure in the drawing says of itself.
type mark struct {
	says  string
	value Value
}

// attributes are the exact number and where it stands, for the mark that shows it.
func (v Value) attributes() string {
	var b strings.Builder
	if _, known := v.number(); known {
		fmt.Fprintf(&b, ` data-value="%s"`, exact(v.Number))
	}
	for _, a := range [...]struct{ name, text string }{
		{"table", v.Cell.Table}, {"row", v.Cell.Row}, {"column", v.Cell.Column},
	} {
		if a.text != "" {
			fmt.Fprintf(&b, ` data-%s="%s"`, a.name, escape(a.text))
		}
	}
	return b.String()
}

// shape writes an element that shows a figure, with its words as a tooltip.
func (d *drawing) shape(element, attributes string, m mark) {
	fmt.Fprintf(&d.body, "<%s %s%s><title>%s</title></%[1]s>\n", element, attributes, m.value.attributes(), escape(m.says))
}

// plainShape writes an element that shows no figure.
func (d *drawing) plainShape(element, attributes string) {
	fmt.Fprintf(&d.body, "<%s %s/>\n", element, attributes)
}

// box are the attributes of a rectangle.
func box(x, y, w, h float64) string {
	return fmt.Sprintf(`x="%s" y="%s" width="%s" height="%s"`, coordinate(x), coordinate(y), coordinate(w), coordinate(h))
}

// stroke draws a straight line; its class says what it is.
func (d *drawing) stroke(class string, x1, y1, x2, y2 float64) {
	d.plainShape("line", lineAttributes(class, x1, y1, x2, y2))
}

func lineAttributes(class string, x1, y1, x2, y2 float64) string {
	return fmt.Sprintf(`class="%s" stroke="%s" x1="%s" y1="%s" x2="%s" y2="%s"`,
		class, inks[class], coordinate(x1), coordinate(y1), coordinate(x2), coordinate(y2))
}

// anchor says which end of a text stands at its place.
type anchor string

const (
	start  anchor = "start"
	middle anchor = "middle"
	end    anchor = "end"
)

// text writes one line, with its base line at y.
func (d *drawing) text(x, y float64, at anchor, class, text string) {
	fmt.Fprintf(&d.body, `<text class="%s" fill="%s" x="%s" y="%s"`, class, inks[class], coordinate(x), coordinate(y))
	if at != start {
		fmt.Fprintf(&d.body, ` text-anchor="%s"`, at)
	}
	fmt.Fprintf(&d.body, ">%s</text>\n", escape(text))
}

// texts writes lines below each other.
func (d *drawing) texts(x, y float64, at anchor, class string, lines []string) {
	for i, line := range lines {
		d.text(x, y+lineHeight*float64(i), at, class, line)
	}
}
