package boundary

import (
	"math"
	"strconv"
)

// micro is what a coordinate is counted in: millionths of a degree, a tenth of a
// metre. Counted so, every file writes the same point the same way.
const micro = 1e6

type (
	point   [2]int64 // longitude, latitude
	ring    []point  // closed: the last point is the first
	polygon []ring   // the outer ring, then holes
	shape   []polygon
)

// geoJSON writes the shape as a MultiPolygon without blanks.
func (s shape) geoJSON() string {
	text := []byte(`{"type":"MultiPolygon","coordinates":[`)
	for i, p := range s {
		if i > 0 {
			text = append(text, ',')
		}
		text = p.append(text)
	}
	return string(append(text, `]}`...))
}

func (p polygon) append(text []byte) []byte {
	text = append(text, '[')
	for i, r := range p {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '[')
		for j, q := range r {
			if j > 0 {
				text = append(text, ',')
			}
			text = append(text, '[')
			text = appendDegrees(text, q[0])
			text = append(text, ',')
			text = appendDegrees(text, q[1])
			text = append(text, ']')
		}
		text = append(text, ']')
	}
	return append(text, ']')
}

// appendDegrees writes 9449194 as 9.449194 and 9440000 as 9.44.
func appendDegrees(text []byte, n int64) []byte {
	if n < 0 {
		text = append(text, '-')
		n = -n
	}
	text = strconv.AppendInt(text, n/micro, 10)
	fraction := n % micro
	if fraction == 0 {
		return text
	}
	digits := strconv.AppendInt(nil, micro+fraction, 10)
	digits[0] = '.'
	for digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	return append(text, digits...)
}

// centroid is the centre of the area in degrees, holes left out, rounded to six
// decimals. The plane of longitude and latitude will do: to stretch one axis
// moves the centre along with everything else. It is false where there is no
// area.
func (s shape) centroid() (lon, lat float64, ok bool) {
	if len(s) == 0 {
		return 0, 0, false
	}
	// Counted from a point of the shape, so that the products stay small and
	// lose no digits.
	origin := s[0][0][0]
	var area, x, y float64
	for _, p := range s {
		for i, r := range p {
			a, rx, ry := r.moments(origin)
			// Rings come in either direction: the sign is by their place.
			if (a < 0) != (i > 0) {
				a, rx, ry = -a, -rx, -ry
			}
			area, x, y = area+a, x+rx, y+ry
		}
	}
	if area <= 0 {
		return 0, 0, false
	}
	return round(float64(origin[0]) + x/(3*area)), round(float64(origin[1]) + y/(3*area)), true
}

// moments returns twice the signed area of a ring and six times its first
// moments. Products are converted before they are added, so that no processor
// fuses the two and rounds otherwise.
func (r ring) moments(origin point) (area, x, y float64) {
	for i := 1; i < len(r); i++ {
		ax, ay := float64(r[i-1][0]-origin[0]), float64(r[i-1][1]-origin[1])
		bx, by := float64(r[i][0]-origin[0]), float64(r[i][1]-origin[1])
		cross := float64(ax*by) - float64(bx*ay)
		area += cross
		x += float64((ax + bx) * cross)
		y += float64((ay + by) * cross)
	}
	return area, x, y
}

func round(n float64) float64 { return math.Round(n) / micro }
