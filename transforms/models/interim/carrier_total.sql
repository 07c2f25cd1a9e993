-- Carrier total: one row is all use, input to plants, output of plants and primary production of a carrier in a member, in a
-- year; null where a part of it is secret or not counted at all. Wind, hydro and solar power count as electricity. From
-- final_use, added_flow, plant_input and plant_flow.
WITH used AS (
  SELECT country, muni_code, year, carrier_id, sector_id, energy_mwh, grade, _origin FROM final_use
  UNION ALL SELECT country, muni_code, year, carrier_id, sector_id, energy_mwh, grade, _origin FROM added_flow WHERE flow = 'FINAL'),
-- The sectors where all are known, else the publisher's total, which has the secret ones in it.
final AS (
  SELECT country, muni_code, year, carrier_id, max(grade) AS grade,
    if(count(*) FILTER (sector_id <> 'TOTAL') > 0 AND count(energy_mwh) FILTER (sector_id <> 'TOTAL') = count(*) FILTER (sector_id <> 'TOTAL'), sum(energy_mwh) FILTER (sector_id <> 'TOTAL'), max(energy_mwh) FILTER (sector_id = 'TOTAL')) AS final_mwh, flatten(list(_origin ORDER BY sector_id)) AS _origin
  FROM used WHERE carrier_id <> 'TOTAL' GROUP BY ALL),
-- Municipalities and years whose plants somebody has counted: all of Denmark in the years of the count of producers, and
-- Swedish ones in the years that SCB has both of heat and of power.
counted AS (
  SELECT m.country, m.muni_code, y.year FROM plan.member m JOIN (SELECT DISTINCT year FROM plant_flow WHERE method_id = 'ept') y ON m.country = 'DK'
  UNION ALL
  SELECT country, muni_code, year FROM plant_flow WHERE country = 'SE' GROUP BY ALL HAVING bool_or(plant_id LIKE 'heat:%') AND bool_or(plant_id LIKE 'power:%')),
output AS (
  SELECT country, muni_code, year, carrier_id, if(count(energy_mwh) = count(*), sum(energy_mwh), NULL) AS output_mwh, flatten(list(_origin ORDER BY plant_id)) AS _origin
  FROM plant_flow WHERE flow = 'TRF_OUT' AND plant_id NOT LIKE '%:TOTAL' GROUP BY ALL),
-- Somebody has to have counted each kind of power: in Denmark wind and sun, in Sweden wind and water.
renewable AS (
  SELECT country, muni_code, year, if(count(energy_mwh) = count(*), sum(energy_mwh), NULL) AS primary_mwh, flatten(list(_origin ORDER BY carrier_id, plant_id)) AS _origin
  FROM (SELECT country, muni_code, year, carrier_id, plant_id, energy_mwh, _origin FROM plant_flow WHERE flow = 'PROD'
    UNION ALL SELECT country, muni_code, year, carrier_id, plant_id, energy_mwh, _origin FROM added_flow WHERE flow = 'PROD') GROUP BY ALL
  HAVING bool_or(carrier_id = 'wind') AND bool_or(carrier_id = if(country = 'DK', 'pv', 'hydro'))),
present AS (
  SELECT country, muni_code, year, carrier_id FROM final UNION SELECT country, muni_code, year, carrier_id FROM plant_input UNION SELECT country, muni_code, year, carrier_id FROM output)
SELECT p.country, p.muni_code, p.year, p.carrier_id, r.level1, f.final_mwh::DECIMAL(18,3) AS final_mwh, coalesce(f.grade, i.grade, 'B') AS grade,
  CASE WHEN c.year IS NULL THEN NULL WHEN i.carrier_id IS NULL THEN 0 ELSE i.energy_mwh END::DECIMAL(18,3) AS input_mwh,
  CASE WHEN c.year IS NULL THEN NULL WHEN o.carrier_id IS NULL THEN 0 ELSE o.output_mwh END::DECIMAL(18,3) AS output_mwh,
  if(p.carrier_id = 'electricity', n.primary_mwh, 0)::DECIMAL(18,3) AS primary_mwh,
  list_concat(list_concat(f._origin, i._origin), list_concat(o._origin, if(p.carrier_id = 'electricity', n._origin, NULL))) AS _origin
FROM present p JOIN plan.member m USING (country, muni_code) JOIN registry.carrier r USING (carrier_id)
LEFT JOIN final f USING (country, muni_code, year, carrier_id)
LEFT JOIN plant_input i USING (country, muni_code, year, carrier_id)
LEFT JOIN output o USING (country, muni_code, year, carrier_id)
LEFT JOIN counted c USING (country, muni_code, year)
LEFT JOIN renewable n USING (country, muni_code, year);
