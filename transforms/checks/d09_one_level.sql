-- D09 error: a use stands at one level: never under a carrier or sector and under a part of it as well (rules D9 and D10)
WITH used AS (
  SELECT country, muni_code, year, carrier_id, sector_id, nullif(c.parent, '-') AS carrier_parent, nullif(s.parent, '-') AS sector_parent
  FROM energy_balance b JOIN carrier c USING (plan, carrier_id) JOIN sector s USING (plan, sector_id) WHERE flow = 'FINAL' AND NOT is_total)
SELECT concat_ws('|', a.country, a.muni_code, a.year, a.carrier_id, a.sector_id) AS row_key, a.carrier_id AS observed, b.carrier_id AS expected, 'use counts under a carrier and under its group' AS message
FROM used a JOIN used b ON b.country = a.country AND b.muni_code = a.muni_code AND b.year = a.year AND b.sector_id = a.sector_id AND b.carrier_id = a.carrier_parent
UNION ALL
SELECT concat_ws('|', a.country, a.muni_code, a.year, a.carrier_id, a.sector_id), a.sector_id, b.sector_id, 'use counts under a sector, such as holiday homes, and under the sector that has it'
FROM used a JOIN used b ON b.country = a.country AND b.muni_code = a.muni_code AND b.year = a.year AND b.carrier_id = a.carrier_id AND b.sector_id = a.sector_parent
