-- Capacity: one row is the power of one technology in a member at the end of a year.
-- From Energinet's and the doughnut project's capacities, Energimyndigheten's statistics of solar and wind power,
-- the wind registers and the Danish producer count; the plan can correct it.
CREATE TABLE capacity (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, technology VARCHAR, source_id VARCHAR,
  power_mw DOUBLE, installations INTEGER, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, stated_by VARCHAR, published_mw DOUBLE);
COMMENT ON TABLE capacity IS 'Installed power by technology. State at the end of the year, with these exceptions: energidataservice gives the newest month of the year, vindbrukskollen the day of the register, and the doughnut indicators do not state their day (the file is of mid 2026). key: plan, country, muni_code, year, technology, source_id';
COMMENT ON COLUMN capacity.plan IS 'The plan, by its id';
COMMENT ON COLUMN capacity.country IS 'Country: DK or SE';
COMMENT ON COLUMN capacity.muni_code IS 'Municipality code';
COMMENT ON COLUMN capacity.year IS 'Year [year]';
COMMENT ON COLUMN capacity.technology IS 'pv, wind_onshore, wind_offshore, wind (land and sea together: energimyndigheten does not tell them apart by municipality) or thermal';
COMMENT ON COLUMN capacity.source_id IS 'Publisher, see table source; two may count the same power';
COMMENT ON COLUMN capacity.power_mw IS 'Electric power; null where it is secret or not known of every installation [MW]';
COMMENT ON COLUMN capacity.installations IS 'Number of installations; null where not stated [1]';
COMMENT ON COLUMN capacity.value_status IS 'observed, zero, derived (added up from installations), suppressed or not_available';
COMMENT ON COLUMN capacity.grade IS 'A: a complete register; B: statistics of installations that grid companies and owners report (energimyndigheten); C: an indicator that does not state its day (doughnut); E where there is no figure';
COMMENT ON COLUMN capacity.half_width IS 'Half of the range of power_mw as a share of it, 95 %, as the grade says; null when that is [1]';
COMMENT ON COLUMN capacity.stated_by IS 'publisher; or correction: the power is the plan''s own, see table correction';
COMMENT ON COLUMN capacity.published_mw IS 'What the publisher says of the power where the plan corrects it; else null [MW]';

WITH eds AS (
  UNPIVOT (SELECT country, muni_code, year(month) AS year, arg_max(pv_mw, month) AS pv, arg_max(wind_onshore_mw, month) AS wind_onshore,
             arg_max(wind_offshore_mw, month) AS wind_offshore, list_distinct(flatten(list(_origin))) AS _origin
           FROM raw.eds_capacity GROUP BY country, muni_code, year(month))
  ON pv, wind_onshore, wind_offshore INTO NAME technology VALUE power_mw),
eds_units AS (
  UNPIVOT (SELECT country, muni_code, year(month) AS year, arg_max(units_pv, month) AS pv, arg_max(units_wind_onshore, month) AS wind_onshore,
             arg_max(units_wind_offshore, month) AS wind_offshore
           FROM raw.eds_capacity GROUP BY country, muni_code, year(month))
  ON pv, wind_onshore, wind_offshore INTO NAME technology VALUE installations),
indicators AS (
  UNPIVOT (SELECT country, muni_code, solar_mw AS pv, onshore_wind_mw AS wind_onshore, offshore_wind_mw AS wind_offshore, _origin FROM raw.dn_capacity)
  ON pv, wind_onshore, wind_offshore INTO NAME technology VALUE power_mw),
register_years AS (
  SELECT unnest(range(2000, (SELECT max(year)::BIGINT + 1 FROM raw.ens_turbine_year)))::SMALLINT AS year),
danish_wind AS (
  SELECT t.country, t.muni_code, y.year, 'wind_' || if(t.placement = 'sea', 'offshore', 'onshore') AS technology,
    count(*) AS installations, count(*) FILTER (capacity_kw IS NULL) AS unknown, sum(capacity_kw) / 1000 AS power_mw,
    list_distinct(flatten(list(t._origin))) AS _origin
  FROM raw.ens_turbine t JOIN register_years y ON t.connected <= make_date(y.year, 12, 31) AND (t.decommissioned IS NULL OR t.decommissioned > make_date(y.year, 12, 31))
  GROUP BY ALL),
swedish_wind AS (
  SELECT country, muni_code, year(any_value(_as_of)) AS year, 'wind_' || if(placement = 'sea', 'offshore', 'onshore') AS technology,
    count(*) AS installations, count(*) FILTER (capacity_mw IS NULL) AS unknown, sum(capacity_mw) AS power_mw,
    list_distinct(flatten(list(_origin))) AS _origin
  FROM raw.vbk_turbine WHERE status = 'standing' GROUP BY ALL),
thermal AS (
  SELECT country, muni_code, year, 'thermal' AS technology, count(*) AS installations, sum(electric_capacity_mw) AS power_mw,
    list_distinct(flatten(list(_origin))) AS _origin
  FROM raw.ens_plant_year WHERE electric_capacity_mw > 0 AND (scrapped IS NULL OR year(scrapped) > year)
    AND unit_id IN (SELECT unit_id FROM raw.ens_plant_fuel_year WHERE fuel NOT IN ('solar', 'hydro', 'fuel_free')) GROUP BY ALL),
solar AS (
  SELECT country, muni_code, year, installations, capacity_mw, capacity_status, _origin FROM raw.em_pv
  UNION ALL
  SELECT country, muni_code, year, installations, capacity_mw, capacity_status, _origin FROM raw.em_pv_csv
  WHERE (country, muni_code, year) NOT IN (SELECT (country, muni_code, year) FROM raw.em_pv)),
together AS (
  SELECT country, muni_code, year, technology, power_mw::DOUBLE AS power_mw, installations::INTEGER AS installations,
    if(power_mw = 0, 'zero', 'observed') AS value_status, 'energidataservice' AS source_id, _origin
  FROM eds LEFT JOIN eds_units USING (country, muni_code, year, technology)
  UNION ALL SELECT country, muni_code, 2026, technology, nullif(power_mw, 0)::DOUBLE, NULL, if(power_mw = 0, 'not_available', 'observed'), 'doughnut', _origin FROM indicators -- its 0.0 may mean that there is no figure
  UNION ALL SELECT country, muni_code, year, technology, if(unknown = 0, power_mw::DOUBLE, NULL), installations, if(unknown = 0, 'derived', 'not_available'), 'energistyrelsen', _origin FROM danish_wind
  UNION ALL SELECT country, muni_code, year, technology, if(unknown = 0, power_mw::DOUBLE, NULL), installations, if(unknown = 0, 'derived', 'not_available'), 'vindbrukskollen', _origin FROM swedish_wind
  UNION ALL SELECT country, muni_code, year, technology, power_mw::DOUBLE, installations, 'derived', 'energistyrelsen', _origin FROM thermal
  UNION ALL SELECT country, muni_code, year, 'pv', capacity_mw::DOUBLE, installations, capacity_status, 'energimyndigheten', _origin FROM solar
  UNION ALL SELECT country, muni_code, year, 'wind', capacity_mw::DOUBLE, turbines, capacity_status, 'energimyndigheten', _origin FROM raw.em_wind)
SELECT m.plan, country, muni_code, year::SMALLINT AS year, technology, round(if(o.corrects, o.own_value, power_mw), 6) AS power_mw, installations,
  CASE WHEN NOT coalesce(o.corrects, false) THEN value_status WHEN o.own_value = 0 THEN 'zero' ELSE 'observed' END AS value_status, source_id,
  if(o.corrects AND grade = 'E', 'C', grade) AS grade,
  if(o.corrects OR power_mw IS NOT NULL, half_width_of(if(o.corrects AND grade = 'E', 'C', grade)), NULL) AS half_width,
  if(o.corrects, 'correction', 'publisher') AS stated_by, if(o.corrects, round(power_mw, 6), NULL) AS published_mw, list_concat(t._origin, o.own_origin) AS _origin
FROM (SELECT *, CASE WHEN power_mw IS NULL THEN 'E' WHEN source_id = 'doughnut' THEN 'C' WHEN source_id = 'energimyndigheten' THEN 'B' ELSE 'A' END AS grade FROM together) t JOIN plan.member m USING (country, muni_code)
LEFT JOIN own_cell o ON o.table_name = 'capacity' AND o.country = t.country AND o.muni_code = t.muni_code AND o.cell = concat_ws('|', t.year, t.technology, t.source_id);
