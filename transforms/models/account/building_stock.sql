-- Building stock: one row is the dwellings of a type of a member, or all of them (ALL), with the heat that the model of
-- buildings gives them. The row ALL holds it against the heat of homes in end_use. From the register's heated area
-- (raw.dst_building), else dwellings by their mean size (raw.fu_dwelling), and end_use.
CREATE TABLE building_stock (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, dwelling_type VARCHAR, dwellings BIGINT, area_m2 DOUBLE, area_basis VARCHAR, area_year SMALLINT,
  district_m2 DOUBLE, oil_gas_m2 DOUBLE, other_m2 DOUBLE, age_mix VARCHAR, heat_demand_kwh_m2 DOUBLE, model_heat_mwh DOUBLE,
  account_heat_mwh DOUBLE, weather VARCHAR, calibration_k DOUBLE, calibrated_kwh_m2 DOUBLE, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, reason VARCHAR, source_id VARCHAR);
COMMENT ON TABLE building_stock IS 'Dwellings of the members by type, their floor and net heat demand with hot water, and the factor that puts the model at the level of the account. Homes of the whole year, no summer houses and no halls of residence. Only of members whose dwellings or their floor a publisher states: in Sweden none at hand does. key: plan, country, muni_code, dwelling_type';
COMMENT ON COLUMN building_stock.plan IS 'The plan, by its id';
COMMENT ON COLUMN building_stock.country IS 'Country: DK or SE';
COMMENT ON COLUMN building_stock.muni_code IS 'Municipality code';
COMMENT ON COLUMN building_stock.dwelling_type IS 'detached (farmhouses among them), terraced (linked and double houses among them), apartment, or ALL';
COMMENT ON COLUMN building_stock.dwellings IS 'Occupied dwellings, newest year; null where the publisher has no figure [1]';
COMMENT ON COLUMN building_stock.area_m2 IS 'Floor. By the register: heated area of the buildings of the type. By dwellings: of ALL, dwellings by the member''s mean dwelling; of a type its part of that, by the usual floor of the types (factors building_floor_*). Null where one of these is not known [m2]';
COMMENT ON COLUMN building_stock.area_basis IS 'register: measured, heated area of buildings in the register of buildings and dwellings (BBR), which counts wherever it has all types; dwellings: dwellings by mean size; null where area_m2 is';
COMMENT ON COLUMN building_stock.area_year IS 'Year of the register, 1 January; null by dwellings, whose publisher does not state it [year]';
COMMENT ON COLUMN building_stock.district_m2 IS 'Of area_m2 by the register: with district heating installed; null by dwellings [m2]';
COMMENT ON COLUMN building_stock.oil_gas_m2 IS 'Of area_m2 by the register: with a boiler or stove for oil or natural gas installed; null by dwellings [m2]';
COMMENT ON COLUMN building_stock.other_m2 IS 'Of area_m2 by the register: with solid fuel, a heat pump, electricity, another or no installation; null by dwellings [m2]';
COMMENT ON COLUMN building_stock.age_mix IS 'Ages of the buildings: default, because they are not known: a share is of before 1979 (factor building_share_pre1979), and the classes of age before and since then weigh the same among themselves';
COMMENT ON COLUMN building_stock.heat_demand_kwh_m2 IS 'Net heat demand of the model in a year of normal weather, with hot water: mean of the factors heat_demand_* of the type by age_mix; of ALL the mean by floor [kWh/m2]';
COMMENT ON COLUMN building_stock.model_heat_mwh IS 'Floor by heat demand: what the model gives the dwellings before it is calibrated [MWh]';
COMMENT ON COLUMN building_stock.account_heat_mwh IS 'Of ALL: useful heat of homes by end_use, an assumed share (factor building_dwelling_share_heat) of heat_fossil, heat_other and heat_district and all of heat_electric; null of a type, and where one of these is not known [MWh]';
COMMENT ON COLUMN building_stock.weather IS 'Year that account_heat_mwh and the calibration are of: normal, or actual where the degree days of one of its figures are not known; null where there is no calibration';
COMMENT ON COLUMN building_stock.calibration_k IS 'The member''s account_heat_mwh over its model_heat_mwh; outside of the range of factor building_k_factor_range check P24 warns; null where either is not known [1]';
COMMENT ON COLUMN building_stock.calibrated_kwh_m2 IS 'Heat demand by calibration_k; that of ALL sets the floor behind the measures on the member''s heat [kWh/m2]';
COMMENT ON COLUMN building_stock.value_status IS 'estimated (from observed dwellings, with assumed ages) or not_available';
COMMENT ON COLUMN building_stock.grade IS 'The ages are assumed. C: the floor is the register''s; D: it is made of dwellings, and shared among the types; E where a figure is not available';
COMMENT ON COLUMN building_stock.half_width IS 'Half of the range of area_m2 and of the heat by floor as a share of it, 95 %, as the grade says; null where area_m2 is [1]';
COMMENT ON COLUMN building_stock.reason IS 'How it was made, or which figure is missing';
COMMENT ON COLUMN building_stock.source_id IS 'Publisher of the floor, see table source';

WITH class(dwelling_type, old, factor_id) AS (VALUES
  ('detached', true, 'heat_demand_dk_detached_pre1930'), ('detached', true, 'heat_demand_dk_detached_1931_1950'), ('detached', true, 'heat_demand_dk_detached_1951_1960'),
  ('detached', true, 'heat_demand_dk_detached_1961_1972'), ('detached', true, 'heat_demand_dk_detached_1973_1978'),
  ('detached', false, 'heat_demand_dk_detached_1979_1998'), ('detached', false, 'heat_demand_dk_detached_1999_2006'), ('detached', false, 'heat_demand_dk_detached_2007'),
  ('terraced', true, 'heat_demand_dk_terraced_1921_1962'), ('terraced', true, 'heat_demand_dk_terraced_1963_1978'), ('terraced', false, 'heat_demand_dk_terraced_1979_1998'),
  ('apartment', true, 'heat_demand_dk_apartment_pre1945'), ('apartment', true, 'heat_demand_dk_apartment_1945_1969'), ('apartment', true, 'heat_demand_dk_apartment_1970_1979'),
  ('apartment', false, 'heat_demand_dk_apartment_1980_1989'), ('apartment', false, 'heat_demand_dk_apartment_1990_1999'), ('apartment', false, 'heat_demand_dk_apartment_2000_2010'),
  ('apartment', false, 'heat_demand_dk_apartment_2011')),
part AS (
  SELECT dwelling_type, old, fsum(factor(factor_id, 'DK', 0) ORDER BY factor_id) / count(*) AS kwh_m2 FROM class GROUP BY ALL),
demand AS (
  SELECT dwelling_type, factor('building_floor_dk_' || dwelling_type, 'DK', 0) AS floor_m2,
    fsum(kwh_m2 * if(old, factor('building_share_pre1979', 'DK', 0), 1 - factor('building_share_pre1979', 'DK', 0)) ORDER BY old) AS kwh_m2
  FROM part GROUP BY ALL),
dwelling AS (
  SELECT m.plan, m.country, m.muni_code, t.dwelling_type, t.dwellings, d.mean_area_m2::DOUBLE AS mean_m2, d._origin
  FROM plan.member m JOIN raw.fu_dwelling d USING (country, muni_code),
    LATERAL (VALUES ('detached', d.detached_dwellings), ('terraced', d.terraced_dwellings), ('apartment', d.apartment_dwellings)) t(dwelling_type, dwellings)),
-- The usual floors say how the member's floor is shared among the types, not how large it is.
usual AS (
  SELECT country, muni_code, sum(w.dwellings)::BIGINT AS dwellings, fsum(w.dwellings * q.floor_m2 ORDER BY dwelling_type) AS floor_m2
  FROM dwelling w JOIN demand q USING (dwelling_type) GROUP BY ALL HAVING count(w.dwellings) = count(*)),
-- Farmhouses are detached houses. The newest year counts of which the area of all three types is known.
heated AS (
  SELECT country, muni_code, year, dwelling_type, sum(heated_area_m2)::DOUBLE AS area_m2, coalesce(sum(heated_area_m2) FILTER (heating_code = '1'), 0)::DOUBLE AS district_m2,
    coalesce(sum(heated_area_m2) FILTER (heating_code IN ('2', '3', '6')), 0)::DOUBLE AS oil_gas_m2, flatten(list(_origin ORDER BY heating_code, use_code)) AS _origin
  FROM raw.dst_building JOIN (VALUES ('110', 'detached'), ('120', 'detached'), ('130', 'terraced'), ('140', 'apartment')) u(use_code, dwelling_type) USING (use_code)
  GROUP BY ALL HAVING count(heated_area_m2) = count(*)),
newest AS (
  SELECT country, muni_code, max(year) AS year
  FROM (SELECT country, muni_code, year FROM heated GROUP BY ALL HAVING count(*) = (SELECT count(*) FROM demand)) GROUP BY ALL),
register AS (SELECT m.plan, h.* FROM heated h JOIN newest USING (country, muni_code, year) JOIN plan.member m USING (country, muni_code)),
typed AS (
  SELECT coalesce(r.plan, w.plan) AS plan, coalesce(r.country, w.country) AS country, coalesce(r.muni_code, w.muni_code) AS muni_code, dwelling_type, w.dwellings, q.kwh_m2, r.year AS area_year,
    r.district_m2, r.oil_gas_m2, r.area_m2 - r.district_m2 - r.oil_gas_m2 AS other_m2,
    if(r.year IS NOT NULL, r.area_m2, u.dwellings * w.mean_m2 * w.dwellings * q.floor_m2 / nullif(u.floor_m2, 0)) AS area_m2, list_concat(r._origin, w._origin) AS _origin
  FROM dwelling w FULL JOIN register r USING (country, muni_code, dwelling_type) JOIN demand q USING (dwelling_type) LEFT JOIN usual u USING (country, muni_code)),
stock AS (
  SELECT country, muni_code, stock, normalised_mwh IS NOT NULL AS normal, heat_mwh * if(energy_mwh > 0, coalesce(normalised_mwh / energy_mwh, 1), 1)
    * if(stock = 'heat_electric', 1, factor('building_dwelling_share_heat', country, year)) AS heat_mwh
  FROM end_use WHERE country = 'DK' AND stock LIKE 'heat%' AND NOT industry),
account AS (
  SELECT country, muni_code, fsum(heat_mwh ORDER BY stock) AS heat_mwh, if(bool_and(normal), 'normal', 'actual') AS weather FROM stock GROUP BY ALL HAVING count(heat_mwh) = count(*)),
every AS (
  SELECT plan, country, muni_code, dwelling_type, dwellings, area_m2, area_year, district_m2, oil_gas_m2, other_m2, area_m2 * kwh_m2 / 1000 AS model_mwh, kwh_m2, _origin FROM typed
  UNION ALL
  SELECT plan, country, muni_code, 'ALL', if(count(dwellings) = count(*), sum(dwellings)::BIGINT, NULL), if(count(area_m2) = count(*), fsum(area_m2 ORDER BY dwelling_type), NULL), max(area_year),
    fsum(district_m2 ORDER BY dwelling_type), fsum(oil_gas_m2 ORDER BY dwelling_type), fsum(other_m2 ORDER BY dwelling_type),
    if(count(area_m2) = count(*), fsum(area_m2 * kwh_m2 / 1000 ORDER BY dwelling_type), NULL), NULL, list_distinct(flatten(list(_origin ORDER BY dwelling_type))) FROM typed GROUP BY ALL),
level AS (
  SELECT e.country, e.muni_code, a.heat_mwh, a.weather, a.heat_mwh / nullif(e.model_mwh, 0) AS k
  FROM every e LEFT JOIN account a USING (country, muni_code) WHERE dwelling_type = 'ALL')
SELECT e.plan, country, muni_code, dwelling_type, dwellings, round(area_m2, 1) AS area_m2, CASE WHEN area_year IS NOT NULL THEN 'register' WHEN area_m2 IS NOT NULL THEN 'dwellings' END AS area_basis, area_year::SMALLINT AS area_year,
  round(district_m2, 1) AS district_m2, round(oil_gas_m2, 1) AS oil_gas_m2, round(other_m2, 1) AS other_m2, 'default' AS age_mix,
  round(coalesce(kwh_m2, model_mwh * 1000 / nullif(area_m2, 0)), 3) AS heat_demand_kwh_m2, round(model_mwh, 3) AS model_heat_mwh,
  if(dwelling_type = 'ALL', round(l.heat_mwh, 3), NULL) AS account_heat_mwh, if(k IS NULL, NULL, l.weather) AS weather, round(k, 6) AS calibration_k,
  round(coalesce(kwh_m2, model_mwh * 1000 / nullif(area_m2, 0)) * k, 3) AS calibrated_kwh_m2,
  if(area_m2 IS NULL, 'not_available', 'estimated') AS value_status, CASE WHEN area_m2 IS NULL THEN 'E' WHEN area_year IS NULL THEN 'D' ELSE 'C' END AS grade,
  if(area_m2 IS NULL, NULL, half_width_of(if(area_year IS NULL, 'D', 'C'))) AS half_width,
  CASE WHEN area_year IS NOT NULL THEN 'heated area of the buildings in the register of 1 January ' || area_year WHEN dwellings IS NULL THEN 'the publisher has no figure of these dwellings' WHEN area_m2 IS NULL THEN 'the publisher has no figure of all types, or of the mean dwelling'
    WHEN dwelling_type = 'ALL' THEN 'dwellings by the member''s mean dwelling' ELSE 'the member''s floor, shared by dwellings and the usual floor of the types' END
    || CASE WHEN area_m2 IS NULL THEN '' WHEN l.heat_mwh IS NULL THEN '; not calibrated: the heat of a stock in end_use is not known' WHEN k IS NULL THEN '; not calibrated: there is no floor' ELSE '' END AS reason,
  if(area_year IS NULL, 'forbrugsudledninger', 'dst') AS source_id, e._origin
FROM every e LEFT JOIN level l USING (country, muni_code);
