-- C25b warning: a Danish plant that takes in ambient heat takes in electricity too, and gives at least as much heat
SELECT count(*) > 0 FROM energy_balance WHERE carrier_id = 'ambient_heat' AND method_id = 'ept';

WITH plant AS (
  SELECT country, muni_code, year, plant_id, sum(energy_mwh) FILTER (flow = 'TRF_IN' AND carrier_id = 'ambient_heat') AS ambient, sum(energy_mwh) FILTER (flow = 'TRF_IN' AND carrier_id = 'electricity') AS electricity,
    sum(energy_mwh) FILTER (flow = 'TRF_OUT' AND carrier_id = 'district_heat') AS heat
  FROM energy_balance WHERE method_id = 'ept' GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year, plant_id) AS row_key, heat::DOUBLE AS observed, 'electricity of ' || coalesce(electricity::VARCHAR, 'nothing') AS expected, 'ambient heat without a heat pump, as its publisher states it' AS message
FROM plant WHERE ambient <> 0 AND (coalesce(electricity, 0) <= 0 OR heat < electricity)
