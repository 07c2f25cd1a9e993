package vindbrukskollen

import (
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

var turbineTable = pipeline.Table{
	Name:        "vbk_turbine",
	Description: "Wind turbines of Sweden in every state from plan to demolition, one row each. Only those with status standing produce.",
	Key:         []string{"turbine_id"},
	Columns: []pipeline.Column{
		{Name: "turbine_id", Kind: pipeline.Text, Description: "The register's number of the turbine (Verk-ID, as 1381-V-001-001); its first four digits are the municipality at the time of entry"},
		{Name: "country", Kind: pipeline.Text, Description: "SE"},
		{Name: "muni_code", Kind: pipeline.Text, Description: "Municipality, four digits; null for a turbine at sea that lies in none"},
		{Name: "status", Kind: pipeline.Text, Description: "standing, permitted, under_review (application being handled), under_appeal, refused, decommissioned, dropped (withdrawn or no longer pursued), or unknown (the register states none)"},
		{Name: "zone", Kind: pipeline.Text, Description: "Electricity bidding zone, SE1 to SE4; null where not stated"},
		{Name: "placement", Kind: pipeline.Text, Description: "land or sea; null where not stated"},
		{Name: "capacity_mw", Kind: pipeline.Decimal6, Unit: "MW", Description: "Rated electric capacity; null where the register holds none or 0. Most permitted turbines have none"},
		{Name: "rotor_m", Kind: pipeline.Number, Unit: "m", Description: "Rotor diameter; null where not stated"},
		{Name: "hub_m", Kind: pipeline.Number, Unit: "m", Description: "Height of the hub above ground; null where not stated"},
		{Name: "total_m", Kind: pipeline.Number, Unit: "m", Description: "Height of the blade's tip above ground; null where not stated"},
		{Name: "x_m", Kind: pipeline.Number, Unit: "m", Description: "Easting in SWEREF99 TM (EPSG:3006); null where missing"},
		{Name: "y_m", Kind: pipeline.Number, Unit: "m", Description: "Northing in SWEREF99 TM (EPSG:3006); null where missing"},
		{Name: "lon_deg", Kind: pipeline.Number, Unit: "deg", Description: "Longitude east, computed from the position; null where there is none or it lies outside Sweden"},
		{Name: "lat_deg", Kind: pipeline.Number, Unit: "deg", Description: "Latitude north, computed from the position; null where there is none or it lies outside Sweden"},
		{Name: "estimated_gwh", Kind: pipeline.Number, Unit: "GWh", Description: "Yearly production that the operator expects; null where not stated"},
		{Name: "measured_gwh", Kind: pipeline.Number, Unit: "GWh", Description: "Yearly production as measured, of a year that the register does not name; null where not stated, as nearly everywhere"},
		{Name: "manufacturer", Kind: pipeline.Text, Description: "Manufacturer; null where not stated"},
		{Name: "model", Kind: pipeline.Text, Description: "Model; null where not stated"},
		{Name: "area_id", Kind: pipeline.Text, Description: "The register's number of the planning area"},
		{Name: "area_name", Kind: pipeline.Text, Description: "Name of the planning area (wind farm); null where it has none"},
		{Name: "connected", Kind: pipeline.Date, Description: "Day of construction; null where not stated"},
		{Name: "updated", Kind: pipeline.Date, Description: "Day on which the entry was last saved; null where the register did not yet keep it"},
	},
}

// statuses are the register's words for where a turbine stands.
var statuses = map[string]string{
	"Uppfört":                        "standing",
	"Beviljat":                       "permitted",
	"Handläggs":                      "under_review",
	"Överklagat":                     "under_appeal",
	"Avslag":                         "refused",
	"Nedmonterat":                    "decommissioned",
	"Inte aktuellt eller återkallat": "dropped",
	"Uppgift saknas":                 "unknown",
}

// zones are the bidding zones, which the register calls by their largest city.
var zones = map[string]any{"Luleå": "SE1", "Sundsvall": "SE2", "Stockholm": "SE3", "Malmö": "SE4", "": nil}

// turbine reads the current row and writes it out.
func (t *table) turbine() error {
	id := t.text("Verk-ID")
	if id == "" || len(id) > 40 {
		return t.wrong("Verk-ID", "is not a turbine's number", "such as 1381-V-001-001")
	}
	status, ok := statuses[t.text("Status")]
	if !ok {
		return t.wrong("Status", "is not a known status", "Uppfört, Beviljat, Handläggs, Överklagat, Avslag, Nedmonterat, or Inte aktuellt eller återkallat")
	}
	var placement any
	switch t.text("Placering") {
	case "Land":
		placement = "land"
	case "Vatten":
		placement = "sea"
	case "":
	default:
		return t.wrong("Placering", "is not a placement", "Land, Vatten or a blank cell")
	}
	zone, ok := zones[t.text("Elområde")]
	if !ok {
		return t.wrong("Elområde", "is not a bidding zone", "Luleå, Sundsvall, Stockholm, Malmö or a blank cell")
	}
	municipality, err := t.municipality(placement)
	if err != nil {
		return err
	}
	var figures [6]any
	for i, f := range []struct {
		column string
		high   float64
	}{
		{"Maxeffekt (MW)", 100}, {"Rotordiameter (m)", 500}, {"Navhöjd (m)", 500}, {"Totalhöjd (m)", 500},
		{"Beräknad årsproduktion (GWh)", 1000}, {"Uppmätt årsproduktion (GWh)", 1000},
	} {
		if figures[i], err = t.positive(f.column, f.high); err != nil {
			return err
		}
	}
	x, y, lon, lat, err := t.position()
	if err != nil {
		return err
	}
	connected, err := t.date("Uppfört")
	if err != nil {
		return err
	}
	updated, err := t.date("Senast sparad")
	if err != nil {
		return err
	}
	if d, ok := updated.(time.Time); ok {
		t.newest = max(t.newest, d.Format(time.DateOnly))
	}
	return t.out.Row("vbk_turbine", t.location(), id, "SE", municipality, status, zone, placement,
		figures[0], figures[1], figures[2], figures[3], x, y, lon, lat, figures[4], figures[5],
		t.words("Fabrikat"), t.words("Modell"), t.words("Områdes-ID"), t.words("Projekteringsområde"), connected, updated)
}

// municipality resolves the name; at sea, beyond the municipalities, there need
// be none.
func (t *table) municipality(placement any) (any, error) {
	name := t.text("Kommun")
	if name == "" && (placement == "sea" || placement == nil && t.path != "") {
		return nil, nil // the map service may not say where at sea begins
	}
	m, err := pipeline.FindMunicipality("SE", name)
	if err != nil {
		return nil, t.problem(t.at["Kommun"], err.Error(), "a Swedish municipality")
	}
	return m.Code, nil
}

// position reads the coordinates; 0 is missing.
func (t *table) position() (x, y, lon, lat any, err error) {
	if x, err = t.positive("E-Koordinat", 10_000_000); err != nil {
		return nil, nil, nil, nil, err
	}
	if y, err = t.positive("N-Koordinat", 10_000_000); err != nil {
		return nil, nil, nil, nil, err
	}
	if x == nil || y == nil {
		return nil, nil, nil, nil, nil
	}
	if l, b := sources.FromSWEREF99TM(x.(pipeline.Decimal).Float(), y.(pipeline.Decimal).Float()); l > 10 && l < 25 && b > 55 && b < 69.5 {
		lon, lat = l, b
	}
	return x, y, lon, lat, nil
}
