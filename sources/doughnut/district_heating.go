package doughnut

import (
	"fmt"
	"math"

	"samkraft/pipeline"
	"samkraft/sources"
)

// districtHeating is fjernvarme_mix_scores.csv, compiled from Energistyrelsen's
// producer count and its list of networks.
var districtHeating = indicator{
	id:     "fjernvarme_mix",
	title:  "Fuels of district heating in the municipalities",
	header: []string{"kommune_kode", "kommune_navn", "fjv_biomasse_pct", "fjv_affald_pct", "fjv_fossil_pct", "fjv_ren_pct", "fjv_total_tj", "fjv_status", "fjv_net"},
	table: pipeline.Table{
		Name:        "dn_district_heating",
		Description: "Shares of fuels in the district heat of each municipality: of its own plants, or of the network that supplies it. The file does not state the year (the compiler's programme says 2024).",
		Key:         []string{"country", "muni_code"},
		Columns: []pipeline.Column{
			sources.DanishCountry, sources.DanishMuniCode,
			{Name: "biomass_share", Kind: pipeline.Number, Unit: "1", Description: "Share of wood, straw, biooil and biogas"},
			{Name: "waste_share", Kind: pipeline.Number, Unit: "1", Description: "Share of waste, fossil and biogenic together"},
			{Name: "fossil_share", Kind: pipeline.Number, Unit: "1", Description: "Share of coal, oil and gas from the grid"},
			{Name: "other_share", Kind: pipeline.Number, Unit: "1", Description: "Share of what is not burned: solar and ambient heat, electricity, surplus heat"},
			{Name: "own_production_tj", Kind: pipeline.Decimal3, Unit: "TJ", Description: "What the plants within the municipality put into heat in a year, as fuel and other input weighted by the share of heat delivered; small where there are only reserve boilers"},
			{Name: "status", Kind: pipeline.Text, Description: "What the shares are of: own (the plants within the municipality), network (the network that supplies it) or unknown (no network was found, no shares)"},
			{Name: "network", Kind: pipeline.Text, Description: "Number and name of the supplying network where status is network"},
			{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind the shares: observed or not_available"},
		},
	},
	rows: districtHeatingRow,
}

// heatStatus translates fjv_status.
var heatStatus = map[string]string{"ok": "own", "net": "network", "fælles_net": "unknown"}

func districtHeatingRow(r *row, out pipeline.Output) (string, error) {
	shares, valueStatus, err := r.percent("fjv_biomasse_pct", "fjv_affald_pct", "fjv_fossil_pct", "fjv_ren_pct")
	if err != nil {
		return "", err
	}
	status, ok := heatStatus[r.text("fjv_status")]
	if !ok {
		return "", r.problem("fjv_status", fmt.Sprintf("%q is unknown", r.text("fjv_status")), "ok, net or fælles_net")
	}
	if (status == "unknown") != (shares[0] == nil) {
		return "", r.problem("fjv_status", fmt.Sprintf("%q stands beside the shares %q", r.text("fjv_status"), r.text("fjv_biomasse_pct")), "shares with ok and net, none with fælles_net")
	}
	if shares[0] != nil {
		sum := 0.0
		for _, s := range shares {
			sum += s.Float()
		}
		if math.Abs(sum-100) > 0.5 { // four figures of one decimal
			return "", r.problem("fjv_ren_pct", fmt.Sprintf("the four shares add up to %.1f", sum), "100")
		}
	}
	var network any
	if name := r.text("fjv_net"); (status == "network") != (name != "") {
		return "", r.problem("fjv_net", fmt.Sprintf("%q stands beside the status %q", name, r.text("fjv_status")), "a network with the status net and only there")
	} else if name != "" {
		network = name
	}
	tj, err := r.required("fjv_total_tj", 0, 1_000_000)
	if err != nil {
		return "", err
	}
	return "", out.Row("dn_district_heating", r.Location(), r.m.Country, r.m.Code,
		share(shares[0]), share(shares[1]), share(shares[2]), share(shares[3]), tj, status, network, valueStatus)
}
