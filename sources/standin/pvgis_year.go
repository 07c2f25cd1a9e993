package standin

import (
	"encoding/json"
	"time"
)

// year is PVcalc's answer: the months of a mean year, for which that of 2021 serves
// here, and their sum. Its keys are those of answers of version 5.2 that others kept.
func (q pvgisQuestion) year() map[string]any {
	fixed, energy, spread := "fixed", "E_m", "SD_m"
	switch q.twist {
	case ChangedHeader:
		fixed = "inclined"
	case RenamedColumn:
		energy = "E_month"
	}
	var months []map[string]any
	var allPower, allLight float64
	for m := time.January; m <= time.December; m++ {
		power, light, days := q.month(m)
		allPower, allLight = allPower+power, allLight+light
		row := map[string]any{"month": int(m), "E_d": pvgisRound(power / days), energy: power, "H(i)_d": pvgisRound(light / days), "H(i)_m": light, spread: pvgisRound(power / 10)}
		if q.twist == ExtraColumn {
			row["Quality"] = 1
		}
		months = append(months, row)
	}
	switch q.twist {
	case DuplicateRows:
		months = append(months[:1], months...)
	case NoRows:
		months = []map[string]any{}
	}
	totals := map[string]any{"E_d": pvgisRound(allPower / 365), "E_m": pvgisRound(allPower / 12), "E_y": pvgisRound(allPower), "H(i)_d": pvgisRound(allLight / 365), "H(i)_m": pvgisRound(allLight / 12),
		"H(i)_y": pvgisRound(allLight), "SD_m": pvgisRound(allPower / 200), "SD_y": pvgisRound(allPower / 20), "l_aoi": -2.9, "l_spec": "1.81", "l_tg": -1.4, "l_total": -16.4}
	return map[string]any{
		"inputs":  q.inputs(),
		"outputs": map[string]any{"monthly": map[string]any{fixed: months}, "totals": map[string]any{fixed: totals}},
		"meta": pvgisMeta(map[string]any{
			"monthly": pvgisUnits("E_d", "kWh/d", "E_m", "kWh/mo", "H(i)_d", "kWh/m2/d", "H(i)_m", "kWh/m2/mo", "SD_m", "kWh"),
			"totals": pvgisUnits("E_d", "kWh/d", "E_m", "kWh/mo", "E_y", "kWh/y", "H(i)_d", "kWh/m2/d", "H(i)_m", "kWh/m2/mo", "H(i)_y", "kWh/m2/y", "SD_m", "kWh", "SD_y", "kWh",
				"l_aoi", "%", "l_spec", "%", "l_tg", "%", "l_total", "%"),
		}),
	}
}

// month sums a month: kWh, kWh/m2 and its days.
func (q pvgisQuestion) month(m time.Month) (power, light, days float64) {
	begin := time.Date(2021, m, 1, 0, 11, 0, 0, time.UTC)
	for t := begin; t.Month() == m; t = t.Add(time.Hour) {
		p, l, _, _ := q.at(t)
		power, light, days = power+p/1000, light+l/1000, days+1.0/24
	}
	return pvgisRound(power), pvgisRound(light), days
}

// inputs echoes the question.
func (q pvgisQuestion) inputs() map[string]any {
	return map[string]any{
		"location":   map[string]any{"latitude": q.lat, "longitude": q.lon, "elevation": 23.0},
		"meteo_data": map[string]any{"radiation_db": "PVGIS-SARAH3", "meteo_db": "ERA5", "year_min": q.first, "year_max": q.last, "use_horizon": true, "horizon_db": "DEM-calculated"},
		"mounting_system": map[string]any{"fixed": map[string]any{"slope": map[string]any{"value": q.slope, "optimal": q.optimal},
			"azimuth": map[string]any{"value": q.azimuth, "optimal": q.optimal}, "type": "free-standing"}},
		"pv_module":     map[string]any{"technology": "c-Si", "peak_power": q.kw, "system_loss": q.loss},
		"economic_data": map[string]any{"system_cost": nil, "interest": nil, "lifetime": nil},
	}
}

func pvgisMeta(outputs map[string]any) map[string]any {
	return map[string]any{"inputs": map[string]any{"location": map[string]any{"description": "Selected location"}}, "outputs": outputs}
}

// pvgisUnits describes variables: names and units by turns.
func pvgisUnits(namesAndUnits ...string) map[string]any {
	variables := map[string]any{}
	for i := 0; i < len(namesAndUnits); i += 2 {
		variables[namesAndUnits[i]] = map[string]any{"description": namesAndUnits[i], "units": namesAndUnits[i+1]}
	}
	return map[string]any{"type": "time series", "variables": variables}
}

// pvgisText writes a value that can be written as JSON.
func pvgisText(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
