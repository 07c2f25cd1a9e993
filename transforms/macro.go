package transforms

// strict are null-strict forms of greatest and least, which in DuckDB pass nulls
// over: of a figure that is not known they would make one that is. Models call
// these and not those; a test holds them to it.
var strict = []string{
	"CREATE MACRO at_least(x, floor) AS (CASE WHEN x IS NULL OR floor IS NULL THEN NULL WHEN x < floor THEN floor ELSE x END)",
	"CREATE MACRO at_most(x, ceiling) AS (CASE WHEN x IS NULL OR ceiling IS NULL THEN NULL WHEN x > ceiling THEN ceiling ELSE x END)",
}

// weather is the correction of energy use for the weather. What a day asks for is
// the degrees by which its mean temperature lies below a base. The part of a use
// that follows the weather, its climate share, is put to the degree days of a
// normal year; both years' degree days must be of one definition. Where nothing
// follows the weather, or nothing is used, the figure stays as it is, whatever is
// known of the weather. (Håndbog for Energikonsulenter 2021: GUF + GAF x normal / actual.)
var weather = []string{
	"CREATE MACRO degree_day(temperature, base) AS at_least(base - temperature, 0)",
	`CREATE MACRO normalised(energy, climate_share, normal, actual) AS (CASE WHEN climate_share = 0 OR energy = 0 THEN energy WHEN actual > 0 THEN
		energy * (1 - climate_share + climate_share * normal / actual) END)`,
}

// macros are what models may call beside DuckDB's own functions. They read
// registry.factor and are made together with it.
//
// For a country and year the country's own row counts before the row for both,
// then the newest year not after the one asked for, then the row without a year.
var macros = []string{
	// Under names that no model has: a bare country in a WHERE would be taken for the factor's own.
	`CREATE VIEW registry.found AS SELECT factor_id AS _id, country AS _country, year AS _year, value AS _value, low AS _low, high AS _high, ef_role AS _role FROM registry.factor`,
	`CREATE MACRO factor(id, c, y) AS (
		SELECT arg_max(_value, coalesce(_year, 0) + if(_country IS NULL, 0, 10000)) FROM registry.found
		WHERE _id = id AND coalesce(_country, c) = c AND coalesce(_year, 0) <= y AND coalesce(_role, 'average') = 'average')`,
	// A factor without a year at the low or high end of its range, or at its central value.
	`CREATE MACRO factor_case(id, c, k) AS (
		SELECT arg_max(CASE k WHEN 'low' THEN _low WHEN 'high' THEN _high WHEN 'central' THEN _value END, if(_country IS NULL, 0, 1)) FROM registry.found
		WHERE _id = id AND coalesce(_country, c) = c AND _year IS NULL)`,
	// An emission factor of a stated role: average and marginal are never mixed.
	`CREATE MACRO factor_of_role(id, c, y, role) AS (
		SELECT arg_max(_value, coalesce(_year, 0) + if(_country IS NULL, 0, 10000)) FROM registry.found
		WHERE _id = id AND coalesce(_country, c) = c AND coalesce(_year, 0) <= y AND _role = role)`,
	// The grade of a relative half-width: the first one that allows for it, else E.
	`CREATE MACRO grade_of(u) AS (CASE WHEN u IS NOT NULL THEN
		coalesce((SELECT min(upper(right(_id, 1))) FROM registry.found WHERE _id LIKE 'quality_half_width_%' AND _value >= u), 'E') END)`,
	`CREATE MACRO half_width_of(g) AS (SELECT max(_value) FROM registry.found WHERE _id = 'quality_half_width_' || lower(g))`,
	// Fuel that a unit puts into heat, of what it puts into heat and electricity: by
	// the share of heat in what it gives (energy), or heat at an efficiency above 1
	// (125, 200), never more than there is. What is left is electricity's, so that
	// nothing is lost or counted twice. A unit that gives no electricity has no other
	// use for its fuel. (Energinet, Retningslinjer for miljødeklarationen.)
	`CREATE MACRO chp_heat_fuel(method, fuel, heat, power) AS (
		CASE WHEN fuel IS NULL OR heat IS NULL OR power IS NULL THEN NULL WHEN power <= 0 THEN fuel WHEN heat <= 0 THEN 0
			WHEN method = 'energy' THEN fuel * heat / (heat + power)
			ELSE at_most(heat / (SELECT max(f.value) FROM registry.factor f WHERE f.factor_id = 'chp_heat_efficiency_' || method), fuel) END)`,
	// Prices in euro of 2025: local currency at the rate of its year (the nearest
	// year that has one), older euro with the inflator of the nearest year.
	`CREATE TABLE registry.price AS
		SELECT factor_id, country, year, value / local * inflator AS eur, low / local * inflator AS eur_low, high / local * inflator AS eur_high
		FROM (SELECT f.*,
			CASE WHEN f.unit LIKE 'DKK/%' THEN (SELECT max(value) FROM registry.factor WHERE factor_id = 'dkk_per_eur')
				WHEN f.unit LIKE 'SEK/%' THEN (SELECT arg_min(s.value, abs(s.year - coalesce(f.year, 2025)) * 2 + (s.year > f.year)::INTEGER) FROM registry.factor s WHERE s.factor_id = 'sek_per_eur')
				ELSE 1 END AS local,
			CASE WHEN coalesce(f.price_base_year, f.year, 2025) >= 2025 THEN 1
				ELSE (SELECT arg_min(i.value, abs(i.year - coalesce(f.price_base_year, f.year)) * 2 + (i.year < coalesce(f.price_base_year, f.year))::INTEGER) FROM registry.factor i WHERE i.factor_id = 'inflator_to_2025') END AS inflator
			FROM registry.factor f WHERE f.factor_id LIKE 'price_%')`,
	// A sum of money of the years from 2015 on in euro of 2025, by the same rates.
	`CREATE MACRO euro(amount, currency, y) AS (
		amount / CASE currency WHEN 'DKK' THEN (SELECT max(value) FROM registry.factor WHERE factor_id = 'dkk_per_eur')
			WHEN 'SEK' THEN (SELECT arg_min(s.value, abs(s.year - y) * 2 + (s.year > y)::INTEGER) FROM registry.factor s WHERE s.factor_id = 'sek_per_eur') ELSE 1 END
		* CASE WHEN y >= 2025 THEN 1 ELSE (SELECT arg_min(i.value, abs(i.year - y) * 2 + (i.year < y)::INTEGER) FROM registry.factor i WHERE i.factor_id = 'inflator_to_2025') END)`,
	`CREATE MACRO price(id, c, y) AS (
		SELECT arg_max(f.eur, coalesce(f.year, 0) + if(f.country IS NULL, 0, 10000)) FROM registry.price f
		WHERE f.factor_id = id AND coalesce(f.country, c) = c AND coalesce(f.year, 0) <= y)`,
}
