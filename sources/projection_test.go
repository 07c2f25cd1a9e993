package sources

import (
	"math"
	"testing"
)

// The control points are those with which Lantmäteriet (the Swedish mapping
// authority) checks implementations of SWEREF99 TM. UTM zone 32 is the same
// projection six degrees further west.
func TestFromSWEREF99TM(t *testing.T) {
	for _, c := range []struct{ north, east, lat, lon float64 }{
		{6097106.672, 356083.438, 55, 12.75},
		{6095048.642, 452024.069, 55, 14.25},
		{6319636.937, 363331.554, 57, 12.75},
		{6326392.707, 773251.054, 57, 19.5},
		{6546096.724, 284626.066, 59, 11.25},
		{6548757.206, 758410.519, 59, 19.5},
		{6097106.672, 643916.562, 55, 17.25}, // the first point mirrored in the central meridian
	} {
		lon, lat := FromSWEREF99TM(c.east, c.north)
		if math.Abs(lat-c.lat) > 2e-7 || math.Abs(lon-c.lon) > 2e-7 {
			t.Errorf("N %.3f E %.3f: %.7f, %.7f; expected %.7f, %.7f", c.north, c.east, lon, lat, c.lon, c.lat)
		}
		lon, lat = FromUTM32(c.east, c.north)
		if math.Abs(lat-c.lat) > 2e-7 || math.Abs(lon-c.lon+6) > 2e-7 {
			t.Errorf("zone 32, N %.3f E %.3f: %.7f, %.7f; expected %.7f, %.7f", c.north, c.east, lon, lat, c.lon-6, c.lat)
		}
	}
}

// The quarter meridian of GRS80 is 10001965.729 m; the pole is the hardest point.
func TestFromUTM32AtTheEdges(t *testing.T) {
	if lon, lat := FromUTM32(500000, 0.9996*10001965.7293); math.Abs(lat-90) > 1e-6 || math.IsNaN(lon) {
		t.Errorf("the pole: %v, %v", lon, lat)
	}
	if lon, lat := FromUTM32(500000, 0); lon != 9 || lat != 0 {
		t.Errorf("the equator: %v, %v", lon, lat)
	}
}
