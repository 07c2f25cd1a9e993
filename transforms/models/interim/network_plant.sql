-- Network plant: one row is the energy of a carrier that a plant of a district heating network takes in, in a year, and how
-- much of it counts to heat, to electricity and to process heat, by the plan's method for combined heat and power. From the
-- Danish producer count (units) and SCB's KRE (classes of plants; a municipality is a network).
WITH method AS (SELECT chp_method FROM plan.chp),
-- Denmark: the fuel for process heat is the count's own; the rest is shared.
unit AS (
  SELECT p.country, p.network_id, p.muni_code, p.year, p.unit_id, 1 - p.share_process AS share, mwh_of_tj(p.heat_delivered_tj) AS heat_mwh,
    mwh_of_tj(p.electricity_delivered_tj) AS power_mwh, p._origin
  FROM raw.ens_plant_year p WHERE p.network_id IS NOT NULL AND p.network_id <> '888'),
danish AS (
  SELECT u.*, f.fuel, mwh_of_tj(f.energy_tj) AS input_mwh, mwh_of_tj(sum(f.energy_tj) OVER (PARTITION BY u.unit_id, u.year)) AS unit_mwh, f._origin AS fuel_origin
  FROM unit u JOIN raw.ens_plant_fuel_year f USING (unit_id, year)),
-- Sweden: what the classes give. Heat from flue gas is that of the boilers behind it, by the heat that they give.
class AS (
  SELECT country, muni_code, year,
    max(energy_mwh) FILTER (plant_id = 'heat:chp')::DOUBLE AS chp, max(energy_mwh) FILTER (plant_id = 'heat:heat_only')::DOUBLE AS heat_only,
    max(energy_mwh) FILTER (plant_id = 'heat:flue_gas')::DOUBLE AS flue_gas, max(energy_mwh) FILTER (plant_id = 'heat:heat_pump') AS heat_pump,
    max(energy_mwh) FILTER (plant_id = 'heat:electric_boiler') AS electric_boiler, max(energy_mwh) FILTER (plant_id = 'heat:surplus_heat') AS surplus_heat,
    max(energy_mwh) FILTER (plant_id = 'power:chp')::DOUBLE AS power, flatten(list(_origin ORDER BY plant_id)) AS _origin
  FROM plant_flow
  WHERE country = 'SE' AND flow = 'TRF_OUT' AND (plant_id LIKE 'heat:%' OR plant_id = 'power:chp') AND plant_id <> 'heat:TOTAL'
  GROUP BY ALL HAVING count(*) FILTER (plant_id LIKE 'heat:%') > 0),
-- SCB has shared the fuel of combined heat and power already; it is put together again, so that the plan's method holds.
fuel AS (
  SELECT f.country, f.muni_code, f.year, f.carrier_id, if(f.plant_id = 'heat:heat_only', 'heat_only', 'chp') AS plant_id,
    if(count(*) = count(f.energy_mwh), sum(f.energy_mwh), NULL) AS input_mwh, flatten(list(f._origin ORDER BY f.plant_id)) AS _origin
  FROM plant_flow f JOIN class c USING (country, muni_code, year)
  WHERE f.flow = 'TRF_IN' AND f.carrier_id <> 'TOTAL' AND (f.plant_id IN ('heat:heat_only', 'heat:chp') OR f.plant_id = 'power:chp' AND (c.chp > 0 OR c.chp IS NULL))
  GROUP BY ALL),
swedish AS (
  SELECT f.*, sum(f.input_mwh) OVER w AS class_mwh, count(*) OVER w = count(f.input_mwh) OVER w AS known,
    if(f.plant_id = 'heat_only', c.heat_only, c.chp + c.flue_gas * coalesce(c.chp / nullif(c.chp + c.heat_only, 0), 0)) AS heat_mwh, if(f.plant_id = 'heat_only', 0, c.power) AS power_mwh
  FROM fuel f JOIN class c USING (country, muni_code, year) WINDOW w AS (PARTITION BY f.country, f.muni_code, f.year, f.plant_id)),
-- Heat pumps and electric boilers: SCB has the heat alone; what they take in is estimated.
electric AS (
  SELECT country, muni_code, year, 'heat_pump' AS plant_id, 'electricity' AS carrier_id, heat_pump / factor('large_hp_cop_wastewater', country, year) AS input_mwh, _origin FROM class
  UNION ALL SELECT country, muni_code, year, 'heat_pump', 'ambient_heat', heat_pump * (1 - 1 / factor('large_hp_cop_wastewater', country, year)), _origin FROM class
  UNION ALL SELECT country, muni_code, year, 'electric_boiler', 'electricity', electric_boiler / factor('eff_electric_boiler_dh', 'DK', 2024), _origin FROM class
  UNION ALL SELECT country, muni_code, year, 'surplus_heat', 'surplus_heat', surplus_heat, _origin FROM class),
shared AS (
  SELECT country, network_id, muni_code, year::SMALLINT AS year, unit_id AS plant_id, CASE fuel WHEN 'solar' THEN 'solar_heat' ELSE fuel END AS carrier_id,
    input_mwh, input_mwh * (1 - share) AS process_mwh,
    if(unit_mwh = 0, 0, input_mwh / unit_mwh * chp_heat_fuel(chp_method, unit_mwh * share, heat_mwh, power_mwh)) AS heat_mwh, 'derived' AS value_status, list_concat(_origin, fuel_origin) AS _origin
  FROM danish CROSS JOIN method
  UNION ALL
  SELECT country, 'SE-' || muni_code, muni_code, year, 'heat:' || plant_id, carrier_id, input_mwh, 0,
    if(class_mwh = 0, 0, input_mwh / class_mwh * if(known, chp_heat_fuel(chp_method, class_mwh, heat_mwh, power_mwh), NULL)), if(input_mwh IS NULL, 'suppressed', 'derived'), _origin
  FROM swedish CROSS JOIN method
  UNION ALL
  SELECT country, 'SE-' || muni_code, muni_code, year, 'heat:' || plant_id, carrier_id, input_mwh, 0, input_mwh,
    CASE WHEN input_mwh IS NULL THEN 'suppressed' WHEN plant_id = 'surplus_heat' THEN 'derived' ELSE 'estimated' END, _origin
  FROM electric),
-- Rounded to the kWh one after the other, and electricity is what is left: nothing is lost, nothing counts twice.
rounded AS (
  SELECT country, network_id, muni_code, year, plant_id, carrier_id, value_status, _origin,
    round(input_mwh, 3)::DECIMAL(18,3) AS input_mwh, round(heat_mwh, 3)::DECIMAL(18,3) AS heat_mwh, round(process_mwh, 3)::DECIMAL(18,3) AS process_mwh
  FROM shared),
fitted AS (SELECT * REPLACE (at_most(heat_mwh, input_mwh - process_mwh)::DECIMAL(18,3) AS heat_mwh) FROM rounded)
SELECT country, network_id, muni_code, year, plant_id, carrier_id, input_mwh, heat_mwh, process_mwh, (input_mwh - heat_mwh - process_mwh)::DECIMAL(18,3) AS power_mwh, value_status, _origin
FROM fitted WHERE input_mwh IS NULL OR input_mwh <> 0;
