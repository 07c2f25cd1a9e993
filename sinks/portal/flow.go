package portal

import (
	"html/template"
	"slices"

	"samkraft/sinks/chart"
)

// The columns of the flow diagram: where energy comes from, plants, what is delivered
// by wire and pipe, and who uses it.
const (
	fromColumn = iota
	plantColumn
	gridColumn
	useColumn
)

// network are the carriers that are delivered by wire or pipe and may be made in
// plants. All others go to plants and users as they are.
var network = []string{"electricity", "district_heat"}

// generated are the carriers of production that become electricity.
var generated = []string{"wind", "pv", "hydro"}

// flows gathers a flow diagram.
type flows struct {
	s     *scribe
	draw  chart.Flow
	nodes map[string]int
}

func (f *flows) node(name string, column int) int {
	key := string(rune('0'+column)) + name
	if i, ok := f.nodes[key]; ok {
		return i
	}
	f.nodes[key] = len(f.draw.Nodes)
	f.draw.Nodes = append(f.draw.Nodes, chart.Node{Name: name, Column: column})
	return f.nodes[key]
}

// link adds a flow. One of zero, or that nobody has a figure for, is left out.
func (f *flows) link(from string, left int, to string, right int, amount figure) {
	if v, known := amount.value(); len(amount.rows) == 0 || known && v <= 0 {
		return
	}
	f.draw.Links = append(f.draw.Links, chart.Link{From: f.node(from, left), To: f.node(to, right), Value: f.s.value(amount)})
}

// flowOf draws where a member's energy comes from and who uses it.
func (s *scribe) flowOf(b balance) template.HTML {
	f := &flows{s: s, nodes: map[string]int{}, draw: chart.Flow{
		Title: s.text("account_flow"), Desc: s.text("account_flow_see"), FromHead: s.text("flow_from"), ToHead: s.text("flow_to"), AmountHead: s.text("energy"),
		Columns: []string{s.text("flow_sources"), s.text("flow_plants"), s.text("flow_grids"), s.text("flow_users")},
		Format:  s.lang.Energy, Words: s.chartWords(),
	}}
	plants := s.text("plants")
	for _, c := range inOrder(b.parts("TRF_IN"), "carrier_id", carrierOrder) {
		f.link(s.carrierName(c), fromColumn, plants, plantColumn, b.plants("TRF_IN", c))
	}
	for _, c := range network {
		name := s.carrierName(c)
		f.link(plants, plantColumn, name, gridColumn, b.plants("TRF_OUT", c))
		outside := only(b.parts("NET_IMP", "carrier_id", c), "energy_mwh")
		f.link(s.text("from_outside"), fromColumn, name, gridColumn, outside)
		f.export(name, outside)
		f.link(name, gridColumn, s.text("losses"), useColumn, sum(b.parts("LOSS", "carrier_id", c), "energy_mwh"))
	}
	for _, c := range generated {
		f.link(s.carrierName(c), fromColumn, s.carrierName("electricity"), gridColumn, sum(b.parts("PROD", "carrier_id", c), "energy_mwh"))
	}
	for _, sector := range b.users() {
		for _, c := range b.used() {
			column := fromColumn
			if slices.Contains(network, c) {
				column = gridColumn
			}
			f.link(s.carrierName(c), column, s.plainName("sector", "sector_id", sector), useColumn, only(b.parts("FINAL", "carrier_id", c, "sector_id", sector), "energy_mwh"))
		}
	}
	return s.figure("flow", "account_flow_see", f.draw)
}

// export adds what goes to others: what comes from outside, where that is negative.
func (f *flows) export(name string, outside figure) {
	if v, known := outside.value(); known && v < 0 {
		value := f.s.scaled(outside, -1)
		value.Cell.Column = "-" + value.Cell.Column
		f.draw.Links = append(f.draw.Links, chart.Link{From: f.node(name, gridColumn), To: f.node(f.s.text("to_outside"), useColumn), Value: value})
	}
}

func (s *scribe) carrierName(id string) string { return s.plainName("carrier", "carrier_id", id) }
