-- C10c error: L3: solar power and solar heat on roofs take no more than the roofs that suit
SELECT count(*) > 0 FROM land_ledger WHERE land_class = 'roof';

SELECT concat_ws('|', country, muni_code, land_class) AS row_key, fsum(l.area_ha ORDER BY l.use) AS observed, 'at most ' || a.area_ha AS expected,
  'a roof is covered twice' AS message
FROM land_ledger l JOIN (SELECT country, muni_code, land_class, area_ha FROM land_ledger WHERE use = 'all') a USING (country, muni_code, land_class)
WHERE l.exclusive AND land_class = 'roof'
GROUP BY country, muni_code, land_class, a.area_ha HAVING fsum(l.area_ha ORDER BY l.use) > a.area_ha + 0.001 * count(*)
