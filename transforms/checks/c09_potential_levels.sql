-- C09 error: the realisable potential is not above the technical one, and none is negative
SELECT count(*) > 0 FROM renewable_potential WHERE energy_mwh IS NOT NULL;

SELECT concat_ws('|', r.country, r.muni_code, r.resource, r.level, r."case") AS row_key, r.energy_mwh AS observed, 'at most ' || t.energy_mwh AS expected,
  'more is realisable than is technically possible' AS message
FROM renewable_potential r JOIN renewable_potential t USING (country, muni_code, resource)
WHERE r.level = 'realisable' AND t.level = 'technical' AND t."case" = 'central' AND r.energy_mwh > t.energy_mwh
UNION ALL
SELECT concat_ws('|', country, muni_code, resource, level, "case"), energy_mwh, 'at least 0', 'a negative potential' FROM renewable_potential WHERE energy_mwh < 0
