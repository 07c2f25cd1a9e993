-- Flows of plants: one row is what a plant, or a class of plants, takes in or gives in a year.
-- From the Danish producer count (per unit), the Danish wind register (per municipality) and SCB's KRE (per class).
WITH unit_sum AS (
  SELECT country, muni_code, year, unit_id, gross_tj, heat_delivered_tj, electricity_delivered_tj, _origin FROM raw.ens_plant_year WHERE muni_code IS NOT NULL)
SELECT u.country, u.muni_code, u.year::SMALLINT AS year, 'TRF_IN' AS flow,
  CASE f.fuel WHEN 'solar' THEN 'solar_heat' ELSE f.fuel END AS carrier_id, u.unit_id AS plant_id,
  round(mwh_of_tj(f.energy_tj), 3)::DECIMAL(18,3) AS energy_mwh, 'observed' AS value_status, 'A' AS grade, 'ept' AS method_id, 'energistyrelsen' AS source_id, f._origin
FROM raw.ens_plant_fuel_year f JOIN unit_sum u USING (unit_id, year)
UNION ALL
SELECT country, muni_code, year::SMALLINT, 'TRF_OUT', 'district_heat', unit_id, round(mwh_of_tj(heat_delivered_tj), 3)::DECIMAL(18,3),
  'observed', 'A', 'ept', 'energistyrelsen', _origin
FROM unit_sum WHERE heat_delivered_tj <> 0
UNION ALL
SELECT country, muni_code, year::SMALLINT, 'TRF_OUT', 'electricity', unit_id, round(mwh_of_tj(electricity_delivered_tj), 3)::DECIMAL(18,3),
  'observed', 'A', 'ept', 'energistyrelsen', _origin
FROM unit_sum WHERE electricity_delivered_tj <> 0
UNION ALL
-- Turbines whose production is withheld make the sum unknown, not smaller.
SELECT country, muni_code, year, 'PROD', 'wind', 'wind_register', CASE WHEN count(*) FILTER (energy_mwh IS NULL) = 0 THEN sum(energy_mwh)::DECIMAL(18,3) END,
  CASE WHEN count(*) FILTER (energy_mwh IS NULL) > 0 THEN 'suppressed' WHEN sum(energy_mwh) = 0 THEN 'zero' ELSE 'derived' END,
  'A', 'wind_register', 'energistyrelsen', NULL
FROM turbine_year GROUP BY ALL
UNION ALL
SELECT country, muni_code, year::SMALLINT,
  CASE WHEN production_type IN ('4.1', '4.2', '4.7') THEN 'PROD' WHEN fuel = '17' THEN 'TRF_OUT' ELSE 'TRF_IN' END,
  CASE WHEN production_type = '4.1' THEN 'hydro' WHEN production_type = '4.2' THEN 'wind' WHEN production_type = '4.7' THEN 'pv'
    WHEN fuel = '17' THEN 'electricity' WHEN fuel = '905' THEN 'LIQ_F' WHEN fuel = '910' THEN 'SOL_F' WHEN fuel = '915' THEN 'GAS_F' WHEN fuel = '920' THEN 'LIQ_R'
    WHEN fuel = '925' THEN 'SOL_R' WHEN fuel = '930' THEN 'GAS_R' WHEN fuel = '950' THEN 'TOTAL' WHEN fuel = 'other' THEN 'OTHER' END,
  'power:' || CASE production_type WHEN '4.1' THEN 'hydro' WHEN '4.2' THEN 'wind' WHEN '4.7' THEN 'solar' WHEN '4.5+4.6' THEN 'chp' WHEN '4.3+4.4' THEN 'other_thermal' WHEN 'total' THEN 'TOTAL' END,
  energy_mwh, value_status, 'B', 'kre', 'scb', _origin
FROM raw.scb_electricity_production
WHERE muni_code IS NOT NULL AND (fuel = '17' OR production_type NOT IN ('4.1', '4.2', '4.7'))
UNION ALL
SELECT country, muni_code, year::SMALLINT,
  CASE WHEN fuel = '20' THEN 'TRF_OUT' ELSE 'TRF_IN' END,
  CASE fuel WHEN '20' THEN 'district_heat' WHEN '905' THEN 'LIQ_F' WHEN '910' THEN 'SOL_F' WHEN '915' THEN 'GAS_F' WHEN '920' THEN 'LIQ_R'
    WHEN '925' THEN 'SOL_R' WHEN '930' THEN 'GAS_R' WHEN '950' THEN 'TOTAL' WHEN 'other' THEN 'OTHER' END,
  'heat:' || CASE production_type WHEN '4.6' THEN 'chp' WHEN '4.7' THEN 'heat_only' WHEN '01' THEN 'electric_boiler' WHEN '4.6.1+4.7.1' THEN 'heat_pump'
    WHEN '4.6.2+4.7.2' THEN 'surplus_heat' WHEN 'flue_gas_condensation' THEN 'flue_gas' WHEN 'total' THEN 'TOTAL' END,
  energy_mwh, value_status, 'B', 'kre', 'scb', _origin
FROM raw.scb_district_heat_production WHERE muni_code IS NOT NULL;
