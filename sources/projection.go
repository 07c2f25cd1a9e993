package sources

import "math"

// FromUTM32 converts a position in UTM zone 32N, ETRS89 (EPSG:25832), in which
// Danish publishers give places, to degrees of longitude and latitude.
func FromUTM32(easting, northing float64) (lon, lat float64) {
	return fromTransverseMercator(9, easting, northing)
}

// FromSWEREF99TM converts a position in SWEREF99 TM (EPSG:3006), in which Swedish
// publishers give places, to degrees of longitude and latitude.
func FromSWEREF99TM(easting, northing float64) (lon, lat float64) {
	return fromTransverseMercator(15, easting, northing)
}

// fromTransverseMercator inverts the projection that both grids share but for
// the central meridian: ellipsoid GRS80, scale 0.9996 on the central meridian,
// false easting 500 km. It is Krüger's series to the fourth order of the third
// flattening, good to a millimetre within the two countries. Results are rounded
// to 1e-7 degrees (a centimetre), so that they are the same on every machine.
func fromTransverseMercator(meridian, easting, northing float64) (lon, lat float64) {
	const (
		semiMajor    = 6378137.0
		flattening   = 1 / 298.257222101
		scale        = 0.9996
		falseEasting = 500000.0

		n      = flattening / (2 - flattening)
		radius = semiMajor / (1 + n) * (1 + n*n/4 + n*n*n*n/64) // of the circle as long as a meridian

		b1 = n/2 - 2*n*n/3 + 37*n*n*n/96 - n*n*n*n/360
		b2 = n*n/48 + n*n*n/15 - 437*n*n*n*n/1440
		b3 = 17*n*n*n/480 - 37*n*n*n*n/840
		b4 = 4397 * n * n * n * n / 161280
	)
	xi, eta := northing/(scale*radius), (easting-falseEasting)/(scale*radius)
	x, e := xi, eta
	for j, b := range [...]float64{b1, b2, b3, b4} {
		k := 2 * float64(j+1)
		x -= b * math.Sin(k*xi) * math.Cosh(k*eta)
		e -= b * math.Cos(k*xi) * math.Sinh(k*eta)
	}
	conformal := math.Asin(math.Sin(x) / math.Cosh(e))
	// The latitude follows from the conformal latitude by iteration; six steps
	// are far more than a double can tell apart.
	eccentricity := math.Sqrt(flattening * (2 - flattening))
	isometric := math.Atanh(math.Sin(conformal))
	phi := conformal
	for range 6 {
		phi = math.Asin(math.Tanh(isometric + eccentricity*math.Atanh(eccentricity*math.Sin(phi))))
	}
	lon = meridian + math.Atan2(math.Sinh(e), math.Cos(x))*180/math.Pi
	lat = phi * 180 / math.Pi
	return math.Round(lon*1e7) / 1e7, math.Round(lat*1e7) / 1e7
}
