-- Target: one row is what a member wants to reach by a year, of energy, of CO2, or of renewable
-- electricity. From the plan file, end_use, reference_use (what would be used without a plan),
-- stock_emission and electricity_year.
CREATE TABLE target (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, kind VARCHAR, counts VARCHAR, value_share DOUBLE, year SMALLINT, basis VARCHAR, basis_wanted VARCHAR, industry BOOLEAN, one_stock VARCHAR, status VARCHAR,
  energy_mwh DOUBLE, low_mwh DOUBLE, high_mwh DOUBLE, grade VARCHAR, half_width DOUBLE, reference_mwh DOUBLE, level_mwh DOUBLE, target_mwh DOUBLE, base_t DOUBLE, reference_t DOUBLE, level_t DOUBLE, target_t DOUBLE,
  made_mwh DOUBLE, missing_mwh DOUBLE, complete BOOLEAN);
COMMENT ON TABLE target IS 'Targets of the members: energy to be saved, CO2 to be cut, renewable electricity to be made, per year. key: plan, country, muni_code, kind';
COMMENT ON COLUMN target.plan IS 'The plan, by its id';
COMMENT ON COLUMN target.country IS 'Country: DK or SE';
COMMENT ON COLUMN target.muni_code IS 'Municipality code';
COMMENT ON COLUMN target.kind IS 'final_energy_share: change of final energy as a share of that of the base year; final_energy_mwh: final energy in the target year; co2_share: change of the CO2 of the same stocks; co2_t: that CO2 in the target year; fossil_free_heat: no oil or gas in own boilers; renewable_electricity_share: electricity made of wind, sun and water as a share of the electricity used';
COMMENT ON COLUMN target.counts IS 'energy, co2 or renewable_electricity: a member has one target of each at most. Measures and agreements act on the first two';
COMMENT ON COLUMN target.value_share IS 'As the plan states it: the change, -0.2 is a fifth less, or the share of renewable electricity; null where the plan states an amount [1]';
COMMENT ON COLUMN target.year IS 'Year by which [year]';
COMMENT ON COLUMN target.basis IS 'What is counted. raw: as measured; normalised: corrected for weather, every stock with the degree days of its own year';
COMMENT ON COLUMN target.basis_wanted IS 'What the plan asks for: raw or normalised (corrected for weather). Where the degree days of a stock are not known, raw is counted all the same';
COMMENT ON COLUMN target.industry IS 'Whether industry and business are part of it';
COMMENT ON COLUMN target.one_stock IS 'The one stock that it counts, see table end_use; - for all in its scope';
COMMENT ON COLUMN target.status IS 'adopted, proposed or example: an example has been adopted by no council';
COMMENT ON COLUMN target.energy_mwh IS 'Final energy of the base year in its scope: the sum of the stocks in end_use that it counts, on the basis that is counted; of renewable electricity the electricity used [MWh]';
COMMENT ON COLUMN target.low_mwh IS 'What energy_mwh is at least: less where secret figures are estimated in it; null on a normalised basis, and of renewable electricity [MWh]';
COMMENT ON COLUMN target.high_mwh IS 'What energy_mwh is at most; null on a normalised basis, and of renewable electricity [MWh]';
COMMENT ON COLUMN target.grade IS 'Of energy_mwh, A to E: the first grade that allows for half_width; null where that is';
COMMENT ON COLUMN target.half_width IS 'Half of the range of energy_mwh as a share of it, 95 %: of the stocks'' half-widths, those of stocks with an assumed share as one error for each publisher, the others as independent; null of renewable electricity [1]';
COMMENT ON COLUMN target.reference_mwh IS 'The same energy in the target year without a plan: every stock grown as the plan or factor reference_growth says; null of renewable electricity [MWh]';
COMMENT ON COLUMN target.level_mwh IS 'What may be used in the target year; of renewable electricity what is to be made. Null of a target of CO2 [MWh]';
COMMENT ON COLUMN target.target_mwh IS 'Saving that it asks for, per year: reference less level, not below 0; null of other targets [MWh]';
COMMENT ON COLUMN target.base_t IS 'CO2 per year of the same stocks on the same basis, with the factors of stock_emission: marginal ones for electricity; null of renewable electricity [t]';
COMMENT ON COLUMN target.reference_t IS 'That CO2 in the target year without a plan, with the same factors [t]';
COMMENT ON COLUMN target.level_t IS 'CO2 that may be left in the target year; null of other targets [t]';
COMMENT ON COLUMN target.target_t IS 'CO2 that it asks to cut, per year: reference less level, not below 0; null of other targets [t]';
COMMENT ON COLUMN target.made_mwh IS 'Electricity of wind, sun and water made in the member, see table electricity_year; null of other targets, and where one of the three is not known [MWh]';
COMMENT ON COLUMN target.missing_mwh IS 'Renewable electricity that is still to be made, not below 0; null of other targets [MWh]';
COMMENT ON COLUMN target.complete IS 'Every stock is known, or the electricity used and made; otherwise energy, CO2 and target are too small by what is missing';

WITH source_error AS (
  SELECT t.country, t.muni_code, t.counts, if(e.value_status = 'estimated', e.source_id, e.stock) AS error_id,
    list(e.half_width ORDER BY e.stock) AS u, list(e.energy_mwh ORDER BY e.stock) AS mwh
  FROM plan.target t JOIN end_use e ON e.country = t.country AND e.muni_code = t.muni_code AND (t.industry OR NOT e.industry) AND t.one_stock IN ('-', e.stock)
  WHERE e.energy_mwh > 0 GROUP BY ALL),
all_errors AS (
  SELECT country, muni_code, counts, list(shared_half_width(u, mwh) ORDER BY error_id) AS u, list(list_aggregate(mwh, 'fsum') ORDER BY error_id) AS mwh
  FROM source_error GROUP BY ALL),
counted AS (
  SELECT t.plan, t.country, t.muni_code, t.kind, t.counts, t.value, t.year, t.basis_wanted, t.industry, t.one_stock, t.status,
    fsum(e.energy_mwh ORDER BY e.stock) AS raw_mwh, fsum(e.normalised_mwh ORDER BY e.stock) AS normalised_mwh,
    fsum(e.low_mwh ORDER BY e.stock) AS low_mwh, fsum(e.high_mwh ORDER BY e.stock) AS high_mwh,
    fsum(r.energy_mwh ORDER BY e.stock) AS raw_reference_mwh, fsum(r.normalised_mwh ORDER BY e.stock) AS normalised_reference_mwh,
    -- A stock of nothing has no factor, and emits nothing.
    fsum(if(e.energy_mwh = 0, 0, e.energy_mwh * c.factor_kg_per_mwh / 1000) ORDER BY e.stock) AS raw_t,
    fsum(if(e.energy_mwh = 0, 0, e.normalised_mwh * c.factor_kg_per_mwh / 1000) ORDER BY e.stock) AS normalised_t,
    fsum(if(e.energy_mwh = 0, 0, r.energy_mwh * c.factor_kg_per_mwh / 1000) ORDER BY e.stock) AS raw_reference_t,
    fsum(if(e.energy_mwh = 0, 0, r.normalised_mwh * c.factor_kg_per_mwh / 1000) ORDER BY e.stock) AS normalised_reference_t,
    count(e.normalised_mwh) = count(e.energy_mwh) AS weather_known, count(e.energy_mwh) = count(*) AS complete
  FROM plan.target t CROSS JOIN plan.plan p JOIN end_use e ON e.country = t.country AND e.muni_code = t.muni_code AND (t.industry OR NOT e.industry) AND t.one_stock IN ('-', e.stock)
  LEFT JOIN reference_use r ON r.country = e.country AND r.muni_code = e.muni_code AND r.stock = e.stock AND r.year = at_least(t.year, p.base_year)
  LEFT JOIN stock_emission c ON c.country = e.country AND c.muni_code = e.muni_code AND c.stock = e.stock
  WHERE t.counts <> 'renewable_electricity' GROUP BY ALL),
based AS (
  SELECT *, if(basis_wanted = 'normalised' AND weather_known, 'normalised', 'raw') AS basis,
    if(basis = 'normalised', normalised_mwh, raw_mwh) AS energy_mwh, if(basis = 'normalised', normalised_reference_mwh, raw_reference_mwh) AS reference_mwh,
    if(basis = 'normalised', normalised_t, raw_t) AS base_t, if(basis = 'normalised', normalised_reference_t, raw_reference_t) AS reference_t
  FROM counted),
levelled AS (
  SELECT *, CASE kind WHEN 'final_energy_share' THEN (1 + value) * energy_mwh WHEN 'final_energy_mwh' THEN value END AS level_mwh,
    CASE kind WHEN 'co2_share' THEN (1 + value) * base_t WHEN 'co2_t' THEN value WHEN 'fossil_free_heat' THEN 0 END AS level_t
  FROM based),
electricity AS (
  SELECT country, muni_code, max(energy_mwh) FILTER (flow = 'consumption')::DOUBLE AS used_mwh,
    if(count(energy_mwh) FILTER (flow <> 'consumption') = count(*) FILTER (flow <> 'consumption'), sum(energy_mwh) FILTER (flow <> 'consumption'), NULL)::DOUBLE AS made_mwh
  FROM electricity_year GROUP BY country, muni_code)
SELECT plan, country, muni_code, kind, counts, if(kind IN ('final_energy_share', 'co2_share'), value, NULL) AS value_share, year, basis, basis_wanted, industry, one_stock, status,
  round(energy_mwh, 3) AS energy_mwh, round(if(basis = 'raw', low_mwh, NULL), 3) AS low_mwh, round(if(basis = 'raw', high_mwh, NULL), 3) AS high_mwh,
  grade_of(independent_half_width(u, mwh)) AS grade, round(independent_half_width(u, mwh), 6) AS half_width,
  round(reference_mwh, 3) AS reference_mwh, round(level_mwh, 3) AS level_mwh, round(at_least(reference_mwh - level_mwh, 0), 3) AS target_mwh,
  round(base_t, 3) AS base_t, round(reference_t, 3) AS reference_t, round(level_t, 3) AS level_t, round(at_least(reference_t - level_t, 0), 3) AS target_t,
  NULL AS made_mwh, NULL AS missing_mwh, complete
FROM levelled LEFT JOIN all_errors USING (country, muni_code, counts)
UNION ALL
SELECT plan, country, muni_code, kind, counts, value, year, 'raw', basis_wanted, true, '-', status, used_mwh, NULL, NULL, NULL, NULL, NULL, round(value * used_mwh, 3), NULL, NULL, NULL, NULL, NULL,
  made_mwh, round(at_least(value * used_mwh - made_mwh, 0), 3), used_mwh IS NOT NULL AND made_mwh IS NOT NULL
FROM plan.target JOIN electricity USING (country, muni_code) WHERE counts = 'renewable_electricity';
