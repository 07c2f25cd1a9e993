package joint

import "math"

// distance is how far two members' centres are apart, km in a straight line
// (haversine on a sphere of mean radius 6371 km).
func distance(a, b Member) float64 {
	const radian = math.Pi / 180
	north := math.Sin((b.Lat - a.Lat) * radian / 2)
	east := math.Sin((b.Lon - a.Lon) * radian / 2)
	h := north*north + math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*east*east
	return 2 * 6371 * math.Asin(math.Sqrt(math.Min(1, h)))
}

// distances between players; a gap where a place is not known.
func (e *engine) distances(players []int) ([][]float64, *gap) {
	table := make([][]float64, len(players))
	for i, a := range players {
		if m := e.in.Members[a]; math.IsNaN(m.Lon) || math.IsNaN(m.Lat) {
			return nil, &gap{"it is not known where " + m.Name + " lies", "det er ukendt, hvor " + m.Name + " ligger", "det är okänt var " + m.Name + " ligger"}
		}
		for _, b := range players {
			table[i] = append(table[i], distance(e.in.Members[a], e.in.Members[b]))
		}
	}
	return table, nil
}
