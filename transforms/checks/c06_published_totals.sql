-- C06 warning: a publisher's total is the sum of its sectors where all are known (totals include secret cells)
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'FINAL' AND sector_id = 'TOTAL' AND energy_mwh IS NOT NULL;

WITH parts AS (
  SELECT country, muni_code, year, carrier_id, sum(if(stated_by = 'publisher', energy_mwh, published_mwh)) AS parts, count(*) FILTER (if(stated_by = 'publisher', energy_mwh, published_mwh) IS NULL) AS unknown, count(*) AS n
  FROM energy_balance WHERE flow = 'FINAL' AND sector_id <> 'TOTAL' GROUP BY ALL)
SELECT concat_ws('|', t.country, t.muni_code, t.year, t.carrier_id) AS row_key, p.parts AS observed, t.energy_mwh AS expected,
  'the sectors add up to another figure than the publisher''s total' AS message
FROM energy_balance t JOIN parts p USING (country, muni_code, year, carrier_id)
WHERE t.flow = 'FINAL' AND t.sector_id = 'TOTAL' AND t.stated_by = 'publisher' AND t.energy_mwh IS NOT NULL AND p.unknown = 0 AND abs(p.parts - t.energy_mwh) > p.n
