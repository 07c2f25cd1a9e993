-- P03 warning: the use of a resource is not above its potential
SELECT count(*) > 0 FROM renewable_potential WHERE used_mwh IS NOT NULL AND energy_mwh IS NOT NULL;

SELECT concat_ws('|', country, muni_code, resource, level, "case") AS row_key, used_mwh AS observed, 'at most ' || energy_mwh AS expected,
  if(level = 'technical', 'POTENTIAL_TOO_LOW', 'REALISABLE_TOO_LOW') || CASE
    -- Fuel is traded: what plants here burn need not have grown here.
    WHEN resource IN ('biogas', 'straw', 'wood') THEN ': plants here burn more than the municipality can give; fuel may come from elsewhere, which is no fault of the potential'
    WHEN energy_mwh = 0 THEN ': it is used where nothing should be possible'
    ELSE ': more is used than should be possible; the potential may be for one kind only' END AS message
FROM renewable_potential WHERE used_mwh > energy_mwh AND "case" = 'central' AND level IN ('technical', 'realisable')
