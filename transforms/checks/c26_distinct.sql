-- C26 error: the members differ where one number for all would be a fault
SELECT count(*) > 1 FROM member;

WITH figure AS (
  SELECT 'population ' || date AS what, muni_code, population::DOUBLE AS value FROM population
  UNION ALL SELECT concat_ws(' ', 'energy_balance', year, carrier_id, sector_id), muni_code, energy_mwh::DOUBLE FROM energy_balance WHERE flow = 'FINAL' AND energy_mwh > 10000
  UNION ALL SELECT concat_ws(' ', 'heat_demand', year, kind), muni_code, heat_mwh::DOUBLE FROM heat_demand WHERE heat_mwh > 10000
  UNION ALL SELECT concat_ws(' ', 'sector_emission', year, publisher_sector), muni_code, t_co2e FROM sector_emission WHERE t_co2e > 10000)
SELECT what AS row_key, min(value) AS observed, 'different figures' AS expected, count(*) || ' members have the same figure' AS message
FROM figure WHERE value IS NOT NULL GROUP BY what HAVING count(*) > 1 AND count(DISTINCT value) = 1
