package chart

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

// point is a place on the drawing; before projection, longitude and latitude.
type point struct{ x, y float64 }

// outline are the rings of an area: what an odd number of them goes around is inside.
type outline [][]point

// readOutline reads a Polygon or MultiPolygon; of anything else, and of places that are
// not on Earth, there is no outline.
func readOutline(text string) outline {
	var shape struct {
		Type        string
		Coordinates json.RawMessage
	}
	if json.Unmarshal([]byte(text), &shape) != nil {
		return nil
	}
	var polygons [][][][]float64
	switch shape.Type {
	case "MultiPolygon":
		if json.Unmarshal(shape.Coordinates, &polygons) != nil {
			return nil
		}
	case "Polygon":
		polygons = make([][][][]float64, 1)
		if json.Unmarshal(shape.Coordinates, &polygons[0]) != nil {
			return nil
		}
	}
	var o outline
	for _, polygon := range polygons {
		for _, places := range polygon {
			var ring []point
			for _, place := range places {
				if len(place) < 2 || math.Abs(place[0]) > 180 || math.Abs(place[1]) > 90 {
					return nil
				}
				ring = append(ring, point{place[0], place[1]})
			}
			if len(ring) >= 3 {
				o = append(o, ring)
			}
		}
	}
	return o
}

// bounds are the corners of all rings.
func bounds(outlines []outline) (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, o := range outlines {
		for _, ring := range o {
			for _, p := range ring {
				low.x, low.y = min(low.x, p.x), min(low.y, p.y)
				high.x, high.y = max(high.x, p.x), max(high.y, p.y)
			}
		}
	}
	return low, high
}

// mapEdge stays free around a map, for the lines along its outermost borders.
const mapEdge = 4.0

// project lays outlines flat, north up, within a width and height: degrees are as long
// in both directions as at the middle latitude (equirectangular projection).
func project(outlines []outline, wide, tall float64) ([]outline, float64) {
	low, high := bounds(outlines)
	shrink := math.Cos((low.y + high.y) / 2 * math.Pi / 180)
	scale := min((wide-2*mapEdge)/max((high.x-low.x)*shrink, 1e-6), tall/max(high.y-low.y, 1e-6))
	left := (wide - (high.x-low.x)*shrink*scale) / 2
	var flat []outline
	for _, o := range outlines {
		var f outline
		for _, ring := range o {
			r := make([]point, len(ring))
			for i, p := range ring {
				r[i] = point{left + (p.x-low.x)*shrink*scale, mapEdge + (high.y-p.y)*scale}
			}
			f = append(f, r)
		}
		flat = append(flat, f)
	}
	return flat, (high.y-low.y)*scale + 2*mapEdge
}

// path is the outline as an SVG path.
func (o outline) path(top float64) string {
	var b strings.Builder
	for _, ring := range o {
		before := ""
		for i, p := range ring {
			at := coordinate(p.x) + " " + coordinate(top+p.y)
			switch {
			case i == 0:
				fmt.Fprintf(&b, "M%s", at)
			case at != before:
				fmt.Fprintf(&b, "L%s", at)
			}
			before = at
		}
		b.WriteString("Z")
	}
	return b.String()
}

// inside says whether a point is in the area.
func (o outline) inside(p point) bool {
	in := false
	for _, ring := range o {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if (a.y > p.y) != (b.y > p.y) && p.x < a.x+(p.y-a.y)/(b.y-a.y)*(b.x-a.x) {
				in = !in
			}
		}
	}
	return in
}

// edge is how far a point is from the nearest border.
func (o outline) edge(p point) float64 {
	least := math.Inf(1)
	for _, ring := range o {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			dx, dy := b.x-a.x, b.y-a.y
			along := 0.0
			if long := dx*dx + dy*dy; long > 0 {
				along = min(max(((p.x-a.x)*dx+(p.y-a.y)*dy)/long, 0), 1)
			}
			least = min(least, math.Hypot(p.x-a.x-along*dx, p.y-a.y-along*dy))
		}
	}
	return least
}

// grain is how many places are tried along each side of an area.
const grain = 24

// inner is the place farthest from the borders among those tried, or the first corner.
func (o outline) inner() point {
	best, far := o[0][0], -1.0
	o.try(func(p point) {
		if o.inside(p) {
			if e := o.edge(p); e > far {
				best, far = p, e
			}
		}
	})
	return best
}

// room is the place for the middle of a box that lies within the area, farthest from
// the borders; there may be none.
func (o outline) room(size point) (point, bool) {
	best, far, found := point{}, -1.0, false
	o.try(func(p point) {
		least := math.Inf(1)
		for _, dx := range [...]float64{-0.5, -0.25, 0, 0.25, 0.5} {
			for _, dy := range [...]float64{-0.5, 0, 0.5} {
				q := point{p.x + dx*size.x, p.y + dy*size.y}
				if !o.inside(q) {
					return
				}
				least = min(least, o.edge(q))
			}
		}
		if least > far {
			best, far, found = p, least, true
		}
	})
	return best, found
}

// try goes over places within the bounds of the area.
func (o outline) try(visit func(point)) {
	low, high := bounds([]outline{o})
	for i := 1; i < grain; i++ {
		for j := 1; j < grain; j++ {
			visit(point{low.x + (high.x-low.x)*float64(j)/grain, low.y + (high.y-low.y)*float64(i)/grain})
		}
	}
}
