-- C07b warning: what plants take in and give is not negative
SELECT count(*) > 0 FROM energy_balance WHERE flow IN ('TRF_IN', 'TRF_OUT');

SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, plant_id) AS row_key, energy_mwh AS observed, 'at least 0' AS expected,
  'a plant with negative energy, as its publisher states it' AS message
FROM energy_balance WHERE flow IN ('TRF_IN', 'TRF_OUT') AND energy_mwh < 0
