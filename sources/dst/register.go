package dst

import (
	"context"
	"fmt"
	"slices"

	"samkraft/pipeline"
	"samkraft/sources"
)

const (
	buildingSet   = "BYGB40"
	dwellingSet   = "BOL102"
	buildingTable = "dst_building"
	dwellingTable = "dst_dwelling"

	numberOfBuildings = "45" // MÆNGDE4
	heatedArea        = "50" // in 1000 m2
)

// registerRoles are the parts of an extract of the registers of buildings and
// dwellings: without the table's description its codes mean nothing.
var registerRoles = []string{"data", "tableinfo"}

var buildings = pipeline.DataSet{
	ID: buildingSet, Title: "Buildings and their heated area by heating and use on 1 January (with the table's description)", Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1, Roles: registerRoles,
	Tables: []pipeline.Table{{
		Name:        buildingTable,
		Description: "Buildings of each municipality and their heated area by heating installation and use, from the register of buildings and dwellings (BBR), on 1 January of the year. The register says what is installed, not what is used.",
		Key:         []string{"country", "muni_code", "year", "heating_code", "use_code"},
		Columns: []pipeline.Column{
			sources.DanishCountry, sources.DanishMuniCode,
			{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Year; the register is that of 1 January"},
			sources.Text("heating_code", "Heating installation (OPVARM): 1 district heating, 2 oil boiler, 3 natural gas boiler, 4 solid fuel, 6 oil or paraffin stoves; others as in heating_text"),
			sources.Text("heating_text", "Heating installation in the publisher's words (Danish)"),
			sources.Text("use_code", "Use (ANVEND): 110 farmhouse, 120 detached, 130 terraced, 140 flats, 190 other dwellings, 510 holiday home; others as in use_text"),
			sources.Text("use_text", "Use in the publisher's words (Danish)"),
			{Name: "buildings", Kind: pipeline.Integer, Unit: "1", Description: "Number of buildings; empty where the publisher has no figure or was not asked"},
			sources.Text("buildings_status", "What stands behind buildings: observed, zero, not_available, not_applicable or suppressed"),
			{Name: "heated_area_m2", Kind: pipeline.Decimal3, Unit: "m2", Description: "Heated area, published in 1000 m2; empty where the publisher has no figure or was not asked"},
			sources.Text("heated_area_status", "What stands behind heated_area_m2: observed, zero, below_half_unit (buildings, and less than 500 m2), not_available, not_applicable or suppressed"),
		},
	}},
}

var dwellings = pipeline.DataSet{
	ID: dwellingSet, Title: "Dwellings by heating, use and occupation on 1 January (with the table's description)", Countries: []string{"DK"}, Mode: pipeline.Upsert, Version: 1, Roles: registerRoles,
	Tables: []pipeline.Table{{
		Name:        dwellingTable,
		Description: "Dwellings of each municipality by heating, use and occupation on 1 January of the year. Codes are the publisher's, and one can be the sum of others: see the texts.",
		Key:         []string{"country", "muni_code", "year", "heating_code", "use_code", "occupation_code"},
		Columns: []pipeline.Column{
			sources.DanishCountry, sources.DanishMuniCode,
			{Name: "year", Kind: pipeline.Integer, Unit: "1", Description: "Year; the register is that of 1 January"},
			sources.Text("heating_code", "Heating (OPVARMNING), code"), sources.Text("heating_text", "Heating in the publisher's words (Danish)"),
			sources.Text("use_code", "Use (ANVENDELSE), code"), sources.Text("use_text", "Use in the publisher's words (Danish)"),
			sources.Text("occupation_code", "Who lives there (BEBO), code"), sources.Text("occupation_text", "Who lives there in the publisher's words (Danish): occupied or not"),
			{Name: "dwellings", Kind: pipeline.Integer, Unit: "1", Description: "Number of dwellings; empty where the publisher has no figure"},
			sources.Text("value_status", "What stands behind dwellings: observed, zero, not_available, not_applicable or suppressed"),
		},
	}},
}

// register is an open extract of one of the two tables: a row at a time, with its
// codes resolved by the table's description.
type register struct {
	*answer
	info   *info
	layout layout
	area   variable
	of     []variable // as the layout's choices
}

// cell is a figure with what it is about.
type cell struct {
	muni        string
	year        int
	codes, text []string // as the layout's choices
	value       any
	status      pipeline.Status
}

// decodeRegister hands every figure of a municipality to take, part by part.
func decodeRegister(ctx context.Context, x pipeline.Extract, take func(*register, cell) error) (pipeline.Edition, error) {
	var t *info
	var parts []pipeline.Part
	for _, part := range x.Parts {
		if part.Role != "tableinfo" {
			parts = append(parts, part)
		} else if read, err := readInfo(part, x.DataSet); err != nil {
			return pipeline.Edition{}, err
		} else {
			t = read
		}
	}
	if t == nil {
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: "the description of table " + x.DataSet + " is not there, and without it nobody can say what the codes mean", Expected: "the answer to tableinfo/" + x.DataSet}
	}
	rows := 0
	for _, part := range parts {
		r, err := openRegister(t, layouts[x.DataSet], part)
		if err != nil {
			return pipeline.Edition{}, err
		}
		err = r.each(ctx, func(cells []string) error {
			c, ok, err := r.read(cells)
			if err != nil || !ok {
				return err
			}
			rows++
			return take(r, c)
		})
		r.Close()
		if err != nil {
			return pipeline.Edition{}, err
		}
	}
	if rows == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: "no row is of a municipality", Expected: "municipalities", Remedy: "ask for them too"}
	}
	return pipeline.Edition{AsOf: t.updated}, nil
}

func openRegister(t *info, l layout, part pipeline.Part) (*register, error) {
	if err := refused(part); err != nil {
		return nil, err
	}
	r := &register{info: t, layout: l}
	var err error
	if r.area, err = t.find(l.area, "område"); err != nil {
		return nil, err
	}
	if _, err := t.municipalities(r.area); err != nil {
		return nil, err
	}
	columns := []string{r.area.column()}
	for _, c := range l.choices {
		v, err := t.find(c.code, c.text)
		if err != nil {
			return nil, err
		}
		if _, err := c.values(t, v); err != nil { // a code that changed its meaning
			return nil, err
		}
		r.of = append(r.of, v)
		columns = append(columns, v.column())
	}
	r.answer, err = open(part, append(columns, "TID", "INDHOLD"))
	return r, err
}

// read reads a row; ok is false where it is of a nation, region or province.
func (r *register) read(cells []string) (c cell, ok bool, err error) {
	where := r.area.column()
	code, _, found := r.area.text(cells[r.column[where]])
	if !found {
		return c, false, r.problem(where, fmt.Sprintf("%q is no area of the table", cells[r.column[where]]), "an area that the table's description names")
	}
	m, isMunicipality, err := territory(code)
	if err != nil {
		return c, false, r.problem(where, err.Error(), "a Danish municipality, region or province, or the nation")
	}
	c.muni = m.Code
	for _, v := range r.of {
		at := cells[r.column[v.column()]]
		code, text, found := v.text(at)
		if !found {
			return c, false, r.problem(v.column(), fmt.Sprintf("%q is no value of the table", at), "a value that the table's description names")
		}
		c.codes, c.text = append(c.codes, code), append(c.text, text)
	}
	when := cells[r.column["TID"]]
	if c.year, found = parseYear(when); !found || c.year < r.layout.first {
		return c, false, r.problem("TID", fmt.Sprintf("%q is no year", when), fmt.Sprintf("a year from %d", r.layout.first))
	}
	what := cells[r.column["INDHOLD"]]
	c.value, c.status, err = marks.Read(what, ',')
	if err != nil {
		return c, false, r.problem("INDHOLD", err.Error(), "a number with a decimal comma")
	}
	// "0" is named as the sign of withheld figures by tables that withhold none, such
	// as that of areas. In registers it is what it says: there is no such building.
	if what == r.info.withheld && what != "0" {
		c.value, c.status = nil, pipeline.Suppressed
	}
	if d, ok := c.value.(pipeline.Decimal); ok && d.Coefficient < 0 {
		return c, false, r.problem("INDHOLD", fmt.Sprintf("%q is less than nothing", what), "a number of buildings, dwellings or square metres")
	}
	return c, isMunicipality, nil
}

// count reads a figure that must be whole.
func (r *register) count(c cell) (any, error) {
	d, ok := c.value.(pipeline.Decimal)
	if !ok {
		return nil, nil
	}
	n, err := d.Rescale(0)
	if err != nil || n > maxPopulation || float64(n) != d.Float() {
		return nil, r.problem("INDHOLD", fmt.Sprintf("%v is no count", d), "a whole number")
	}
	return n, nil
}

func decodeDwellings(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	return decodeRegister(ctx, x, func(r *register, c cell) error {
		n, err := r.count(c)
		if err != nil {
			return err
		}
		return out.Row(dwellingTable, r.Location(), "DK", c.muni, c.year, c.codes[2], c.text[2], c.codes[1], c.text[1], c.codes[0], c.text[0], n, c.status)
	})
}

// building is a row of dst_building, for which two figures of the answer stand in
// any places.
type building struct {
	cell
	location           string
	number, area       any
	numberIs, areaIs   pipeline.Status
	hasNumber, hasArea bool
}

type buildingKey struct {
	muni         string
	year         int
	heating, use string
}

func decodeBuildings(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	found := map[buildingKey]*building{}
	var order []*building
	edition, err := decodeRegister(ctx, x, func(r *register, c cell) error {
		key := buildingKey{c.muni, c.year, c.codes[1], c.codes[2]}
		b := found[key]
		if b == nil {
			b = &building{cell: c, location: r.Location(), numberIs: pipeline.NotAvailable, areaIs: pipeline.NotAvailable}
			found[key] = b
			order = append(order, b)
			return b.add(r, c)
		}
		err := b.add(r, c)
		b.location += ", " + r.Location()
		return err
	})
	if err != nil {
		return edition, err
	}
	for _, b := range order {
		if n, ok := b.number.(int64); ok && n > 0 && b.areaIs == pipeline.Zero {
			b.areaIs = pipeline.BelowHalfUnit
		}
		err := out.Row(buildingTable, b.location, "DK", b.muni, b.year, b.codes[1], b.text[1], b.codes[2], b.text[2], b.number, b.numberIs, b.area, b.areaIs)
		if err != nil {
			return edition, err
		}
	}
	return edition, nil
}

// add puts one of the two figures in its place.
func (b *building) add(r *register, c cell) error {
	quantity := c.codes[0]
	if !slices.Contains([]string{numberOfBuildings, heatedArea}, quantity) {
		return nil // another quantity
	}
	if quantity == numberOfBuildings && b.hasNumber || quantity == heatedArea && b.hasArea {
		return r.problem("INDHOLD", fmt.Sprintf("the same figure stands already at %s", b.location), "one figure for a municipality, year, heating and use")
	}
	if quantity == heatedArea {
		b.hasArea, b.area, b.areaIs = true, c.value, c.status
		if d, ok := c.value.(pipeline.Decimal); ok {
			b.area = d.Scale(3) // from 1000 m2
		}
		return nil
	}
	n, err := r.count(c)
	b.hasNumber, b.number, b.numberIs = true, n, c.status
	return err
}
