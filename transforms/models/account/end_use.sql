-- End use: one row is a stock of energy use of a member on which measures act and from which its
-- target is counted. From final_use, heat_demand and added_flow (Danish district heat), each cell of the base year; where that is not printed, of the
-- nearest year in which it is, or as it is estimated between bounds (secret_use), whichever is closer. Beside each
-- figure stands what it would be in a year of normal weather.
CREATE TABLE end_use (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, stock VARCHAR, year SMALLINT, energy_mwh DOUBLE, low_mwh DOUBLE, high_mwh DOUBLE, normalised_mwh DOUBLE, climate_share DOUBLE, heat_mwh DOUBLE, industry BOOLEAN,
  value_status VARCHAR, grade VARCHAR, half_width DOUBLE, reason VARCHAR, source_id VARCHAR, stated_by VARCHAR, published_mwh DOUBLE);
COMMENT ON TABLE end_use IS 'Stocks of energy use: what measures can act on, and the base of the targets. Transport is not among them, nor in Sweden agriculture and the smaller carriers. key: plan, country, muni_code, stock';
COMMENT ON COLUMN end_use.plan IS 'The plan, by its id';
COMMENT ON COLUMN end_use.country IS 'Country: DK or SE';
COMMENT ON COLUMN end_use.muni_code IS 'Municipality code';
COMMENT ON COLUMN end_use.stock IS 'heat_fossil (own oil or gas boiler), heat_other (other own heating), heat_district, heat_electric (electricity that heats houses), heat_industry, electricity_household, electricity_service, electricity_business';
COMMENT ON COLUMN end_use.year IS 'Year whose figures are used: the base year, or the nearest with data [year]';
COMMENT ON COLUMN end_use.energy_mwh IS 'Final energy, delivered; null when no year has it [MWh]';
COMMENT ON COLUMN end_use.low_mwh IS 'Sum of what its cells are at least in the base year: the figure itself where it is printed or the plan states it; of a cell that is secret what the sums leave; of a figure of another year, where no sum bounds it, what its grade leaves. Cells that bound each other are added up as if they did not, so that the range may be wider than need be [MWh]';
COMMENT ON COLUMN end_use.high_mwh IS 'Sum of what its cells are at most, as low_mwh [MWh]';
COMMENT ON COLUMN end_use.normalised_mwh IS 'Final energy in a year of normal weather, with the degree days of the year of the figures; null when those are not known, and the figure itself where its climate share is 0 [MWh]';
COMMENT ON COLUMN end_use.climate_share IS 'Share of the energy that follows the weather [1]';
COMMENT ON COLUMN end_use.heat_mwh IS 'Useful heat at the building; null for stocks that are no heat [MWh]';
COMMENT ON COLUMN end_use.industry IS 'The stock is industry''s or business'' own';
COMMENT ON COLUMN end_use.value_status IS 'derived (from observed figures), estimated (with an assumed share, or with estimates of secret cells), observed or zero (as the plan itself states it) or not_available';
COMMENT ON COLUMN end_use.grade IS 'A to E. Begins at A for metered electricity, B for official statistics, C for modelled heat, D for district heat by the account; one step lower when the year is not the base year, another when it is more than two years off, another with an assumed share. In Sweden each cell has its own, of an estimate that of its bounds, and the stock the first whose half-width reaches their mean, weighted with the energy';
COMMENT ON COLUMN end_use.half_width IS 'Half of the range of energy_mwh as a share of it, 95 %, as the grade says; null when energy_mwh is [1]';
COMMENT ON COLUMN end_use.reason IS 'How it was made of the publisher''s figures, and why of that year';
COMMENT ON COLUMN end_use.source_id IS 'Publisher, see table source';
COMMENT ON COLUMN end_use.stated_by IS 'publisher: made of publishers'' figures; or the plan itself: correction (see table correction) or figure (see table own_figure)';
COMMENT ON COLUMN end_use.published_mwh IS 'Final energy as publishers'' figures make it, where the plan corrects it; else null [MWh]';

WITH base AS (SELECT plan, base_year, factor('base_year_distance_max', '-', 0) AS reach FROM plan.plan),
-- Sweden: cells of the final-use table that make up a stock.
swedish_cell(stock, sector_id, carrier_id, part, industry) AS (VALUES
  ('heat_fossil', 'HOUS_DET', 'LIQ_F', 'all', false), ('heat_fossil', 'HOUS_DET', 'GAS_F', 'all', false),
  ('heat_fossil', 'HOUS_APT', 'LIQ_F', 'all', false), ('heat_fossil', 'HOUS_APT', 'GAS_F', 'all', false),
  ('heat_other', 'HOUS_DET', 'SOL_R', 'all', false),
  ('heat_district', 'HOUS_DET', 'district_heat', 'all', false), ('heat_district', 'HOUS_APT', 'district_heat', 'all', false),
  ('heat_district', 'SERV_PUB', 'district_heat', 'all', false), ('heat_district', 'SERV_PRV', 'district_heat', 'all', false),
  ('heat_electric', 'HOUS_DET', 'electricity', 'heating', false),
  ('electricity_household', 'HOUS_DET', 'electricity', 'other', false), ('electricity_household', 'HOUS_APT', 'electricity', 'all', false), ('electricity_household', 'HOUS_SUM', 'electricity', 'all', false),
  ('electricity_service', 'SERV_PUB', 'electricity', 'all', false), ('electricity_service', 'SERV_PRV', 'electricity', 'all', false),
  ('electricity_business', 'IND', 'electricity', 'all', true),
  ('heat_industry', 'IND', 'LIQ_F', 'all', true), ('heat_industry', 'IND', 'GAS_F', 'all', true), ('heat_industry', 'IND', 'SOL_R', 'all', true), ('heat_industry', 'IND', 'district_heat', 'all', true),
  ('heat_industry', 'IND', 'LIQ_R', 'all', true), ('heat_industry', 'IND', 'GAS_R', 'all', true)),
known_year AS (
  SELECT f.country, f.muni_code, f.sector_id, f.carrier_id,
    arg_min(f.year, abs(f.year - b.base_year) * 2 + (f.year > b.base_year)::INTEGER) AS year,
    arg_min(f.energy_mwh, abs(f.year - b.base_year) * 2 + (f.year > b.base_year)::INTEGER)::DOUBLE AS energy_mwh,
    arg_min(f._origin, abs(f.year - b.base_year) * 2 + (f.year > b.base_year)::INTEGER) AS _origin
  FROM final_use f CROSS JOIN base b
  WHERE f.energy_mwh IS NOT NULL AND abs(f.year - b.base_year) <= reach
  GROUP BY ALL),
-- What may be said of a secret cell that the plan does not state itself.
secret_cell AS (
  SELECT s.country, s.muni_code, s.sector_id, s.carrier_id, s.year, s.energy_mwh::DOUBLE AS energy_mwh, s.low_mwh::DOUBLE AS low_mwh, s.high_mwh::DOUBLE AS high_mwh, ord(s.grade) - ord('A') + 1 AS step, f._origin
  FROM secret_use s CROSS JOIN base b JOIN final_use f USING (country, muni_code, year, sector_id, carrier_id)
  WHERE s.low_mwh IS NOT NULL AND f.energy_mwh IS NULL AND abs(s.year - b.base_year) <= reach),
-- A figure as it is printed in the nearest year, with its grade there and how far it may be off in the base year.
printed AS (
  SELECT k.*, k.year <> b.base_year AS other_year, if(country = 'DK', 1, 2) + (k.year <> b.base_year)::INTEGER + (abs(k.year - b.base_year) > 2)::INTEGER AS step,
    CASE WHEN k.year = b.base_year THEN 0 WHEN abs(k.year - b.base_year) <= 2 THEN factor('quality_half_width_c', k.country, b.base_year) ELSE factor('quality_half_width_d', k.country, b.base_year) END AS half_width
  FROM known_year k CROSS JOIN base b),
-- Secret cells of a sector in the base year that all belong to one stock: the printed total says what they are together.
settled AS (
  SELECT f.country, f.muni_code, f.sector_id, true AS settled
  FROM final_use f JOIN base b ON f.year = b.base_year LEFT JOIN swedish_cell c ON c.sector_id = f.sector_id AND c.carrier_id = f.carrier_id AND c.part = 'all'
  LEFT JOIN secret_cell s ON s.country = f.country AND s.muni_code = f.muni_code AND s.year = f.year AND s.sector_id = f.sector_id AND s.carrier_id = f.carrier_id
  WHERE f.country = 'SE' AND f.value_status <> 'not_applicable' GROUP BY f.country, f.muni_code, f.sector_id
  HAVING count(f.energy_mwh) FILTER (f.carrier_id = 'TOTAL') = 1 AND count(DISTINCT c.stock) FILTER (f.energy_mwh IS NULL) = 1
    AND bool_and(s.energy_mwh IS NOT NULL AND c.stock IS NOT NULL) FILTER (f.energy_mwh IS NULL)),
-- What is secret in the base year is either printed in another or estimated: the estimate counts where its bounds are
-- closer than the grade of the other year's figure, and where that lies outside of them.
weighed AS (
  SELECT p.*, h.year AS base_year, h.energy_mwh AS estimate_mwh, h.low_mwh, h.high_mwh, h.step AS estimate_step, h._origin AS estimate_origin, coalesce(t.settled, false) AND h.year IS NOT NULL AS settled,
    coalesce(h.energy_mwh IS NOT NULL AND (t.settled OR p.energy_mwh < h.low_mwh OR p.energy_mwh > h.high_mwh OR at_least(h.energy_mwh - h.low_mwh, h.high_mwh - h.energy_mwh) < p.energy_mwh * p.half_width), false) AS estimated
  FROM printed p LEFT JOIN (SELECT s.* FROM secret_cell s JOIN base b ON s.year = b.base_year) h USING (country, muni_code, sector_id, carrier_id) LEFT JOIN settled t USING (country, muni_code, sector_id)),
guessed_year AS (
  SELECT country, muni_code, sector_id, carrier_id,
    arg_min({year: year, energy_mwh: energy_mwh, low_mwh: low_mwh, high_mwh: high_mwh, step: step, _origin: _origin}, abs(year - b.base_year) * 2 + (year > b.base_year)::INTEGER) AS cell, any_value(b.base_year) AS base_year
  FROM secret_cell ANTI JOIN known_year USING (country, muni_code, sector_id, carrier_id) CROSS JOIN base b WHERE energy_mwh IS NOT NULL GROUP BY ALL),
cell_year AS (
  SELECT country, muni_code, sector_id, carrier_id, if(estimated, base_year, year) AS year, if(estimated, estimate_mwh, at_most(at_least(energy_mwh, coalesce(low_mwh, energy_mwh)), coalesce(high_mwh, energy_mwh))) AS energy_mwh,
    if(settled, estimate_mwh, coalesce(low_mwh, energy_mwh * (1 - half_width))) AS low_mwh, if(settled, estimate_mwh, coalesce(high_mwh, energy_mwh * (1 + half_width))) AS high_mwh,
    CASE WHEN settled THEN 2 WHEN estimated THEN estimate_step ELSE step END AS step, estimated AND NOT settled AS estimated, settled, if(estimated, estimate_origin, _origin) AS _origin
  FROM weighed
  UNION ALL
  SELECT country, muni_code, sector_id, carrier_id, cell.year, cell.energy_mwh,
    CASE WHEN settled THEN cell.energy_mwh WHEN cell.year = base_year THEN cell.low_mwh ELSE cell.low_mwh * (1 - factor('quality_half_width_d', country, base_year)) END,
    CASE WHEN settled THEN cell.energy_mwh WHEN cell.year = base_year THEN cell.high_mwh ELSE cell.high_mwh * (1 + factor('quality_half_width_d', country, base_year)) END,
    if(settled, 2, at_most(cell.step + (cell.year <> base_year)::INTEGER, 5)), settled IS NULL, settled IS NOT NULL, cell._origin
  FROM guessed_year LEFT JOIN settled USING (country, muni_code, sector_id)),
swedish_part AS (
  SELECT m.country, m.muni_code, c.stock, c.industry, c.sector_id, c.carrier_id, c.part <> 'all' AS assumed, y.year, y._origin, p.climate_share,
    y.energy_mwh * p.part_share AS energy_mwh, y.low_mwh * p.part_share AS low_mwh, y.high_mwh * p.part_share AS high_mwh, y.estimated, y.settled,
    factor('quality_half_width_' || ['a', 'b', 'c', 'd', 'e'][at_most(y.step + (c.part <> 'all')::INTEGER, 5)], 'SE', 0) AS half_width,
    normalised(y.energy_mwh * p.part_share, p.climate_share, g.degree_days_normal, g.degree_days) AS normalised_mwh
  FROM plan.member m CROSS JOIN swedish_cell c JOIN climate_share p USING (sector_id, carrier_id, part)
  LEFT JOIN cell_year y ON y.country = m.country AND y.muni_code = m.muni_code AND y.sector_id = c.sector_id AND y.carrier_id = c.carrier_id
  LEFT JOIN degree_year g ON g.country = m.country AND g.muni_code = m.muni_code AND g.year = y.year
  WHERE m.country = 'SE'),
swedish AS (
  SELECT country, muni_code, stock, industry, min(year) AS year, max(year) AS last_year, count(*) FILTER (energy_mwh IS NULL) AS missing,
    fsum(energy_mwh ORDER BY sector_id, carrier_id) AS energy_mwh,
    fsum(low_mwh ORDER BY sector_id, carrier_id) AS low_mwh, fsum(high_mwh ORDER BY sector_id, carrier_id) AS high_mwh,
    count(*) FILTER (estimated) AS guessed, bool_or(settled) AS settled, fsum(energy_mwh * half_width ORDER BY sector_id, carrier_id) / nullif(fsum(energy_mwh ORDER BY sector_id, carrier_id), 0) AS half_width,
    if(count(normalised_mwh) = count(*), fsum(normalised_mwh ORDER BY sector_id, carrier_id), NULL) AS normalised_mwh,
    coalesce(fsum(energy_mwh * climate_share ORDER BY sector_id, carrier_id) / nullif(fsum(energy_mwh ORDER BY sector_id, carrier_id), 0), max(climate_share)) AS climate_share,
    max(assumed) AS assumed, flatten(list(_origin ORDER BY sector_id, carrier_id)) AS _origin
  FROM swedish_part GROUP BY ALL),
-- Denmark: electricity by user, heat demand split by the municipal indicator of fossil heating.
heat AS (
  SELECT h.country, h.muni_code, h.year,
    max(h.heat_mwh) FILTER (h.kind = 'individual')::DOUBLE AS individual, max(h.heat_mwh) FILTER (h.kind = 'district')::DOUBLE AS district,
    if(count(*) FILTER (h.kind LIKE 'industry%' AND h.heat_mwh IS NULL) = 0, fsum(h.heat_mwh::DOUBLE ORDER BY h.kind) FILTER (h.kind LIKE 'industry%'), NULL) AS industry
  FROM heat_demand h GROUP BY ALL),
danish_heat AS (
  SELECT h.*, d.fossil_direct_share IS NULL AS assumed,
    -- The indicator is a share of all heated floor area; of the individually heated part it is more.
    CASE WHEN d.fossil_direct_share IS NULL THEN factor('fossil_share_individual_heat', 'DK', h.year)
      WHEN h.individual = 0 THEN 0
      ELSE at_most(d.fossil_direct_share * (h.individual + h.district * (1 - factor('dh_loss_rate', 'DK', h.year))) / h.individual, 1) END AS fossil_share
  FROM heat h LEFT JOIN raw.dn_dwelling_heating d USING (country, muni_code)),
-- Household electricity above what a head uses where hardly anybody heats with it is taken as heating,
-- and out of the other individual heating, so that no MWh counts twice.
head AS (
  SELECT country, muni_code, arg_min(population, abs(date_diff('day', date, make_date(b.base_year, 7, 1)))) AS persons FROM population CROSS JOIN base b GROUP BY ALL),
household AS (
  SELECT c.country, c.muni_code, c.year, c.energy_mwh, at_least(c.energy_mwh - h.persons * factor('household_electricity_per_capita', 'DK', 2023), 0) AS heating_mwh
  FROM cell_year c LEFT JOIN head h USING (country, muni_code) WHERE c.country = 'DK' AND c.carrier_id = 'electricity' AND c.sector_id = 'HOUS'),
danish AS (
  SELECT country, muni_code, year, false AS industry, 'heat_fossil' AS stock, individual * fossil_share / factor('measure_eff_gas_boiler', 'DK', year) AS energy_mwh, assumed,
    if(assumed, 'individual heat demand, an assumed half of it from oil and gas boilers', 'individual heat demand, the part that the indicator of fossil heating gives to oil and gas boilers') AS how FROM danish_heat
  UNION ALL SELECT h.country, h.muni_code, h.year, false, 'heat_other', at_least(h.individual * (1 - h.fossil_share) - e.heating_mwh, 0), true, 'individual heat demand that is neither from oil and gas boilers nor from the electricity in heat_electric'
    FROM danish_heat h LEFT JOIN household e USING (country, muni_code)
  UNION ALL SELECT country, muni_code, year, false, 'heat_district', district * (1 - factor('dh_loss_rate', 'DK', year)), true, 'district heat demand less an assumed network loss' FROM danish_heat
  UNION ALL SELECT country, muni_code, year, true, 'heat_industry', industry, false, 'process heat of all temperatures' FROM danish_heat
  UNION ALL SELECT country, muni_code, year, false, 'heat_electric', heating_mwh, true, 'household electricity above ' || factor('household_electricity_per_capita', 'DK', 2023) || ' MWh per inhabitant' FROM household
  UNION ALL SELECT country, muni_code, year, false, 'electricity_household', energy_mwh - heating_mwh, false, 'metered electricity, without that in heat_electric' FROM household
  UNION ALL
  SELECT country, muni_code, year, sector_id = 'BUS', CASE sector_id WHEN 'SERV_PUB' THEN 'electricity_service' ELSE 'electricity_business' END,
    energy_mwh, false, 'metered electricity' FROM cell_year WHERE country = 'DK' AND carrier_id = 'electricity' AND sector_id <> 'HOUS'),
-- The account has district heat by network: it counts where it is of a year nearer to the base year, and better known.
account AS (
  SELECT country, muni_code, arg_min({year: year, energy_mwh: energy_mwh::DOUBLE, step: ord(grade) - ord('A') + 1}, abs(year - b.base_year) * 2 + (year > b.base_year)::INTEGER) AS nearest
  FROM added_flow CROSS JOIN base b WHERE country = 'DK' AND flow = 'FINAL' AND carrier_id = 'district_heat' GROUP BY country, muni_code),
nearer AS (
  SELECT a.country, a.muni_code, a.nearest.year AS year, false AS industry, 'heat_district' AS stock, a.nearest.energy_mwh AS energy_mwh, false AS assumed, 'the municipality''s share of its networks'' heat, see the energy balance' AS how,
    a.nearest.step AS step, 1 AS guessed, 'energistyrelsen' AS source_id
  FROM account a CROSS JOIN base b LEFT JOIN danish d ON d.country = a.country AND d.muni_code = a.muni_code AND d.stock = 'heat_district'
  WHERE d.energy_mwh IS NULL OR abs(a.nearest.year - b.base_year) < abs(d.year - b.base_year)
    AND at_most(a.nearest.step + (a.nearest.year <> b.base_year)::INTEGER + (abs(a.nearest.year - b.base_year) > 2)::INTEGER, 5) < at_most(4 + (d.year <> b.base_year)::INTEGER + (abs(d.year - b.base_year) > 2)::INTEGER, 5)),
danish_figure AS (
  SELECT *, if(stock LIKE 'electricity%' OR stock = 'heat_electric', 1, 3) AS step, 0 AS guessed, 'balmorel' AS source_id FROM danish ANTI JOIN nearer USING (country, muni_code, stock)
  UNION ALL BY NAME FROM nearer),
danish_stock(stock, industry, alpha) AS (VALUES ('heat_fossil', false, 'alpha_dwelling'), ('heat_other', false, 'alpha_dwelling'), ('heat_district', false, 'alpha_dwelling'),
  ('heat_electric', false, 'alpha_dwelling'), ('heat_industry', true, 'alpha_industry_process'), ('electricity_household', false, 'alpha_electricity_non_heating'),
  ('electricity_service', false, 'alpha_electricity_non_heating'), ('electricity_business', true, 'alpha_electricity_non_heating')),
both_countries AS (
  SELECT country, muni_code, stock, industry, year, if(missing = 0, energy_mwh, NULL) AS energy_mwh, low_mwh, high_mwh, normalised_mwh, climate_share, assumed, guessed, half_width, 'scb' AS source_id,
    CASE WHEN missing > 0 THEN missing || ' of its cells are known in no year near the base year, and cannot be estimated'
      WHEN last_year > year THEN 'cells of ' || year || ' to ' || last_year || ': those of ' || b.base_year || ' are secret or missing in part'
      WHEN year <> b.base_year THEN 'the nearest year whose cells are known' ELSE 'final use of the base year' END
      || if(guessed > 0, ', with ' || guessed || ' of its cells estimated between bounds because they are secret', '')
      || if(settled, '; its secret cells together are what the total leaves', '') || if(assumed, ', with an assumed share of heating', '') AS reason,
    at_least(abs(year - b.base_year), abs(last_year - b.base_year)) AS off, 2 AS step, _origin
  FROM swedish CROSS JOIN base b
  UNION ALL
  SELECT m.country, m.muni_code, s.stock, s.industry, d.year, d.energy_mwh, d.energy_mwh, d.energy_mwh, normalised(d.energy_mwh, factor(s.alpha, 'DK', 0), g.degree_days_normal, g.degree_days), factor(s.alpha, 'DK', 0),
    coalesce(d.assumed, false), coalesce(d.guessed, 0), NULL, coalesce(d.source_id, 'balmorel'),
    CASE WHEN d.energy_mwh IS NULL THEN 'a figure that it is made of is not at hand' ELSE d.how || if(d.year <> b.base_year, '; of ' || d.year || ', the nearest year with data', '') END,
    abs(d.year - b.base_year), coalesce(d.step, 3), NULL
  FROM plan.member m CROSS JOIN danish_stock s CROSS JOIN base b LEFT JOIN danish_figure d ON d.country = m.country AND d.muni_code = m.muni_code AND d.stock = s.stock
  LEFT JOIN degree_year g ON g.country = m.country AND g.muni_code = m.muni_code AND g.year = d.year
  WHERE m.country = 'DK'),
-- What the plan states itself takes the place of the figure, with the grade of that without its estimates, or C where there is none.
stated AS (
  SELECT u.*, o.own_value, o.own_origin, CASE WHEN o.corrects THEN 'correction' WHEN o.country IS NOT NULL AND u.energy_mwh IS NULL THEN 'figure' ELSE 'publisher' END AS stated_by
  FROM both_countries u LEFT JOIN own_cell o ON o.table_name = 'end_use' AND o.country = u.country AND o.muni_code = u.muni_code AND o.cell = u.stock),
chosen AS (
  SELECT s.* EXCLUDE (own_value), NULL AS published_mwh FROM stated s WHERE stated_by = 'publisher'
  UNION ALL BY NAME
  SELECT s.* EXCLUDE (own_value) REPLACE (coalesce(s.year, b.base_year) AS year, own_value AS energy_mwh, own_value AS low_mwh, own_value AS high_mwh,
      CASE WHEN own_value = 0 THEN own_value WHEN s.energy_mwh > 0 THEN s.normalised_mwh * own_value / s.energy_mwh END AS normalised_mwh,
      if(s.energy_mwh IS NULL, 3, step) AS step, if(s.energy_mwh IS NULL, 0, off) AS off, assumed AND s.energy_mwh IS NOT NULL AS assumed, 0 AS guessed, NULL AS half_width),
    if(stated_by = 'correction', s.energy_mwh, NULL) AS published_mwh
  FROM stated s CROSS JOIN base b WHERE stated_by <> 'publisher'),
graded AS (
  SELECT * EXCLUDE (half_width), CASE WHEN energy_mwh IS NULL THEN 'E'
    WHEN round(half_width, 6) <= factor('quality_half_width_b', 'SE', 0) THEN 'B' WHEN round(half_width, 6) <= factor('quality_half_width_c', 'SE', 0) THEN 'C'
    WHEN round(half_width, 6) <= factor('quality_half_width_d', 'SE', 0) THEN 'D' WHEN half_width IS NOT NULL THEN 'E'
    ELSE ['A', 'B', 'C', 'D', 'E'][at_most(step + (off > 0)::INTEGER + (off > 2)::INTEGER + assumed::INTEGER, 5)] END AS grade FROM chosen),
ranged AS (SELECT *, if(energy_mwh IS NULL, NULL, factor('quality_half_width_' || lower(grade), country, year)) AS half_width FROM graded),
-- A Danish figure of another year, or that is shared by a key, may be off as far as its grade says.
spread AS (SELECT *, if(country = 'DK' AND (off > 0 OR guessed > 0) AND stated_by = 'publisher', energy_mwh * half_width, 0) AS beside FROM ranged)
SELECT b.plan, country, muni_code, stock, year, round(energy_mwh, 3) AS energy_mwh,
  round(if(energy_mwh IS NULL, NULL, low_mwh - beside), 3) AS low_mwh, round(if(energy_mwh IS NULL, NULL, high_mwh + beside), 3) AS high_mwh,
  -- What follows the weather to less than is shown of its share does not follow it.
  round(if(round(climate_share, 6) = 0, energy_mwh, normalised_mwh), 3) AS normalised_mwh, round(climate_share, 6) AS climate_share,
  round(CASE WHEN stock = 'heat_fossil' THEN energy_mwh * factor('measure_eff_gas_boiler', country, year) WHEN stock LIKE 'heat%' THEN energy_mwh END, 3) AS heat_mwh,
  industry, CASE WHEN energy_mwh IS NULL THEN 'not_available' WHEN stated_by <> 'publisher' THEN if(energy_mwh = 0, 'zero', 'observed') WHEN assumed OR guessed > 0 THEN 'estimated' ELSE 'derived' END AS value_status,
  grade, half_width,
  CASE stated_by WHEN 'publisher' THEN reason WHEN 'figure' THEN 'stated by the plan itself: publishers'' figures do not make it' ELSE 'corrected by the plan itself; publishers'' figures: ' || reason END AS reason,
  if(stated_by = 'figure', 'own', source_id) AS source_id, stated_by, round(published_mwh, 3) AS published_mwh, list_concat(if(source_id = 'scb', _origin, NULL), own_origin) AS _origin
FROM spread CROSS JOIN base b;
