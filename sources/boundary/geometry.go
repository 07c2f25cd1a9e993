package boundary

import (
	"encoding/json"
	"fmt"
	"math"
)

// geometry reads the polygons of a feature.
func (r *reader) geometry(path, kind string, coordinates json.RawMessage) (shape, error) {
	path += ".coordinates"
	var polygons [][][][]float64
	switch kind {
	case "Polygon":
		var one [][][]float64
		if err := json.Unmarshal(coordinates, &one); err != nil {
			return nil, r.json.Problem(path, "are not those of a Polygon: "+err.Error(), "rings of points [longitude, latitude]")
		}
		polygons = append(polygons, one)
	case "MultiPolygon":
		if err := json.Unmarshal(coordinates, &polygons); err != nil {
			return nil, r.json.Problem(path, "are not those of a MultiPolygon: "+err.Error(), "polygons of rings of points [longitude, latitude]")
		}
	default:
		return nil, r.json.Problem(path, fmt.Sprintf("the type of the geometry is %q", kind), "Polygon or MultiPolygon")
	}
	if len(polygons) == 0 {
		return nil, r.json.Problem(path, "there is no polygon", "at least one")
	}
	var s shape
	for i, rings := range polygons {
		at := path
		if kind == "MultiPolygon" {
			at += fmt.Sprintf("[%d]", i)
		}
		if len(rings) == 0 {
			return nil, r.json.Problem(at, "there is no ring", "an outer ring, then holes")
		}
		var p polygon
		for j, points := range rings {
			one, err := r.ring(fmt.Sprintf("%s[%d]", at, j), points)
			if err != nil {
				return nil, err
			}
			p = append(p, one)
		}
		s = append(s, p)
	}
	return s, nil
}

// ring reads a closed ring. A third coordinate is a height (-999: none), which is
// no part of a boundary.
func (r *reader) ring(path string, points [][]float64) (ring, error) {
	if len(points) < 4 {
		return nil, r.json.Problem(path, fmt.Sprintf("the ring has %d points", len(points)), "at least four, the last as the first")
	}
	one := make(ring, len(points))
	for i, p := range points {
		if len(p) != 2 && len(p) != 3 {
			return nil, r.json.Problem(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("the point has %d coordinates", len(p)), "longitude, latitude and perhaps a height")
		}
		if !r.country.contains(p[0], p[1]) {
			c := r.country
			return nil, r.json.Problem(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("[%v,%v] does not lie in %s", p[0], p[1], c.id),
				fmt.Sprintf("longitude %v to %v, then latitude %v to %v", c.west, c.east, c.south, c.north))
		}
		one[i] = point{int64(math.Round(p[0] * micro)), int64(math.Round(p[1] * micro))}
	}
	first, last := points[0], points[len(points)-1]
	if first[0] != last[0] || first[1] != last[1] {
		return nil, r.json.Problem(path, fmt.Sprintf("the ring is not closed: it begins at %v and ends at %v", first[:2], last[:2]), "a ring that ends where it begins")
	}
	return one, nil
}

func (c country) contains(lon, lat float64) bool {
	return lon >= c.west && lon <= c.east && lat >= c.south && lat <= c.north
}
