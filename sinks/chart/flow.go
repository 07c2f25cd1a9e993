package chart

// Node is a place that a flow comes from, goes through or ends at.
type Node struct {
	Name   string
	Column int // from the left, from 0; links go from a lower column to a higher one
	Colour int // 1 to 8; 0: by its place
}

// Link is a flow from one node to another, by their index.
type Link struct {
	From, To int
	Value    Value
}

// Flow shows where energy comes from and where it goes (a Sankey diagram). Links that
// are not known, not above zero, or do not go to the right stand in the table only.
type Flow struct {
	Title, Desc, Unit            string
	FromHead, ToHead, AmountHead string   // headings of the table
	Columns                      []string // heading of each column of nodes; may be empty
	Nodes                        []Node
	Links                        []Link
	Format                       Format
	Words                        Words
}

var _ Chart = Flow{}

// Grid has a row per link.
func (f Flow) Grid() Grid {
	t := newTable(f.Format, f.Words.withDefaults(), f.FromHead, f.ToHead, headed(f.AmountHead, f.Unit))
	t.grid.Numeric[1] = false
	for _, l := range f.Links {
		t.row(f.node(l.From).Name, Value{}, l.Value)
		t.grid.Rows[len(t.grid.Rows)-1][1] = f.node(l.To).Name
	}
	return t.grid
}

// node is the end of a link; of an index without a node it has no name.
func (f Flow) node(i int) Node {
	if i >= 0 && i < len(f.Nodes) {
		return f.Nodes[i]
	}
	return Node{}
}
