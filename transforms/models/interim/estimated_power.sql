-- Estimated power: one row is the wind or solar power that a Danish member makes in a year of which no publisher at hand has
-- it, by its key: country, muni_code, year, carrier_id. For the years whose electricity use is known, so that these close.
-- From turbine and turbine_year (what stands by the register, at its own yield), and capacity (power times the yield of solar_yield).
WITH wanted AS (SELECT DISTINCT country, muni_code, year FROM final_use SEMI JOIN plan.member USING (country, muni_code) WHERE country = 'DK' AND carrier_id = 'electricity'),
-- The last year of which the register has production: of a municipality of which it lists no turbine there is none.
register AS (SELECT max(year) AS last_year FROM (SELECT year FROM raw.ens_turbine_year UNION ALL SELECT year FROM turbine_year)),
-- The mean of a turbine's last whole years evens out the wind.
yield AS (
  SELECT y.turbine_id, sum(y.energy_mwh) / count(*) AS yield_mwh FROM turbine_year y JOIN turbine t USING (country, turbine_id) CROSS JOIN register r
  WHERE y.energy_mwh IS NOT NULL AND y.year > r.last_year - factor('wind_production_years', 'DK', r.last_year) AND (t.connected IS NULL OR y.year > year(t.connected)) GROUP BY y.turbine_id),
standing AS (
  SELECT w.country, w.muni_code, w.year, t.turbine_id, coalesce(y.yield_mwh, round(t.capacity_mw * factor('wind_flh_existing', 'DK', w.year), 3)) AS energy_mwh
  FROM wanted w JOIN turbine t USING (country, muni_code) LEFT JOIN yield y USING (turbine_id)
  WHERE (t.connected IS NULL OR year(t.connected) <= w.year) AND (t.decommissioned IS NULL OR year(t.decommissioned) > w.year)),
wind AS (
  SELECT w.country, w.muni_code, w.year, r.last_year, count(s.turbine_id) AS turbines, CASE WHEN count(s.energy_mwh) = count(s.turbine_id) THEN round(coalesce(fsum(s.energy_mwh::DOUBLE ORDER BY s.turbine_id), 0), 3) END AS energy_mwh
  FROM wanted w CROSS JOIN register r LEFT JOIN standing s USING (country, muni_code, year)
  WHERE r.last_year IS NOT NULL AND NOT EXISTS (SELECT 1 FROM turbine_year p WHERE p.country = w.country AND p.muni_code = w.muni_code AND p.year = w.year) GROUP BY ALL),
-- Solar power at the end of the nearest year of which it is known; two publishers may count the same modules.
power AS (SELECT country, muni_code, year, max(power_mw) AS power_mw, arg_max(source_id, power_mw) AS source_id FROM capacity WHERE technology = 'pv' AND power_mw IS NOT NULL GROUP BY ALL),
sun AS (
  SELECT w.country, w.muni_code, w.year, arg_min({off: abs(p.year - w.year), power_mw: p.power_mw, source_id: p.source_id}, abs(p.year - w.year) * 2 + (p.year > w.year)::INTEGER) AS nearest
  FROM wanted w JOIN power p USING (country, muni_code) WHERE abs(p.year - w.year) <= factor('pv_power_years_max', 'DK', w.year) GROUP BY ALL)
SELECT country, muni_code, year, 'wind' AS carrier_id, energy_mwh::DECIMAL(18,3) AS energy_mwh, if(turbines = 0, 'derived', 'estimated') AS value_status,
  CASE WHEN turbines = 0 AND year <= last_year THEN 'A' WHEN year <= last_year + 2 THEN 'C' ELSE 'D' END AS grade, 'turbine_yield' AS method_id, 'energistyrelsen' AS source_id, NULL::VARCHAR[] AS _origin
FROM wind WHERE energy_mwh IS NOT NULL
UNION ALL
SELECT country, muni_code, year, 'pv', round(nearest.power_mw * y.hours, 3)::DECIMAL(18,3), 'estimated',
  CASE WHEN nearest.off = 0 THEN 'C' WHEN nearest.off <= 2 THEN 'D' ELSE 'E' END, 'pv_yield', nearest.source_id, NULL
FROM sun JOIN solar_yield y USING (country, muni_code) WHERE y.kind = 'roof' AND y."case" = 'central';
