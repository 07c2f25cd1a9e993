-- P03 warning: the use of a resource is not above its potential
SELECT count(*) > 0 FROM renewable_potential WHERE used_mwh IS NOT NULL AND energy_mwh IS NOT NULL;

SELECT concat_ws('|', country, muni_code, resource, level, "case") AS row_key, used_mwh AS observed, 'at most ' || energy_mwh AS expected,
  if(level = 'technical', 'POTENTIAL_TOO_LOW', 'REALISABLE_TOO_LOW')
    || ': more is used than should be possible; the potential may be for one kind only' AS message
FROM renewable_potential WHERE used_mwh > energy_mwh AND utilisation IS NOT NULL AND "case" = 'central' AND level IN ('technical', 'realisable')
UNION ALL
-- Of nothing there is no share.
SELECT concat_ws('|', country, muni_code, resource, level, "case"), used_mwh, 'nothing', if(level = 'technical', 'POTENTIAL_TOO_LOW', 'REALISABLE_TOO_LOW')
  || ': it is used where nothing should be possible'
FROM renewable_potential WHERE used_mwh > 0 AND energy_mwh = 0 AND resource <> 'solar_ground' AND "case" = 'central'
  AND level IN ('technical', 'realisable')
