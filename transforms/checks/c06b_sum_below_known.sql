-- C06b warning: a publisher's total is not below the sum of its known parts
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'FINAL' AND sector_id = 'TOTAL' AND energy_mwh IS NOT NULL;

WITH parts AS (
  SELECT country, muni_code, year, carrier_id, sum(if(stated_by = 'publisher', energy_mwh, published_mwh)) AS parts, count(*) AS n
  FROM energy_balance WHERE flow = 'FINAL' AND sector_id <> 'TOTAL' GROUP BY ALL)
SELECT concat_ws('|', t.country, t.muni_code, t.year, t.carrier_id) AS row_key, t.energy_mwh AS observed, p.parts AS expected,
  'the total leaves out parts that are known' AS message
FROM energy_balance t JOIN parts p USING (country, muni_code, year, carrier_id)
WHERE t.flow = 'FINAL' AND t.sector_id = 'TOTAL' AND t.stated_by = 'publisher' AND p.parts > t.energy_mwh + p.n
