-- C26 error: the members differ where one number for all would be a fault
SELECT count(*) > 1 FROM member;

WITH figure AS (
  SELECT 'population ' || date AS what, muni_code, population::DOUBLE AS value FROM population
  UNION ALL SELECT concat_ws(' ', 'energy_balance', year, carrier_id, sector_id), muni_code, energy_mwh::DOUBLE FROM energy_balance WHERE flow = 'FINAL'
  UNION ALL SELECT concat_ws(' ', 'heat_demand', year, kind), muni_code, heat_mwh::DOUBLE FROM heat_demand
  UNION ALL SELECT concat_ws(' ', 'sector_emission', year, publisher_sector), muni_code, t_co2e FROM sector_emission)
SELECT what AS row_key, min(figure.value) AS observed, 'different figures' AS expected, count(*) || ' members have the same figure' AS message
FROM figure CROSS JOIN (SELECT value AS least FROM factor WHERE factor_id = 'distinct_figures_least') WHERE figure.value > if(what LIKE 'population %', 0, least) GROUP BY what HAVING count(*) > 1 AND count(DISTINCT figure.value) = 1
