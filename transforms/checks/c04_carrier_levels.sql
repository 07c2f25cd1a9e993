-- C04 error: carriers add up to their group where a publisher states both
WITH level AS (
  SELECT e.*, c.level1 FROM energy_balance e JOIN carrier c USING (carrier_id) WHERE e.stated_by <> 'figure' AND e.carrier_id <> c.level1)
SELECT count(*) > 0 FROM level l JOIN energy_balance g
ON g.carrier_id = l.level1 AND (g.country, g.muni_code, g.year, g."view", g.flow, g.sector_id, g.plant_id) = (l.country, l.muni_code, l.year, l."view", l.flow, l.sector_id, l.plant_id);

-- Rounding: half a MWh of each figure. A figure that the plan adds need not have the others of its group beside it.
WITH summed AS (
  SELECT e.country, e.muni_code, e.year, e."view", e.flow, e.sector_id, e.plant_id, c.level1, sum(e.energy_mwh) AS energy_mwh, count(*) AS n
  FROM energy_balance e JOIN carrier c USING (carrier_id) WHERE e.stated_by <> 'figure' AND e.carrier_id <> c.level1
  GROUP BY ALL HAVING count(e.energy_mwh) = count(*))
SELECT concat_ws('|', s.country, s.muni_code, s.year, s."view", s.flow, s.level1, s.sector_id, s.plant_id) AS row_key, s.energy_mwh::DOUBLE AS observed, g.energy_mwh AS expected,
  'the carriers of a group add up to another figure than the group''s own' AS message
FROM summed s JOIN energy_balance g
ON g.carrier_id = s.level1 AND (g.country, g.muni_code, g.year, g."view", g.flow, g.sector_id, g.plant_id) = (s.country, s.muni_code, s.year, s."view", s.flow, s.sector_id, s.plant_id)
WHERE abs(s.energy_mwh - g.energy_mwh) > s.n
