package energidataservice

import "samkraft/pipeline"

// balanceSeries of ElectricityBalanceNonv, in the order of its columns.
var balanceSeries = []string{"total_load", "biomass", "fossil_gas", "fossil_hard_coal", "fossil_oil", "hydro_power", "other_renewable", "solar_power", "waste",
	"onshore_wind_power", "offshore_wind_power", "exchange_continent", "exchange_great_belt", "exchange_nordic_countries", "exchange_great_britain"}

func (d *decoder) balance(r *record) error { return d.series(r, balanceSeries) }

// settlement names its series as the service does: of several the meaning beyond
// the name was not seen.
func (d *decoder) settlement(r *record) error { return d.series(r, d.layout.columns[3:]) }

// series gives a row for each field behind the zone that has a number.
func (d *decoder) series(r *record, names []string) error {
	at, err := d.time(r)
	if err != nil {
		return err
	}
	zone, err := d.zone(r, 2)
	if err != nil {
		return err
	}
	for i, name := range names {
		energy, _, err := r.number(3 + i)
		if err != nil {
			return err
		}
		if energy == nil {
			continue
		}
		if err := d.row(r, zone, name, at.instant, energy); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) emission(r *record) error {
	at, err := d.time(r)
	if err != nil {
		return err
	}
	zone, err := d.zone(r, 2)
	if err != nil {
		return err
	}
	grams, err := r.emission(3)
	if err != nil {
		return err
	}
	return d.row(r, zone, at.instant, grams)
}

func (d *decoder) declaration(r *record) error {
	zone, err := d.zone(r, 1)
	if err != nil {
		return err
	}
	allocation, err := r.word(2)
	if err != nil {
		return err
	}
	hour, occurrence, err := d.localHour(r, r.texts[1]+" "+allocation)
	if err != nil {
		return err
	}
	grams, err := r.emission(3)
	if err != nil {
		return err
	}
	for column := 4; column < 6; column++ { // must be numbers, and are not kept
		if _, _, err := r.number(column); err != nil {
			return err
		}
	}
	return d.row(r, zone, allocation, hour, occurrence, grams)
}

// maxEmission is far above what any power station emits, in g/kWh.
const maxEmission = 10_000

// emission reads a field in g/kWh.
func (r *record) emission(column int) (*pipeline.Decimal, error) {
	v, _, err := r.number(column)
	if err == nil && v != nil {
		if grams := v.Float(); grams < 0 || grams > maxEmission {
			return nil, r.fail(column, quote(r.texts[column])+" is no emission per kWh", "0 to 10000 g/kWh")
		}
	}
	return v, err
}
