package chart_test

import (
	"encoding/xml"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samkraft/sinks/chart"
)

// element is a shape or text of a drawing, read back.
type element struct {
	name, text, title string
	attr              map[string]string
}

func (e element) number(t rapid.TB, name string) float64 {
	v, err := strconv.ParseFloat(e.attr[name], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		t.Fatalf("%s: %s is no place", e, name)
	}
	return v
}

func (e element) String() string {
	return fmt.Sprintf("<%s %v> %q %q", e.name, e.attr, e.text, e.title)
}

// class says whether an element is of a class.
func (e element) class(name string) bool {
	for _, c := range strings.Fields(e.attr["class"]) {
		if c == name {
			return true
		}
	}
	return false
}

// filled says whether an element shows an amount: filled, and said in a title.
func (e element) filled() bool { return e.name == "rect" && e.title != "" && !e.class("gone") }

// elements reads a drawing, without its title, description and patterns.
func elements(t rapid.TB, svg template.HTML) (wide, tall float64, list []element) {
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	var open []element
	depth := 0 // within defs
	for {
		token, err := d.Token()
		if err == io.EOF {
			return wide, tall, list
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			if e.name == "svg" {
				wide, tall = e.number(t, "width"), e.number(t, "height")
			}
			if e.name == "defs" || depth > 0 {
				depth++
			}
			open = append(open, e)
		case xml.CharData:
			if n := len(open); n > 0 {
				open[n-1].text += string(token)
			}
		case xml.EndElement:
			e := open[len(open)-1]
			open = open[:len(open)-1]
			switch {
			case depth > 0:
				depth--
			case e.name == "title" && len(open) > 1:
				open[len(open)-1].title = e.text
			case len(open) == 1 && e.name != "title" && e.name != "desc":
				list = append(list, e)
			}
		}
	}
}

type area struct{ left, top, right, bottom float64 }

func (a area) meets(b area) bool {
	const slack = 0.02 // places are rounded
	return a.left+slack < b.right && b.left+slack < a.right && a.top+slack < b.bottom && b.top+slack < a.bottom
}

// areaOf is what an element takes up, of those whose place is plain to see.
func areaOf(t rapid.TB, e element) area {
	switch e.name {
	case "rect":
		x, y, w, h := e.number(t, "x"), e.number(t, "y"), e.number(t, "width"), e.number(t, "height")
		if w < 0 || h < 0 {
			t.Fatalf("%s is less than nothing", e)
		}
		return area{x, y, x + w, y + h}
	case "circle":
		x, y, r := e.number(t, "cx"), e.number(t, "cy"), e.number(t, "r")
		return area{x - r, y - r, x + r, y + r}
	case "line":
		x1, y1, x2, y2 := e.number(t, "x1"), e.number(t, "y1"), e.number(t, "x2"), e.number(t, "y2")
		return area{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}
	case "text":
		x, y, w := e.number(t, "x"), e.number(t, "y"), chart.Width(e.text)
		switch e.attr["text-anchor"] {
		case "middle":
			x -= w / 2
		case "end":
			x -= w
		}
		return area{x, y - 10.5, x + w, y + 3}
	case "path":
		a := area{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
		for _, p := range points(t, e.attr["d"]) {
			a.left, a.right = min(a.left, p[0]), max(a.right, p[0])
			a.top, a.bottom = min(a.top, p[1]), max(a.bottom, p[1])
		}
		return a
	}
	t.Fatalf("%s is not known here", e)
	return area{}
}

// points are the places that a path names.
func points(t rapid.TB, path string) [][2]float64 {
	var at [][2]float64
	for _, piece := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune("MLCHhZ", r) }) {
		var numbers []float64
		for _, text := range strings.Fields(piece) {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || math.IsNaN(v) {
				t.Fatalf("%q in %q", text, path)
			}
			numbers = append(numbers, v)
		}
		for i := 0; i+1 < len(numbers); i += 2 {
			at = append(at, [2]float64{numbers[i], numbers[i+1]})
		}
	}
	return at
}

// sane holds a drawing to what every one must be: nothing outside of it, no text on
// another, each mark with its words.
func sane(t rapid.TB, svg template.HTML) []element {
	wide, tall, list := elements(t, svg)
	var texts []element
	var areas []area
	for _, e := range list {
		a := areaOf(t, e)
		if a.left < -0.02 || a.top < -0.02 || a.right > wide+0.02 || a.bottom > tall+0.02 {
			t.Fatalf("outside of %v by %v: %s", wide, tall, e)
		}
		if e.attr["data-value"] != "" && e.title == "" {
			t.Fatalf("no words: %s", e)
		}
		if e.name != "text" {
			continue
		}
		for i, other := range areas {
			if a.meets(other) {
				t.Fatalf("%s\nlies on %s", e, texts[i])
			}
		}
		texts, areas = append(texts, e), append(areas, a)
	}
	return list
}

func TestDrawings(t *testing.T) {
	for _, e := range append(examples(), hostile()...) {
		t.Run(e.name, func(t *testing.T) {
			sane(t, e.chart.SVG())
			wellFormed(t, string(chart.Figure(e.name, e.caption, e.chart, "Tabell")))
			grid := e.chart.Grid()
			for i, row := range grid.Rows {
				if len(row) != len(grid.Head) || len(grid.Numeric) != len(grid.Head) || len(grid.Values[i]) != len(row) {
					t.Errorf("row %d: %d texts, %d values, %d headings, %d kinds", i, len(row), len(grid.Values[i]), len(grid.Head), len(grid.Numeric))
				}
			}
		})
	}
}
