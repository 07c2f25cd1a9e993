package own

import (
	"slices"

	"samkraft/pipeline"
	"samkraft/sources"
)

var buildings = kind{
	id: "buildings", title: "The members' own buildings",
	table: pipeline.Table{Name: "own_building", Description: "Buildings of the municipalities themselves: floor, age and what they use, by carrier and year", Key: []string{"country", "muni_code", "building_id", "year", "carrier_id"},
		Columns: []pipeline.Column{
			sources.Text("country", "Country: DK or SE"),
			sources.Text("muni_code", "Municipality code"),
			sources.Text("building_id", "The building, by the member's own id"),
			sources.Text("name", "What it is called"),
			sources.Text("building_type", "What it is: school, office, pool; home for dwellings, whose heat by floor area is compared with what is usual"),
			{Name: "floor_m2", Kind: pipeline.Number, Unit: "m2", Description: "Heated floor"},
			{Name: "built", Kind: pipeline.Integer, Unit: "year", Description: "Year in which it was built; null where not stated"},
			{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Year of the energy"},
			sources.Text("carrier_id", "Energy carrier"),
			{Name: "energy_mwh", Kind: pipeline.Decimal3, Unit: "MWh", Description: "Final energy, delivered"},
			sources.Text("source", "Where the figures come from"),
		}},
	fields: slices.Concat(needed("municipality", "building"), optional("country"), needed("name", "type", "floor_m2"), optional("built"), needed("year", "carrier", "energy_mwh", "source")),
	read:   readBuilding,
}

func readBuilding(s *sheet) ([]any, error) {
	m, err := s.municipality()
	if err != nil {
		return nil, err
	}
	id, err := s.id("building")
	if err != nil {
		return nil, err
	}
	name, err := s.words("name", "what the building is called")
	if err != nil {
		return nil, err
	}
	about, err := s.words("type", "what the building is, such as school")
	if err != nil {
		return nil, err
	}
	floor, err := s.number("floor_m2", positive)
	if err != nil {
		return nil, err
	}
	var built any
	if s.text("built") != "" {
		if built, err = s.year("built", 1000, 2100); err != nil {
			return nil, err
		}
	}
	year, err := s.year("year", 1970, 2100)
	if err != nil {
		return nil, err
	}
	carrier, err := s.carrier("carrier")
	if err != nil {
		return nil, err
	}
	energy, err := s.number("energy_mwh", amount)
	if err != nil {
		return nil, err
	}
	source, err := s.words("source", "where the figures come from")
	if err != nil {
		return nil, err
	}
	return []any{m.Country, m.Code, id, name, about, floor, built, year, carrier, energy, source}, nil
}
