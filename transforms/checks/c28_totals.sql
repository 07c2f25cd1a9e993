-- C28 warning: a publisher's total of plants is not below the sum of its known parts
SELECT count(*) > 0 FROM energy_balance WHERE plant_id LIKE '%:TOTAL';

WITH parts AS (
  SELECT country, muni_code, year, carrier_id, split_part(plant_id, ':', 1) AS kind, sum(energy_mwh) AS parts, count(*) AS n
  FROM energy_balance WHERE plant_id LIKE '%:%' AND plant_id NOT LIKE '%:TOTAL' AND flow IN ('TRF_IN', 'TRF_OUT') GROUP BY ALL)
SELECT concat_ws('|', t.country, t.muni_code, t.year, t.flow, t.carrier_id, t.plant_id) AS row_key, t.energy_mwh AS observed, p.parts AS expected,
  'the total leaves out plants that are known' AS message
FROM energy_balance t JOIN parts p ON p.country = t.country AND p.muni_code = t.muni_code AND p.year = t.year AND p.carrier_id = t.carrier_id AND t.plant_id = p.kind || ':TOTAL'
WHERE p.parts > t.energy_mwh + p.n
