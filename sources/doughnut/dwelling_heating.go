package doughnut

import (
	"fmt"
	"math"

	"samkraft/pipeline"
	"samkraft/sources"
)

// dwellingHeating is bolig_fossil_scores.csv, compiled from Statistics Denmark's
// BYGB40 and the fuels of district heating.
var dwellingHeating = indicator{
	id:     "bolig_fossil",
	title:  "Fossil heating of dwellings in the municipalities",
	header: []string{"kommune_kode", "bolig_fossil_ratio", "bolig_fossil_raw", "fossil_direkte_pct", "fossil_via_fjv_pct", "fritid_fossil_pct", "fritid_andel_pct"},
	table: pipeline.Table{
		Name:        "dn_dwelling_heating",
		Description: "Shares of the heated floor area of dwellings that are heated with fossil fuel, by municipality. The file does not state the year (2024 to 2026).",
		Key:         []string{"country", "muni_code"},
		Columns: []pipeline.Column{
			sources.DanishCountry, sources.DanishMuniCode,
			{Name: "fossil_direct_share", Kind: pipeline.Number, Unit: "1", Description: "Share of the heated floor area of year-round dwellings with oil or gas heating of their own"},
			{Name: "fossil_district_heat_share", Kind: pipeline.Number, Unit: "1", Description: "Share that is heated with fossil fuel through district heating: floor area on district heating times the fossil share of its fuels"},
			{Name: "leisure_fossil_share", Kind: pipeline.Number, Unit: "1", Description: "Share of the heated floor area of leisure dwellings with oil or gas heating"},
			{Name: "leisure_area_share", Kind: pipeline.Number, Unit: "1", Description: "Share of leisure dwellings in the heated floor area of all dwellings"},
			{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind the shares of year-round dwellings: observed or not_available"},
			{Name: "leisure_value_status", Kind: pipeline.Text, Description: "What stands behind the shares of leisure dwellings: observed or not_available"},
		},
	},
	rows: dwellingHeatingRow,
}

func dwellingHeatingRow(r *row, out pipeline.Output) (string, error) {
	v, status, err := r.percent("fossil_direkte_pct", "fossil_via_fjv_pct", "bolig_fossil_raw", "bolig_fossil_ratio")
	if err != nil {
		return "", err
	}
	if v[0] != nil {
		// The file's own sums hold its columns in their places; all have two decimals.
		direct, through, sum, rest := v[0].Float(), v[1].Float(), v[2].Float(), v[3].Float()
		if math.Abs(direct+through-sum) > 0.021 {
			return "", r.problem("bolig_fossil_raw", fmt.Sprintf("%q is not the sum of fossil_direkte_pct and fossil_via_fjv_pct", r.text("bolig_fossil_raw")), fmt.Sprintf("%.2f", direct+through))
		}
		if math.Abs(sum+rest-100) > 0.021 {
			return "", r.problem("bolig_fossil_ratio", fmt.Sprintf("%q and bolig_fossil_raw do not add up to 100", r.text("bolig_fossil_ratio")), fmt.Sprintf("%.2f", 100-sum))
		}
	}
	leisure, leisureStatus, err := r.percent("fritid_fossil_pct", "fritid_andel_pct")
	if err != nil {
		return "", err
	}
	return "", out.Row("dn_dwelling_heating", r.Location(), r.m.Country, r.m.Code,
		share(v[0]), share(v[1]), share(leisure[0]), share(leisure[1]), status, leisureStatus)
}
