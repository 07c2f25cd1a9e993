package doughnut

import (
	"fmt"
	"math"

	"samkraft/pipeline"
	"samkraft/sources"
)

// capacity is ve_kapacitet_scores.csv: the newest month of Energinet's
// CapacityPerMunicipality at the time of compiling, which the file does not name.
var capacity = indicator{
	id:     "ve_kapacitet",
	title:  "Solar and wind capacity of the municipalities",
	header: []string{"kommune_kode", "kommune_navn", "ve_kw_per_indb", "ve_sol_mw", "ve_vind_mw", "ve_offshore_mw", "befolkning"},
	table: pipeline.Table{
		Name:        "dn_capacity",
		Description: "Installed solar and wind capacity of each municipality in one month of Energinet's CapacityPerMunicipality. The file does not state the month.",
		Key:         []string{"country", "muni_code"},
		Columns: []pipeline.Column{
			sources.DanishCountry, sources.DanishMuniCode,
			{Name: "solar_mw", Kind: pipeline.Decimal3, Unit: "MW", Description: "Installed solar capacity"},
			{Name: "onshore_wind_mw", Kind: pipeline.Decimal3, Unit: "MW", Description: "Installed wind capacity on land; 0 also where the source had no figure"},
			{Name: "offshore_wind_mw", Kind: pipeline.Decimal3, Unit: "MW", Description: "Installed wind capacity at sea that is counted to the municipality; 0 also where the source had no figure"},
			{Name: "population", Kind: pipeline.Integer, Unit: "1", Description: "Inhabitants by which the compiler divides, FOLK1A of Statistics Denmark; the file does not state the quarter"},
			{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind the three capacities: observed, or not_available where all three are 0, which the compiler writes where the source has no row"},
		},
	},
	rows: capacityRow,
}

func capacityRow(r *row, out pipeline.Output) (string, error) {
	var mw [3]pipeline.Decimal
	for i, column := range []string{"ve_sol_mw", "ve_vind_mw", "ve_offshore_mw"} {
		var err error
		if mw[i], err = r.required(column, 0, 100_000); err != nil {
			return "", err
		}
	}
	population, _, err := r.number("befolkning", 1, 20_000_000)
	if err != nil {
		return "", err
	}
	perInhabitant, _, err := r.number("ve_kw_per_indb", 0, 100_000)
	if err != nil {
		return "", err
	}
	var people any
	if population != nil {
		n, err := population.Rescale(0)
		if err != nil || float64(n) != population.Float() {
			return "", r.problem("befolkning", fmt.Sprintf("%q is no number of inhabitants", r.text("befolkning")), "a whole number")
		}
		people = n
		if perInhabitant != nil {
			// All three figures are rounded to one decimal; a larger difference means
			// that a column holds something else than its header says.
			kw := (mw[0].Float() + mw[1].Float()) * 1000 / float64(n)
			if off := math.Abs(kw - perInhabitant.Float()); off > 0.051+100/float64(n) {
				return "", r.problem("ve_kw_per_indb", fmt.Sprintf("%q is not the solar and onshore wind capacity per inhabitant", r.text("ve_kw_per_indb")), fmt.Sprintf("%.1f kW", kw))
			}
		}
	}
	if mw[0].IsZero() && mw[1].IsZero() && mw[2].IsZero() {
		return "", out.Row("dn_capacity", r.Location(), r.m.Country, r.m.Code, nil, nil, nil, people, pipeline.NotAvailable)
	}
	return "", out.Row("dn_capacity", r.Location(), r.m.Country, r.m.Code, mw[0], mw[1], mw[2], people, pipeline.Observed)
}
