-- D06 error: gas from the grid is counted by one principle, in all years and municipalities of a country (rule D6)
SELECT count(*) > 0 FROM emission WHERE carrier_id IN ('natural_gas', 'GAS_F');

SELECT concat_ws('|', country, carrier_id) AS row_key, count(DISTINCT factor_id) AS observed, '1' AS expected, 'gas has factors of several kinds' AS message
FROM emission WHERE carrier_id IN ('natural_gas', 'GAS_F') GROUP BY country, carrier_id HAVING count(DISTINCT factor_id) > 1
