package chart

// Key names what a colour stands for.
type Key struct {
	Name   string
	Colour int // 1 to 8; 0: by its place
}

// Block is one step of a supply curve.
type Block struct {
	Name          string
	Member        int   // index of Members
	Width, Height Value // what it gives, and what a unit of it costs
}

// Marker is a line across a chart: a price (level) or an amount (upright).
type Marker struct {
	Name    string
	At      Value
	Upright bool
}

// Steps is a supply curve: what can be had at which cost, in the order given. A block
// that gives nothing, or whose cost is not known, has no place on the curve and stands
// in the table only.
type Steps struct {
	Title, Desc           string
	Unit, WidthUnit       string // of the heights (EUR/MWh) and of the widths (MWh)
	Head, MemberHead      string // headings of the names and members in the table
	HeightName, WidthName string // what the axes show, and headings in the table
	Members               []Key
	Blocks                []Block
	Markers               []Marker
	Highest               float64 // what costs more is drawn up to here, with an arrow; 0: no limit
	HigherName            string  // what the arrow says: costs more than shown
	Format, WidthFormat   Format
	Words                 Words
}

var _ Chart = Steps{}

// Grid has a row per block and marker.
func (s Steps) Grid() Grid {
	t := newTable(s.Format, s.Words.withDefaults(), s.Head, s.MemberHead, headed(s.WidthName, s.WidthUnit), headed(s.HeightName, s.Unit))
	t.grid.Numeric[1] = false
	for _, b := range s.Blocks {
		t.row(b.Name, Value{}, b.Width, b.Height)
		row := t.grid.Rows[len(t.grid.Rows)-1]
		row[1] = s.member(b.Member).Name
		row[2] = s.WidthFormat.cell(b.Width, t.words)
	}
	for _, m := range s.Markers {
		t.row(m.Name, Value{}, m.At, m.At)
		last := len(t.grid.Rows) - 1
		row, values := t.grid.Rows[last], t.grid.Values[last]
		row[1] = ""
		if m.Upright {
			row[2], row[3], values[3] = s.WidthFormat.cell(m.At, t.words), "", Value{}
		} else {
			row[2], values[2] = "", Value{}
		}
	}
	return t.grid
}

// member is who a block belongs to; of an index without a member it has no name.
func (s Steps) member(i int) Key {
	if i >= 0 && i < len(s.Members) {
		return s.Members[i]
	}
	return Key{}
}
