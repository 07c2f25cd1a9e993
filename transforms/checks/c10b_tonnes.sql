-- C10b error: L2: straw and wood are given away once: their uses add up to no more than grows
SELECT count(*) > 0 FROM resource_ledger WHERE stock IN ('straw', 'wood');

SELECT concat_ws('|', country, muni_code, stock) AS row_key, fsum(l.energy_mwh ORDER BY l.use) AS observed, 'at most ' || a.energy_mwh AS expected,
  'a tonne has two uses' AS message
FROM resource_ledger l JOIN (SELECT country, muni_code, stock, energy_mwh FROM resource_ledger WHERE use = 'all') a USING (country, muni_code, stock)
WHERE stock IN ('straw', 'wood') AND l.use <> 'all'
GROUP BY country, muni_code, stock, a.energy_mwh HAVING fsum(l.energy_mwh ORDER BY l.use) > a.energy_mwh + 0.001 * count(*)
UNION ALL
SELECT concat_ws('|', country, muni_code, stock, use), energy_mwh, 'at least 0', 'a negative use' FROM resource_ledger WHERE stock IN ('straw', 'wood')
  AND energy_mwh < 0
UNION ALL
SELECT concat_ws('|', l.country, l.muni_code, l.stock, l.use), l.energy_mwh, p.energy_mwh::VARCHAR, 'the ledger and the potential differ'
FROM resource_ledger l JOIN renewable_potential p ON p.country = l.country AND p.muni_code = l.muni_code AND p.resource = l.stock
  AND p.level = 'realisable' AND p."case" = 'central'
WHERE l.use = 'energy' AND abs(l.energy_mwh - p.energy_mwh) > 0.002
