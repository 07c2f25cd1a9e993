package energistyrelsen

import (
	"context"
	"fmt"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

const (
	networkSheet     = "200pct metode"
	networkHeaderRow = 2 // below a title
	networkUnitRow   = 3
)

// networkColumn is a figure of the sheet: header, the unit that stands below it,
// and the staged column.
type networkColumn struct {
	header, unit string
	column       pipeline.Column
	low, high    float64
}

var networkColumns = append([]networkColumn{
	{"Varme_Lev_til_net", "GJ", pipeline.Column{Name: "heat_to_network_gj", Kind: pipeline.Decimal3, Unit: "GJ", Description: "Heat delivered to the net in the year"}, 0, 1e9},
	{"CO2 - Varme", "kg CO2/GJvarme", co2("co2_heat_kg_per_gj", "CO2 of the heat, per GJ delivered to the net, by the method"), 0, 1e5},
	{"CO2 - El", "kg CO2/GJvarme", co2("co2_electricity_kg_per_gj", "CO2 of the electricity made along with it, per GJ of heat delivered to the net, by the method"), 0, 1e5},
	{"CO2 - El&Varme", "kg CO2/GJvarme", co2("co2_total_kg_per_gj", "CO2 of heat and electricity together, per GJ of heat delivered to the net"), 0, 1e5},
	{"Ellev (el/varme)", "GJel/GJvarme", ratio("electricity_delivered_gj_per_gj", "Electricity delivered to the grid by the net's plants, per GJ of heat delivered to the net"), 0, 1e4},
	{"andel kraftvarme", "p.u.", share("share_chp", "Part of the heat from combined heat and power"), -0.01, 1.01},
	{"andel kedler", "p.u.", share("share_boiler", "Part of the heat from boilers"), -0.01, 1.01},
	{"andel andet", "p.u.", share("share_other", "Part of the heat from other plants: surplus heat, solar heat, heat pumps and electric boilers"), -0.01, 1.01},
}, inputColumns()...)

func co2(name, description string) pipeline.Column {
	return pipeline.Column{Name: name, Kind: pipeline.Number, Unit: "kg/GJ", Description: description}
}

func ratio(name, description string) pipeline.Column {
	return pipeline.Column{Name: name, Kind: pipeline.Number, Unit: "GJ/GJ", Description: description}
}

func share(name, description string) pipeline.Column {
	return pipeline.Column{Name: name, Kind: pipeline.Number, Unit: "1", Description: description}
}

// inputColumns are the energies put in for a GJ of heat delivered to the net.
func inputColumns() []networkColumn {
	var columns []networkColumn
	for _, c := range []struct{ header, name, words string }{
		{"Kul", "coal", "Coal"}, {"Olie", "oil", "Oil"}, {"Gas", "gas", "Natural gas"}, {"Affald (fossil)", "waste_fossil", "Waste, fossil part"},
		{"Halm", "straw", "Straw"}, {"Skovflis", "wood_chips", "Wood chips"}, {"Brænde", "firewood", "Firewood"}, {"Træpiller", "wood_pellets", "Wood pellets"},
		{"Træaffald", "wood_waste", "Wood waste"}, {"Affald (bio)", "waste_bio", "Waste, biogenic part"}, {"Biobrændsler (bioolie)", "bio_oil", "Liquid biofuel"},
		{"Biogas", "biogas", "Biogas"}, {"Overskudsvarme", "surplus_heat", "Surplus heat"}, {"Solvarme", "solar_heat", "Solar heat"},
		{"El", "electricity", "Electricity for heat pumps and electric boilers"},
	} {
		columns = append(columns, networkColumn{c.header, "GJ/GJleveret", ratio(c.name+"_gj_per_gj", c.words+" counted to heat by the method, per GJ delivered to the net"), -1e-3, 1e4})
	}
	return columns
}

var heatNetworkTable = networkTable()

func networkTable() pipeline.Table {
	t := pipeline.Table{
		Name:        "ens_heat_network_year",
		Description: "District heating nets of Denmark by year: heat delivered, fuels and CO2 of a GJ. The method that shares fuel between heat and electricity is part of the key: figures of two methods cannot be compared.",
		Key:         []string{"network_id", "year", "method"},
		Columns: []pipeline.Column{
			{Name: "network_id", Kind: pipeline.Text, Description: "Number of the net, as in ens_plant_year"},
			{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Calendar year"},
			{Name: "method", Kind: pipeline.Text, Description: "Heat efficiency by which fuel is shared between heat and electricity, in percent: 200 (or 125, in other publications)"},
			{Name: "network_name", Kind: pipeline.Text, Description: "Name of the net"},
		},
	}
	for _, c := range networkColumns {
		t.Columns = append(t.Columns, c.column)
	}
	return t
}

// networkReader carries what the rows need of the header and of those above them.
type networkReader struct {
	year, id int
	at       []int // of networkColumns
	newest   int
	ended    bool
	out      pipeline.Output
}

// decodeNetworks reads the nets' sheet. The sheet of emission factors beside it
// holds national figures and is left.
func decodeNetworks(ctx context.Context, book *sources.Workbook, out pipeline.Output) (pipeline.Edition, error) {
	n := networkReader{out: out}
	s := &sheet{book: book, name: networkSheet, mark: '.'}
	err := s.each(ctx, func(r row) error {
		switch {
		case r.number < networkHeaderRow:
			return nil
		case r.number == networkHeaderRow:
			return n.header(r)
		case r.number == networkUnitRow:
			return n.checkUnits(r)
		case r.blank():
			n.ended = true // the published sheet has formatted blank rows at its foot
			return nil
		case n.ended:
			return r.problem(-1, "a row stands below the blank rows at the foot", "nothing")
		}
		return n.network(r)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if n.newest == 0 {
		return pipeline.Edition{}, book.Problem(networkSheet, networkHeaderRow, "", "there are no nets", "a header in row 2, units in row 3 and nets below them")
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(n.newest)}, nil
}

// header finds the columns by name. The name of the net stands in column A, which
// has no header.
func (n *networkReader) header(r row) error {
	r.sheet.header = headings(r.cells)
	at := map[string]int{}
	for i, name := range r.sheet.header {
		if _, twice := at[name]; twice && name != "" {
			return r.problem(i, fmt.Sprintf("column %q stands twice", name), "every column once")
		}
		at[name] = i
	}
	find := func(name string) (int, error) {
		i, ok := at[name]
		if !ok {
			return 0, r.problem(-1, fmt.Sprintf("column %q is missing", name), "the columns of the 200 % method, by name")
		}
		delete(at, name)
		return i, nil
	}
	if r.text(0) != "" {
		return r.problem(0, fmt.Sprintf("%q stands above the nets' names", r.text(0)), "an empty cell")
	}
	var err error
	if n.year, err = find("År"); err != nil {
		return err
	}
	if n.id, err = find("FV_NetID"); err != nil {
		return err
	}
	for _, c := range networkColumns {
		i, err := find(c.header)
		if err != nil {
			return err
		}
		n.at = append(n.at, i)
	}
	for i, name := range r.sheet.header {
		if _, left := at[name]; left && name != "" && !fuelMix(name) {
			return r.problem(i, fmt.Sprintf("%q is an extra column", name), "the columns of the 200 % method")
		}
	}
	return nil
}

// fuelMix reports whether a column is one of thirty that share a kind of plant's
// heat out to its fuels. They follow from the rest and are not read.
func fuelMix(name string) bool {
	return strings.HasPrefix(name, "kraftvarme - andel ") || strings.HasPrefix(name, "kedler - andel ") || strings.HasPrefix(name, "Andet - andel ")
}

func (n *networkReader) checkUnits(r row) error {
	for i, c := range networkColumns {
		if got := r.text(n.at[i]); got != c.unit {
			return r.problem(n.at[i], fmt.Sprintf("the unit is %q", got), fmt.Sprintf("%q", c.unit))
		}
	}
	return nil
}

func (n *networkReader) network(r row) error {
	year, err := r.year(n.year)
	if err != nil {
		return err
	}
	id, name := r.text(n.id), r.text(0)
	if len(id) > 9 || !sources.Digits(id) {
		return r.problem(n.id, fmt.Sprintf("%q is not the number of a net", id), "a whole number")
	}
	if name == "" {
		return r.problem(0, "the net has no name", "its name in column A")
	}
	values := []any{id, year, "200", name}
	for i, c := range networkColumns {
		v, err := r.quantity(n.at[i], c.low, c.high)
		if err != nil {
			return err
		}
		values = append(values, v)
	}
	n.newest = max(n.newest, year)
	return n.out.Row("ens_heat_network_year", r.location(), values...)
}
