-- C09 error: in each case the theoretical potential is not below the technical one, that not below the realisable one, and none is negative
SELECT count(*) > 0 FROM renewable_potential WHERE energy_mwh IS NOT NULL;

SELECT concat_ws('|', r.country, r.muni_code, r.resource, r.level, r."case") AS row_key, r.energy_mwh AS observed, 'at most ' || t.energy_mwh AS expected,
  if(r.level = 'realisable', 'more is realisable than is technically possible', 'more is technically possible than there is') AS message
FROM renewable_potential r JOIN renewable_potential t USING (country, muni_code, resource, "case")
WHERE (r.level, t.level) IN (('realisable', 'technical'), ('technical', 'theoretical')) AND r.energy_mwh > t.energy_mwh
UNION ALL
SELECT concat_ws('|', country, muni_code, resource, level, "case"), energy_mwh, 'at least 0', 'a negative potential' FROM renewable_potential
  WHERE energy_mwh < 0
