-- Potential used: one row is what a member used of a resource, in the year nearest to the base year in which it is known.
-- From the energy balance; of solar power from its capacity and solar_yield, and of Danish heat pumps from the count of producers.
WITH flow AS (
  SELECT country, muni_code, year, flow, carrier_id, plant_id, energy_mwh::DOUBLE AS energy_mwh FROM energy_balance WHERE "view" = 'territorial'
    AND NOT is_total),
-- What counts as use: energy that plants take in, or the heat and power of a kind of Swedish plant.
counted(country, resource, flow, carriers, plant) AS (VALUES
  ('DK', 'wind_onshore', 'PROD', ['wind'], '%'), ('SE', 'wind_onshore', 'PROD', ['wind'], '%'), ('SE', 'hydro', 'PROD', ['hydro'], '%'),
  ('DK', 'straw', 'TRF_IN', ['straw'], '%'), ('DK', 'wood', 'TRF_IN', ['wood_chips', 'wood_pellets', 'wood_waste'], '%'),
  ('DK', 'biogas', 'TRF_IN', ['biogas'], '%'), ('SE', 'biogas', 'TRF_IN', ['GAS_R'], '%'),
  ('DK', 'surplus_heat', 'TRF_IN', ['fuel_free'], '%'), ('SE', 'surplus_heat', 'TRF_OUT', ['district_heat'], 'heat:surplus_heat'),
  ('SE', 'large_heat_pumps', 'TRF_OUT', ['district_heat'], 'heat:heat_pump'), ('DK', 'solar_heat', 'TRF_IN', ['solar_heat'], '%')),
heat_pump AS (
  SELECT country, muni_code, year::SMALLINT AS year, round(mwh_of_tj(fsum(heat_delivered_tj::DOUBLE ORDER BY unit_id)), 3) AS used_mwh,
    flatten(list(_origin ORDER BY unit_id)) AS _origin
  -- One that lifts surplus heat is counted there.
  FROM raw.ens_plant_year p ANTI JOIN (SELECT * FROM raw.ens_plant_fuel_year WHERE fuel = 'fuel_free' AND energy_tj > 0) f USING (unit_id, year)
  WHERE starts_with(unit_type, 'Varmepumpe') GROUP BY ALL),
stated AS (
  -- One flow that is not known makes the sum unknown, not smaller.
  SELECT f.country, f.muni_code, f.year, c.resource, if(count(*) = count(f.energy_mwh), fsum(f.energy_mwh ORDER BY f.plant_id, f.carrier_id),
    NULL) AS used_mwh, NULL AS _origin
  FROM flow f JOIN counted c ON c.country = f.country AND c.flow = f.flow AND list_contains(c.carriers, f.carrier_id) AND f.plant_id LIKE c.plant
    GROUP BY ALL
  UNION ALL BY NAME SELECT country, muni_code, year, 'large_heat_pumps' AS resource, used_mwh, _origin FROM heat_pump
  UNION ALL BY NAME
  SELECT country, muni_code, year, 'solar' AS resource, power_mw * y.hours AS used_mwh
  FROM (SELECT country, muni_code, year, max(power_mw) AS power_mw FROM capacity WHERE technology = 'pv' GROUP BY ALL)
  JOIN solar_yield y USING (country, muni_code) WHERE y.kind = 'roof' AND y."case" = 'central'),
-- The count of producers has every plant: one that lists plants of a member and none of a kind says that there is none.
none AS (
  SELECT p.country, p.muni_code, p.year, r.resource, 0.0::DOUBLE AS used_mwh
  FROM (SELECT DISTINCT country, muni_code, year FROM flow WHERE flow = 'TRF_IN' AND country = 'DK') p
  CROSS JOIN (SELECT unnest(['straw', 'wood', 'biogas', 'surplus_heat', 'large_heat_pumps', 'solar_heat']) AS resource) r
  ANTI JOIN stated s ON s.country = p.country AND s.muni_code = p.muni_code AND s.year = p.year AND s.resource = r.resource)
SELECT country, muni_code, resource, arg_min(year, abs(year - base_year) * 2 + (year > base_year)::INTEGER)::SMALLINT AS used_year,
  arg_min(used_mwh, abs(year - base_year) * 2 + (year > base_year)::INTEGER) AS used_mwh,
  arg_min(_origin, abs(year - base_year) * 2 + (year > base_year)::INTEGER) AS _origin
FROM (SELECT * FROM stated UNION ALL BY NAME SELECT * FROM none) CROSS JOIN plan.plan WHERE used_mwh IS NOT NULL GROUP BY ALL;
