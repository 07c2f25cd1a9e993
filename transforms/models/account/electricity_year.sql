-- Electricity year: one row is the electricity that a member uses, or makes of wind, solar or hydro power,
-- in the year nearest to the base year in which it is known. From final_use, plant_flow, capacity and solar_yield.
CREATE TABLE electricity_year (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, flow VARCHAR, year SMALLINT, energy_mwh DECIMAL(18,3), value_status VARCHAR, grade VARCHAR, reason VARCHAR, source_id VARCHAR);
COMMENT ON TABLE electricity_year IS 'Electricity used and electricity made of wind, sun and water in the municipality, by year: what hourly_balance spreads over the hours. Hydro power in Sweden only: no Danish register has it by municipality. key: plan, country, muni_code, flow';
COMMENT ON COLUMN electricity_year.plan IS 'The plan, by its id';
COMMENT ON COLUMN electricity_year.country IS 'Country: DK or SE';
COMMENT ON COLUMN electricity_year.muni_code IS 'Municipality code';
COMMENT ON COLUMN electricity_year.flow IS 'consumption (all sectors), wind, solar or hydro';
COMMENT ON COLUMN electricity_year.year IS 'Year whose figure is used: the base year, or the nearest with data, at most ten years off; null where none has it [year]';
COMMENT ON COLUMN electricity_year.energy_mwh IS 'Electricity in that year; of solar power, the installed power times the yield of PVGIS for the centre, as of roofs, else a usual one; null where no year has it [MWh]';
COMMENT ON COLUMN electricity_year.value_status IS 'derived (from observed figures), zero, estimated (with a factor), suppressed or not_available';
COMMENT ON COLUMN electricity_year.grade IS 'A to E. Begins at A for meters and registers, B for official statistics, C for solar power; one step lower when the year is not the base year, another when it is more than two years off';
COMMENT ON COLUMN electricity_year.reason IS 'How it was made of the publisher''s figures, and of which year';
COMMENT ON COLUMN electricity_year.source_id IS 'Publisher, see table source; - where nobody has a figure';

WITH base AS (SELECT plan, base_year, factor('base_year_distance_max', '-', 0) AS reach FROM plan.plan),
wanted(country, flow) AS (VALUES ('DK', 'consumption'), ('DK', 'wind'), ('DK', 'solar'), ('SE', 'consumption'), ('SE', 'wind'), ('SE', 'solar'), ('SE', 'hydro')),
figure AS (
  SELECT country, muni_code, 'consumption' AS flow, year, if(count(energy_mwh) = 3, sum(energy_mwh)::DECIMAL(18,3), NULL) AS energy_mwh,
    max(value_status = 'suppressed') AS secret, 1 AS step, 'metered electricity of homes, business and public services' AS how, max(source_id) AS source_id, flatten(list(_origin ORDER BY sector_id)) AS _origin
  FROM final_use WHERE country = 'DK' AND carrier_id = 'electricity' GROUP BY country, muni_code, year
  UNION ALL
  SELECT country, muni_code, 'consumption', year, energy_mwh, value_status = 'suppressed', 2, 'the publisher''s total of all sectors, with transport and agriculture', source_id, _origin
  FROM final_use WHERE country = 'SE' AND carrier_id = 'electricity' AND sector_id = 'TOTAL'
  UNION ALL
  SELECT country, muni_code, carrier_id, year, energy_mwh, value_status = 'suppressed', if(country = 'DK', 1, 2), if(country = 'DK', 'production of the turbines in the register', 'production by the publisher''s statistics'), source_id, _origin
  FROM plant_flow WHERE flow = 'PROD' AND carrier_id IN ('wind', 'hydro')
  UNION ALL
  SELECT country, muni_code, 'solar', year, round(max(power_mw) * y.hours, 3)::DECIMAL(18,3), max(value_status = 'suppressed'), 3,
    'installed power times a yield of ' || round(y.hours)::INTEGER || ' kWh per kW' || if(y.local_hours IS NULL, '', ', by PVGIS for the centre'), arg_max(source_id, power_mw), NULL
  FROM capacity JOIN solar_yield y USING (country, muni_code) WHERE technology = 'pv' AND y.kind = 'roof' AND y."case" = 'central' GROUP BY country, muni_code, year, y.hours, y.local_hours
  UNION ALL
  -- A Danish municipality of which the register, being at hand, lists no turbine has none.
  SELECT m.country, m.muni_code, 'wind', b.base_year, 0, false, 1, 'the register lists no turbine', 'energistyrelsen', NULL
  FROM plan.member m CROSS JOIN base b WHERE m.country = 'DK'
    AND EXISTS (SELECT 1 FROM plan.extract WHERE source_id = 'energistyrelsen' AND dataset = 'Stamdataregister')
    AND (m.country, m.muni_code) NOT IN (SELECT (country, muni_code) FROM turbine)),
ranked AS (
  SELECT f.*, row_number() OVER (PARTITION BY country, muni_code, flow ORDER BY abs(year - base_year), year) AS place
  FROM figure f CROSS JOIN base WHERE energy_mwh IS NOT NULL AND abs(year - base_year) <= reach),
secret AS (
  SELECT country, muni_code, flow, max(source_id) AS source_id FROM figure CROSS JOIN base WHERE secret AND abs(year - base_year) <= reach GROUP BY country, muni_code, flow)
SELECT m.plan, country, muni_code, flow, r.year::SMALLINT AS year, r.energy_mwh,
  CASE WHEN r.energy_mwh = 0 THEN 'zero' WHEN r.energy_mwh IS NOT NULL THEN if(flow = 'solar', 'estimated', 'derived') WHEN s.source_id IS NOT NULL THEN 'suppressed' ELSE 'not_available' END AS value_status,
  CASE WHEN r.energy_mwh IS NULL THEN 'E' ELSE ['A', 'B', 'C', 'D', 'E'][at_most(r.step + (r.year <> b.base_year)::INTEGER + (abs(r.year - b.base_year) > 2)::INTEGER, 5)] END AS grade,
  CASE WHEN r.energy_mwh IS NULL THEN if(s.source_id IS NULL, 'no publisher has a figure of a year near the base year', 'the publisher keeps it secret in every year near the base year')
    ELSE r.how || if(r.year = b.base_year, '', '; of ' || r.year || ', the nearest year with data') END AS reason,
  coalesce(r.source_id, s.source_id, '-') AS source_id, r._origin
FROM plan.member m CROSS JOIN base b JOIN wanted w USING (country)
LEFT JOIN (SELECT * FROM ranked WHERE place = 1) r USING (country, muni_code, flow)
LEFT JOIN secret s USING (country, muni_code, flow);
