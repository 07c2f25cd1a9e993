package chart

// Area is a place on a map.
type Area struct {
	Name    string
	GeoJSON string // a Polygon or MultiPolygon, longitude first, WGS 84
	Value   Value
}

// Map shows areas, shaded by their values. An area without a readable outline stands
// in the table only.
type Map struct {
	Title, Desc, Unit string
	Head, ValueHead   string // headings of the table
	Areas             []Area
	Plain             bool // only where the areas are: no values, no shades
	Format            Format
	Words             Words
}

var _ Chart = Map{}

// Grid has a row per area.
func (m Map) Grid() Grid {
	words := m.Words.withDefaults()
	if m.Plain {
		t := newTable(m.Format, words, m.Head)
		for _, a := range m.Areas {
			t.row(a.Name)
		}
		return t.grid
	}
	t := newTable(m.Format, words, m.Head, headed(m.ValueHead, m.Unit))
	for _, a := range m.Areas {
		t.row(a.Name, a.Value)
	}
	return t.grid
}
