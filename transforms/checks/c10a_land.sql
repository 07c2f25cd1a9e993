-- C10a error: L1: uses of land that exclude each other take no more than there is of its class, and no less than nothing
SELECT count(*) > 0 FROM land_ledger;

-- Each figure is rounded to ten square metres.
SELECT concat_ws('|', country, muni_code, land_class) AS row_key, fsum(l.area_ha ORDER BY l.use) AS observed, 'at most ' || a.area_ha AS expected,
  'a hectare has two uses that exclude each other' AS message
FROM land_ledger l JOIN (SELECT country, muni_code, land_class, area_ha FROM land_ledger WHERE use = 'all') a USING (country, muni_code, land_class)
WHERE l.exclusive AND land_class <> 'roof'
GROUP BY country, muni_code, land_class, a.area_ha HAVING fsum(l.area_ha ORDER BY l.use) > a.area_ha + 0.001 * count(*)
UNION ALL
SELECT concat_ws('|', country, muni_code, land_class, use), area_ha, 'at least 0', 'a negative area' FROM land_ledger WHERE area_ha < 0
