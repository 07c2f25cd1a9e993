-- End use: one row is a stock of energy use of a member on which measures act and from which its
-- target is counted. From final_use and heat_demand, each cell from the year nearest to the base year
-- in which it is known; where it is secret in all of them, the nearest estimate of it (secret_use). Beside each
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
COMMENT ON COLUMN end_use.low_mwh IS 'Sum of what its cells are at least: less than energy_mwh where a secret cell is estimated; energy_mwh itself where the plan states it. Cells that bound each other are added up as if they did not, so that the range may be wider than need be [MWh]';
COMMENT ON COLUMN end_use.high_mwh IS 'Sum of what its cells are at most, as low_mwh [MWh]';
COMMENT ON COLUMN end_use.normalised_mwh IS 'Final energy in a year of normal weather, with the degree days of the year of the figures; null when those are not known [MWh]';
COMMENT ON COLUMN end_use.climate_share IS 'Share of the energy that follows the weather [1]';
COMMENT ON COLUMN end_use.heat_mwh IS 'Useful heat at the building; null for stocks that are no heat [MWh]';
COMMENT ON COLUMN end_use.industry IS 'The stock is industry''s or business'' own';
COMMENT ON COLUMN end_use.value_status IS 'derived (from observed figures), estimated (with an assumed share, or with estimates of secret cells), observed or zero (as the plan itself states it) or not_available';
COMMENT ON COLUMN end_use.grade IS 'A to E. Begins at A for metered electricity, B for official statistics, C for modelled heat; one step lower when the year is not the base year, another when it is more than two years off, another with an assumed share; not above that of an estimate in it';
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
  ('heat_industry', 'IND', 'LIQ_F', 'all', true), ('heat_industry', 'IND', 'GAS_F', 'all', true), ('heat_industry', 'IND', 'SOL_R', 'all', true), ('heat_industry', 'IND', 'district_heat', 'all', true)),
known_year AS (
  SELECT f.country, f.muni_code, f.sector_id, f.carrier_id,
    arg_min(f.year, abs(f.year - b.base_year) * 2 + (f.year > b.base_year)::INTEGER) AS year,
    arg_min(f.energy_mwh, abs(f.year - b.base_year) * 2 + (f.year > b.base_year)::INTEGER)::DOUBLE AS energy_mwh,
    arg_min(f._origin, abs(f.year - b.base_year) * 2 + (f.year > b.base_year)::INTEGER) AS _origin
  FROM final_use f CROSS JOIN base b
  WHERE f.energy_mwh IS NOT NULL AND abs(f.year - b.base_year) <= reach
  GROUP BY ALL),
guessed_year AS (
  SELECT s.country, s.muni_code, s.sector_id, s.carrier_id,
    arg_min({year: s.year, energy_mwh: s.energy_mwh::DOUBLE, low_mwh: s.low_mwh::DOUBLE, high_mwh: s.high_mwh::DOUBLE, grade: s.grade, _origin: f._origin},
      abs(s.year - b.base_year) * 2 + (s.year > b.base_year)::INTEGER) AS cell
  FROM secret_use s CROSS JOIN base b JOIN final_use f USING (country, muni_code, year, sector_id, carrier_id)
  WHERE s.energy_mwh IS NOT NULL AND abs(s.year - b.base_year) <= reach
  GROUP BY ALL),
cell_year AS (
  SELECT country, muni_code, sector_id, carrier_id, year, energy_mwh, energy_mwh AS low_mwh, energy_mwh AS high_mwh, 0 AS estimate_grade, _origin FROM known_year
  UNION ALL
  SELECT country, muni_code, sector_id, carrier_id, cell.year, cell.energy_mwh, cell.low_mwh, cell.high_mwh, ord(cell.grade) - ord('A') + 1, cell._origin
  FROM guessed_year ANTI JOIN known_year USING (country, muni_code, sector_id, carrier_id)),
swedish_part AS (
  SELECT m.country, m.muni_code, c.stock, c.industry, c.sector_id, c.carrier_id, c.part <> 'all' AS assumed, y.year, y._origin, p.climate_share,
    y.energy_mwh * p.part_share AS energy_mwh, y.low_mwh * p.part_share AS low_mwh, y.high_mwh * p.part_share AS high_mwh, y.estimate_grade,
    normalised(y.energy_mwh * p.part_share, p.climate_share, g.degree_days_normal, g.degree_days) AS normalised_mwh
  FROM plan.member m CROSS JOIN swedish_cell c JOIN climate_share p USING (sector_id, carrier_id, part)
  LEFT JOIN cell_year y ON y.country = m.country AND y.muni_code = m.muni_code AND y.sector_id = c.sector_id AND y.carrier_id = c.carrier_id
  LEFT JOIN degree_year g ON g.country = m.country AND g.muni_code = m.muni_code AND g.year = y.year
  WHERE m.country = 'SE'),
swedish AS (
  SELECT country, muni_code, stock, industry, min(year) AS year, max(year) AS last_year, count(*) FILTER (energy_mwh IS NULL) AS missing,
    fsum(energy_mwh ORDER BY sector_id, carrier_id) AS energy_mwh,
    fsum(low_mwh ORDER BY sector_id, carrier_id) AS low_mwh, fsum(high_mwh ORDER BY sector_id, carrier_id) AS high_mwh,
    count(*) FILTER (estimate_grade > 0) AS guessed, max(coalesce(estimate_grade, 0)) AS estimate_grade,
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
danish_stock(stock, industry, alpha) AS (VALUES ('heat_fossil', false, 'alpha_dwelling'), ('heat_other', false, 'alpha_dwelling'), ('heat_district', false, 'alpha_dwelling'),
  ('heat_electric', false, 'alpha_dwelling'), ('heat_industry', true, 'alpha_industry_process'), ('electricity_household', false, 'alpha_electricity_non_heating'),
  ('electricity_service', false, 'alpha_electricity_non_heating'), ('electricity_business', true, 'alpha_electricity_non_heating')),
both_countries AS (
  SELECT country, muni_code, stock, industry, year, if(missing = 0, energy_mwh, NULL) AS energy_mwh, low_mwh, high_mwh, normalised_mwh, climate_share, assumed, guessed, estimate_grade, 'scb' AS source_id,
    CASE WHEN missing > 0 THEN missing || ' of its cells are known in no year near the base year, and cannot be estimated'
      WHEN last_year > year THEN 'cells of ' || year || ' to ' || last_year || ': those of ' || b.base_year || ' are secret or missing in part'
      WHEN year <> b.base_year THEN 'the nearest year whose cells are known' ELSE 'final use of the base year' END
      || if(guessed > 0, ', with ' || guessed || ' of its cells estimated because they are secret in every year near it', '') || if(assumed, ', with an assumed share of heating', '') AS reason,
    at_least(abs(year - b.base_year), abs(last_year - b.base_year)) AS off, 2 AS step, _origin
  FROM swedish CROSS JOIN base b
  UNION ALL
  SELECT m.country, m.muni_code, s.stock, s.industry, d.year, d.energy_mwh, d.energy_mwh, d.energy_mwh, normalised(d.energy_mwh, factor(s.alpha, 'DK', 0), g.degree_days_normal, g.degree_days), factor(s.alpha, 'DK', 0),
    coalesce(d.assumed, false), 0, 0, 'balmorel',
    CASE WHEN d.energy_mwh IS NULL THEN 'a figure that it is made of is not at hand' ELSE d.how || if(d.year <> b.base_year, '; of ' || d.year || ', the nearest year with data', '') END,
    abs(d.year - b.base_year), if(s.stock LIKE 'electricity%' OR s.stock = 'heat_electric', 1, 3), NULL
  FROM plan.member m CROSS JOIN danish_stock s CROSS JOIN base b LEFT JOIN danish d ON d.country = m.country AND d.muni_code = m.muni_code AND d.stock = s.stock
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
      CASE WHEN climate_share = 0 THEN own_value WHEN s.energy_mwh > 0 THEN s.normalised_mwh * own_value / s.energy_mwh END AS normalised_mwh,
      if(s.energy_mwh IS NULL, 3, step) AS step, if(s.energy_mwh IS NULL, 0, off) AS off, assumed AND s.energy_mwh IS NOT NULL AS assumed, 0 AS guessed, 0 AS estimate_grade),
    if(stated_by = 'correction', s.energy_mwh, NULL) AS published_mwh
  FROM stated s CROSS JOIN base b WHERE stated_by <> 'publisher'),
graded AS (
  SELECT *, CASE WHEN energy_mwh IS NULL THEN 'E'
    ELSE ['A', 'B', 'C', 'D', 'E'][at_most(at_least(step + (off > 0)::INTEGER + (off > 2)::INTEGER + assumed::INTEGER, estimate_grade), 5)] END AS grade FROM chosen)
SELECT b.plan, country, muni_code, stock, year, round(energy_mwh, 3) AS energy_mwh,
  round(if(energy_mwh IS NULL, NULL, low_mwh), 3) AS low_mwh, round(if(energy_mwh IS NULL, NULL, high_mwh), 3) AS high_mwh,
  round(normalised_mwh, 3) AS normalised_mwh, round(climate_share, 6) AS climate_share,
  round(CASE WHEN stock = 'heat_fossil' THEN energy_mwh * factor('measure_eff_gas_boiler', country, year) WHEN stock LIKE 'heat%' THEN energy_mwh END, 3) AS heat_mwh,
  industry, CASE WHEN energy_mwh IS NULL THEN 'not_available' WHEN stated_by <> 'publisher' THEN if(energy_mwh = 0, 'zero', 'observed') WHEN assumed OR guessed > 0 THEN 'estimated' ELSE 'derived' END AS value_status,
  grade, if(energy_mwh IS NULL, NULL, factor('quality_half_width_' || lower(grade), country, year)) AS half_width,
  CASE stated_by WHEN 'publisher' THEN reason WHEN 'figure' THEN 'stated by the plan itself: publishers'' figures do not make it' ELSE 'corrected by the plan itself; publishers'' figures: ' || reason END AS reason,
  if(stated_by = 'figure', 'own', source_id) AS source_id, stated_by, round(published_mwh, 3) AS published_mwh, list_concat(if(source_id = 'scb', _origin, NULL), own_origin) AS _origin
FROM graded CROSS JOIN base b;
