package own

import (
	"slices"

	"samkraft/pipeline"
	"samkraft/sources"
)

var measures = kind{
	id: "measures", title: "The members' own measures",
	table: pipeline.Table{Name: "own_measure", Description: "Measures that a member has in mind or has decided, with what they save and cost", Key: []string{"country", "muni_code", "measure_id"},
		Columns: []pipeline.Column{
			sources.Text("country", "Country: DK or SE"),
			sources.Text("muni_code", "Municipality code"),
			sources.Text("measure_id", "The measure, by the member's own id"),
			sources.Text("name", "What it is"),
			sources.Text("stock", "Stock of table end_use on which it acts"),
			{Name: "saved_low", Kind: pipeline.Number, Unit: "MWh", Description: "Low end of the energy that it saves per year"},
			{Name: "saved_mwh", Kind: pipeline.Number, Unit: "MWh", Description: "Final energy that it saves per year"},
			{Name: "saved_high", Kind: pipeline.Number, Unit: "MWh", Description: "High end of the energy that it saves per year"},
			{Name: "investment_low", Kind: pipeline.Number, Unit: "currency", Description: "Low end of the investment"},
			{Name: "investment", Kind: pipeline.Number, Unit: "currency", Description: "Investment, once"},
			{Name: "investment_high", Kind: pipeline.Number, Unit: "currency", Description: "High end of the investment"},
			{Name: "upkeep", Kind: pipeline.Number, Unit: "currency", Description: "Operation and maintenance more than before, per year; negative where it becomes cheaper"},
			sources.Text("currency", "EUR, DKK or SEK"),
			{Name: "price_year", Kind: pipeline.Integer, Unit: "year", Description: "Year whose prices these are"},
			{Name: "lifetime", Kind: pipeline.Number, Unit: "year", Description: "Lifetime"},
			{Name: "co2_t", Kind: pipeline.Number, Unit: "t", Description: "CO2 that it saves per year; null: as the energy saved emits"},
			sources.Text("exclusive", "Group of measures of which one can be done; null: that of its stock, with the packages of the catalogue"),
			{Name: "decided", Kind: pipeline.Flag, Description: "It is done anyway: part of the reference, no option"},
			sources.Text("source", "Where the figures come from"),
			sources.Text("mark", "S: seen in the source; M: from memory; A: assumption"),
		}},
	fields: slices.Concat(needed("municipality", "measure"), optional("country"), needed("name", "stock", "saved_mwh"), optional("saved_mwh_low", "saved_mwh_high"),
		needed("investment"), optional("investment_low", "investment_high", "upkeep"), needed("currency", "price_year", "lifetime"), optional("co2_t", "group"), needed("decided", "source"), optional("mark")),
	read: readMeasure,
}

func readMeasure(s *sheet) ([]any, error) {
	m, err := s.municipality()
	if err != nil {
		return nil, err
	}
	id, err := s.id("measure")
	if err != nil {
		return nil, err
	}
	name, err := s.words("name", "what the measure is")
	if err != nil {
		return nil, err
	}
	stock, err := s.one("stock", stocks)
	if err != nil {
		return nil, err
	}
	savedLow, saved, savedHigh, err := s.spread("saved_mwh", positive)
	if err != nil {
		return nil, err
	}
	low, invest, high, err := s.spread("investment", amount)
	if err != nil {
		return nil, err
	}
	upkeep, err := s.maybe("upkeep", anything)
	if err != nil {
		return nil, err
	}
	if upkeep == nil {
		upkeep = &pipeline.Decimal{}
	}
	currency, err := s.one("currency", []string{"EUR", "DKK", "SEK"})
	if err != nil {
		return nil, err
	}
	year, err := s.year("price_year", firstPrice, lastPrice)
	if err != nil {
		return nil, err
	}
	life, err := s.number("lifetime", lifetime)
	if err != nil {
		return nil, err
	}
	co2, err := s.maybe("co2_t", anything)
	if err != nil {
		return nil, err
	}
	var group any
	if s.text("group") != "" {
		if group, err = s.id("group"); err != nil {
			return nil, err
		}
	}
	decided, err := s.flag("decided")
	if err != nil {
		return nil, err
	}
	source, mark, err := s.origin()
	if err != nil {
		return nil, err
	}
	return []any{m.Country, m.Code, id, name, stock, savedLow, saved, savedHigh, low, invest, high, *upkeep, currency, year, life, orNull(co2), group, decided, source, mark}, nil
}

// origin reads where figures come from and how far they can be trusted: an
// assumption unless they were seen somewhere.
func (s *sheet) origin() (source, mark string, err error) {
	if source, err = s.words("source", "where the figures come from"); err != nil {
		return "", "", err
	}
	if s.text("mark") == "" {
		return source, "A", nil
	}
	mark, err = s.one("mark", []string{"S", "M", "A"})
	return source, mark, err
}
