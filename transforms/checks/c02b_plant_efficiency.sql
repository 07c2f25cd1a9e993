-- C02b warning: no plant gives more than it takes in, but for what flue gas condensation can add
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'TRF_OUT';

-- A Danish unit; in Sweden all plants of heat, and of power, together. Plants whose input is not known do not count.
WITH plant AS (
  SELECT country, muni_code, year, if(country = 'SE', split_part(plant_id, ':', 1), plant_id) AS plant_id, sum(energy_mwh) FILTER (flow = 'TRF_IN') AS input, sum(energy_mwh) FILTER (flow = 'TRF_OUT') AS output
  FROM energy_balance WHERE flow IN ('TRF_IN', 'TRF_OUT') AND NOT is_total GROUP BY ALL HAVING count(energy_mwh) = count(*))
SELECT concat_ws('|', country, muni_code, year, plant_id) AS row_key, output::DOUBLE AS observed, 'at most ' || factor('flue_gas_condensation_max_efficiency', country, 0) || ' times ' || input AS expected, 'a plant gives more than it takes in' AS message
FROM plant WHERE input > 0 AND output > factor('flue_gas_condensation_max_efficiency', country, 0) * input + 1
