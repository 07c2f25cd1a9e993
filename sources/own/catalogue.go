package own

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Units of a saving and of an investment, with the names that the program's
// registry of measures has for them.
var (
	savingUnits = map[string]string{"kWh/m2": "kwh_m2", "share of heat": "heat_share", "share": "share", "SPF": "spf"}
	investUnits = map[string]string{"m2": "m2", "MWh": "mwh", "kW": "kw"}
)

// supplied are the carriers whose price the program knows when heat is made of them.
var supplied = []string{"electricity", "district_heat", "wood_pellets"}

// savings are where a saving makes sense, by its unit in the registry.
var savings = map[string]bounds{
	"kwh_m2":     {0, 1000, true, "kWh per m2 of floor a year, above 0 and up to 1000"},
	"heat_share": {0, 1, true, "a share of the heat, above 0 and up to 1"},
	"share":      {0, 1, true, "a share of the energy, above 0 and up to 1"},
	"spf":        {1, 15, false, "a seasonal performance factor from 1 to 15"},
}

var catalogue = kind{
	id: "catalogue", title: "Measures that extend or replace those of the program",
	table: pipeline.Table{Name: "own_catalogue", Description: "Measures of the plan's own catalogue, with the coefficients behind what they save and cost", Key: []string{"measure_id"},
		Columns: slices.Concat([]pipeline.Column{
			sources.Text("measure_id", "The measure"),
			sources.Text("name", "What it is"),
			sources.Text("stocks", "Stocks of table end_use on which it acts, with blanks between them"),
			sources.Text("carrier_from", "Carrier that it saves; null for the stock's own"),
			sources.Text("carrier_to", "Carrier that is used instead; null for none"),
			sources.Text("saving_per", "What the saving is: kwh_m2, heat_share, share or spf"),
			sources.Text("invest_per", "What the investment is for: m2, mwh or kw"),
			sources.Text("currency", "EUR, DKK or SEK"),
			{Name: "price_year", Kind: pipeline.Integer, Unit: "year", Description: "Year whose prices these are"},
		},
			coefficient("saving", "unit of saving_per", "Saving"), coefficient("investment", "currency per unit of invest_per", "Investment"), coefficient("lifetime", "year", "Lifetime"),
			coefficient("upkeep", "1", "Upkeep, as a share of the investment per year"), coefficient("part", "1", "Part of the floor, or of the demand, to which it applies"),
			[]pipeline.Column{sources.Text("source", "Where the figures come from"), sources.Text("mark", "S: seen in the source; M: from memory; A: assumption")})},
	fields: slices.Concat(needed("measure", "name", "stocks"), optional("carrier_from", "carrier_to"), needed("saving"), optional("saving_low", "saving_high"), needed("saving_unit", "investment"),
		optional("investment_low", "investment_high"), needed("investment_unit", "price_year", "lifetime"), optional("lifetime_low", "lifetime_high", "upkeep", "upkeep_low", "upkeep_high", "part", "part_low", "part_high"),
		needed("source"), optional("mark")),
	read: readCatalogue,
}

// coefficient declares the columns of a coefficient.
func coefficient(name, unit, about string) []pipeline.Column {
	return []pipeline.Column{
		{Name: name + "_low", Kind: pipeline.Number, Unit: unit, Description: about + ", low"},
		{Name: name, Kind: pipeline.Number, Unit: unit, Description: about},
		{Name: name + "_high", Kind: pipeline.Number, Unit: unit, Description: about + ", high"},
	}
}

// catalogueID is how measures of a catalogue are named: a package's id joins them.
var catalogueID = regexp.MustCompile(`^[A-Z][A-Z0-9]{0,11}$`)

func readCatalogue(s *sheet) ([]any, error) {
	id := s.text("measure")
	if !catalogueID.MatchString(id) {
		return nil, s.problem("measure", fmt.Sprintf("%q cannot be a measure's id", id), "capital letters A to Z and digits, up to 12, such as B1")
	}
	name, err := s.words("name", "what the measure is")
	if err != nil {
		return nil, err
	}
	on := strings.Fields(s.text("stocks"))
	for _, stock := range on {
		if !slices.Contains(stocks, stock) {
			return nil, s.problem("stocks", fmt.Sprintf("there is no stock %q", stock), "some of "+strings.Join(stocks, ", ")+", with blanks between them")
		}
	}
	if len(on) == 0 {
		return nil, s.problem("stocks", "there is none", "some of "+strings.Join(stocks, ", ")+", with blanks between them")
	}
	values := []any{id, name, strings.Join(on, " ")}
	for _, column := range []string{"carrier_from", "carrier_to"} {
		var carrier any
		if s.text(column) != "" {
			if carrier, err = s.carrier(column); err != nil {
				return nil, err
			}
		}
		values = append(values, carrier)
	}
	saves, known := savingUnits[s.text("saving_unit")]
	if !known {
		return nil, s.problem("saving_unit", fmt.Sprintf("the unit %q is not known", s.text("saving_unit")), "kWh/m2, share of heat, share or SPF")
	}
	if to := s.text("carrier_to"); saves == "spf" && to != "" && !slices.Contains(supplied, to) {
		return nil, s.problem("carrier_to", fmt.Sprintf("heat made of %s", to), strings.Join(supplied, ", ")+", or empty for electricity")
	}
	currency, unit, _ := strings.Cut(s.text("investment_unit"), "/")
	pays, known := investUnits[unit]
	if !known || !slices.Contains([]string{"EUR", "DKK", "SEK"}, currency) {
		return nil, s.problem("investment_unit", fmt.Sprintf("the unit %q is not known", s.text("investment_unit")), "EUR/m2, EUR/MWh or EUR/kW, or the same with DKK or SEK")
	}
	if err := s.fits(on, saves, pays); err != nil {
		return nil, err
	}
	year, err := s.year("price_year", firstPrice, lastPrice)
	if err != nil {
		return nil, err
	}
	values = append(values, saves, pays, currency, year)
	for _, c := range []struct {
		name   string
		within bounds
		may    bool // may be left out
	}{{"saving", savings[saves], false}, {"investment", amount, false}, {"lifetime", lifetime, false}, {"upkeep", share, true}, {"part", share, true}} {
		if c.may && s.text(c.name) == "" {
			values = append(values, nil, nil, nil)
			continue
		}
		low, value, high, err := s.spread(c.name, c.within)
		if err != nil {
			return nil, err
		}
		values = append(values, low, value, high)
	}
	source, mark, err := s.origin()
	return append(values, source, mark), err
}

// fits reports a measure that goes by what a stock does not have: heat, or a floor
// area that can be told from its use.
func (s *sheet) fits(on []string, saves, pays string) error {
	for _, stock := range on {
		heat := strings.HasPrefix(stock, "heat")
		switch {
		case saves == "kwh_m2" && !slices.Contains(warm, stock):
			return s.problem("saving_unit", fmt.Sprintf("kWh/m2 on the stock %s, whose floor area is not known", stock), "share, or the stocks "+strings.Join(warm, ", "))
		case pays == "m2" && !slices.Contains(warm, stock) && stock != lit:
			return s.problem("investment_unit", fmt.Sprintf("an investment by m2 on the stock %s, whose floor area is not known", stock), "one by MWh, or the stocks "+strings.Join(warm, ", ")+", "+lit)
		case (saves == "spf" || saves == "heat_share") && !heat:
			return s.problem("saving_unit", fmt.Sprintf("a saving of heat on the stock %s, which is no heat", stock), "share, or a stock of heat")
		case pays == "kw" && !heat:
			return s.problem("investment_unit", fmt.Sprintf("an investment by kW of heat on the stock %s, which is no heat", stock), "one by MWh")
		case pays == "mwh" && saves == "spf":
			return s.problem("investment_unit", "an investment by MWh saved of a heat pump", "one by kW or by m2")
		}
	}
	return nil
}

var packages = kind{
	id: "packages", title: "Packages of measures of the plan's own catalogue",
	table: pipeline.Table{Name: "own_package", Description: "Packages of measures on a stock, of which one can be chosen", Key: []string{"stock", "package_id"},
		Columns: []pipeline.Column{
			sources.Text("stock", "Stock of table end_use on which it acts"),
			sources.Text("package_id", "The ids of its measures, joined by +"),
		}},
	fields: needed("stock", "measures"),
	read: func(s *sheet) ([]any, error) {
		stock, err := s.one("stock", stocks)
		if err != nil {
			return nil, err
		}
		parts := strings.Split(strings.ReplaceAll(s.text("measures"), " ", ""), "+")
		for i, id := range parts {
			if !catalogueID.MatchString(id) || slices.Contains(parts[:i], id) {
				return nil, s.problem("measures", fmt.Sprintf("%q", s.text("measures")), "ids of measures joined by +, each once, such as B1+B5")
			}
		}
		return []any{stock, strings.Join(parts, "+")}, nil
	},
}
