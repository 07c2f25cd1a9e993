-- C07 error: final use and production are not negative
SELECT count(*) > 0 FROM energy_balance;

SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, sector_id, plant_id) AS row_key, energy_mwh AS observed, 'at least 0' AS expected,
  'negative energy' AS message
FROM energy_balance WHERE flow IN ('FINAL', 'PROD') AND energy_mwh < 0
