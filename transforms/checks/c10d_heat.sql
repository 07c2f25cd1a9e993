-- C10d error: L4: sources of heat together serve no more than the heat that is asked for
SELECT count(*) > 0 FROM resource_ledger WHERE stock IN ('district_heat', 'own_heat');

SELECT concat_ws('|', country, muni_code, stock) AS row_key, fsum(l.energy_mwh ORDER BY l.use) AS observed, 'at most ' || a.energy_mwh AS expected,
  'the same heat is served twice' AS message
FROM resource_ledger l JOIN (SELECT country, muni_code, stock, energy_mwh FROM resource_ledger WHERE use = 'all') a USING (country, muni_code, stock)
WHERE stock IN ('district_heat', 'own_heat') AND l.use <> 'all'
GROUP BY country, muni_code, stock, a.energy_mwh HAVING fsum(l.energy_mwh ORDER BY l.use) > a.energy_mwh + 0.001 * count(*)
UNION ALL
SELECT concat_ws('|', l.country, l.muni_code, l.stock, l.use), l.energy_mwh, p.energy_mwh::VARCHAR, 'the ledger and the potential differ'
FROM resource_ledger l JOIN renewable_potential p ON p.country = l.country AND p.muni_code = l.muni_code AND p.resource = l.use AND p.level = 'realisable'
  AND p."case" = 'central'
WHERE l.use <> 'surplus_heat' AND abs(l.energy_mwh - p.energy_mwh) > 0.002
