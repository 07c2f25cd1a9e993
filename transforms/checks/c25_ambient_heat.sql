-- C25 error: estimated ambient heat comes with a heat pump's electricity, and the heat is not less than that
SELECT count(*) > 0 FROM energy_balance WHERE carrier_id = 'ambient_heat' AND flow IN ('FINAL', 'TRF_IN') AND value_status = 'estimated';

WITH electricity AS (SELECT country, muni_code, year, flow, sector_id, plant_id, energy_mwh FROM energy_balance WHERE carrier_id = 'electricity' AND flow IN ('FINAL', 'TRF_IN'))
SELECT concat_ws('|', a.country, a.muni_code, a.year, a.flow, a.sector_id, a.plant_id) AS row_key, a.energy_mwh::DOUBLE AS observed, coalesce(e.energy_mwh::VARCHAR, 'electricity') AS expected,
  'ambient heat without a heat pump''s electricity, or negative' AS message
FROM energy_balance a LEFT JOIN electricity e USING (country, muni_code, year, flow, sector_id, plant_id)
WHERE a.carrier_id = 'ambient_heat' AND a.value_status = 'estimated' AND a.flow IN ('FINAL', 'TRF_IN') AND (a.energy_mwh < 0 OR a.energy_mwh > 0 AND coalesce(e.energy_mwh, 0) <= 0)
UNION ALL
SELECT concat_ws('|', e.country, e.muni_code, e.year, e.plant_id), h.energy_mwh::DOUBLE, 'at least ' || e.energy_mwh, 'a heat pump gives less heat than it takes electricity'
FROM energy_balance e JOIN energy_balance h USING (country, muni_code, year, plant_id)
WHERE e.flow = 'TRF_IN' AND e.carrier_id = 'electricity' AND e.method_id = 'heat_pump_cop' AND h.flow = 'TRF_OUT' AND h.carrier_id = 'district_heat' AND h.energy_mwh < e.energy_mwh - 0.001
