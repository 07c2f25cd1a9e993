package transforms

import "context"

// potential are the formulas of renewable potentials. What is not known makes the
// answer unknown. Areas are in the unit that the name says, energy in MWh a year.
var potential = []string{
	// The other end of the range, for what makes a potential smaller when it is larger.
	"CREATE MACRO opposite(k) AS (CASE k WHEN 'low' THEN 'high' WHEN 'high' THEN 'low' ELSE k END)",
	// What a published figure is multiplied by in a case, with the half-width of its grade.
	"CREATE MACRO spread(k, half_width) AS (CASE k WHEN 'low' THEN 1 - half_width WHEN 'high' THEN 1 + half_width ELSE 1 END)",

	// The area that a closed ring of points [longitude, latitude] encloses on a sphere, km2, by the trapezium rule in the
	// sine of the latitude.
	`CREATE MACRO ring_km2(ring, radius_km) AS (abs(list_aggregate([radians(ring[i + 1][1] - ring[i][1]) * (2 + sin(radians(ring[i][2])) + sin(radians(ring[i + 1][2])))
		FOR i IN range(1, len(ring))], 'fsum')) * radius_km * radius_km / 2)`,

	// Wind: one turbine to every k1 x k2 rotor diameters, MW per km2.
	"CREATE MACRO wind_density(turbine_mw, rotor_m, k1, k2) AS (turbine_mw / (k1 * rotor_m * k2 * rotor_m / 1000000))",

	// Modules that fit on roofs, m2: of pitched roofs the slopes that face the sun, of flat ones the part that rows do not shade.
	`CREATE MACRO roof_modules(built_m2, pitched, pitch_deg, facing, installable, flat_factor) AS (
		built_m2 * pitched / cos(radians(pitch_deg)) * facing * installable + built_m2 * (1 - pitched) * installable * flat_factor)`,
	"CREATE MACRO ground_pv_mw(area_ha, ha_per_mw) AS (area_ha / ha_per_mw)",

	// Gas from manure or straw: tonnes x dry matter x volatile solids x methane (Nm3 per tonne of these) x heating value (kWh/Nm3).
	"CREATE MACRO methane_mwh(tonnes, dry_matter, volatile, yield, lhv) AS (tonnes * dry_matter * volatile * yield * lhv / 1000)",

	// Straw that grows, t, and what remains of it for energy when some stays in the field and some goes to animals (kept, t).
	"CREATE MACRO field_straw(winter_ha, spring_ha, rape_ha, winter_yield, spring_yield, rape_yield) AS (winter_ha * winter_yield + spring_ha * spring_yield + rape_ha * rape_yield)",
	"CREATE MACRO straw_mwh(field_t, harvestable, kept_t, lhv) AS ((field_t * harvestable - kept_t) * lhv / 1000)",

	// Heat: what a process gives off and can be caught; what a heat pump makes of it, electricity included, and back.
	"CREATE MACRO surplus_mwh(process_mwh, share, utilisation) AS (process_mwh * share * utilisation)",
	"CREATE MACRO lifted(heat_mwh, cop) AS (heat_mwh / (1 - 1 / cop))",
	"CREATE MACRO unlifted(lifted_mwh, cop) AS (lifted_mwh * (1 - 1 / cop))",

	// What a MWh costs that a plant gives, EUR: of the investment (EUR/kW) a share a year, over the hours of full load, and what varies with the
	// energy (EUR/MWh). The share is that of the annuity, the capital recovery factor, and of fixed upkeep.
	"CREATE MACRO crf(rate, years) AS (CASE WHEN rate = 0 THEN 1 / years ELSE rate / (1 - pow(1 + rate, -years)) END)",
	"CREATE MACRO lcoe(invest, yearly_share, hours, variable) AS (invest * 1000 * yearly_share / hours + variable)",
}

// absentPotentials says in completeness which resources of a member have no
// potential, and why.
func (b *build) absentPotentials(ctx context.Context) error {
	if err := b.need(ctx, []string{"renewable_potential"}); err != nil {
		return err
	}
	return b.exec(ctx, `INSERT INTO completeness SELECT plan, country, muni_code, 'samkraft', 'renewable_potential/' || resource, 0, 'missing', 0, 0, NULL, any_value(reason)
		FROM renewable_potential GROUP BY plan, country, muni_code, resource HAVING count(energy_mwh) = 0`)
}
